import type { NewJournalEvent, RegisteredExperiment } from "@autosubmit-api/db";
import type { ReaderPool } from "../readers/reader-pool.js";
import type { TaskContext } from "../worker-task.js";
import { activity } from "./aspects/activity.js";
import { ASPECTS } from "./aspects.js";
import type { WatchAspect } from "./watch-aspect.js";

/** What the watcher keeps in memory of an experiment: fingerprints by aspect. All of it can be lost. */
export type Fingerprints = Map<string, string | null>;

/** What a look at an experiment came to. */
export interface LookResult {
  changed: boolean;
  /** Null when it could not be told. */
  running: boolean | null;
  /** What could not be read, a line each. */
  problems: string[];
}

export interface LookContext extends TaskContext {
  readers: ReaderPool;
}

/** An experiment whose files take longer is tried again later; a big list takes a second or two. */
const TIMEOUT_MS = 60_000;

/**
 * Looks at every aspect of an experiment and writes what has changed to the journal. An aspect that cannot be read keeps
 * its state, so that nothing is lost: what changed meanwhile is told when it can be read again.
 * @throws DatabaseError when the journal cannot be written; nothing is lost then either
 */
export async function lookAt(
  experiment: RegisteredExperiment,
  fingerprints: Fingerprints,
  context: LookContext,
): Promise<LookResult> {
  const result: LookResult = { changed: false, running: null, problems: [] };
  await Promise.all(
    ASPECTS.map(async (aspect) => {
      const reading = await readAspect(aspect, experiment, fingerprints, context).catch((error: unknown) => {
        result.problems.push(`${aspect.id}: ${error instanceof Error ? error.message : String(error)}`);
        return null;
      });
      if (reading === null) return;
      const outcome = await advance(aspect, experiment, reading, context);
      if (outcome === null) return;
      fingerprints.set(aspect.id, reading.fingerprint);
      if (outcome.changed) result.changed = true;
      if (aspect.id === activity.id) result.running = outcome.state === "RUNNING";
    }),
  );
  return result;
}

function readAspect(
  { id }: WatchAspect,
  { name, autosubmitVersion }: RegisteredExperiment,
  fingerprints: Fingerprints,
  { readers }: LookContext,
) {
  const fingerprint = fingerprints.get(id) ?? null;
  return readers.read({ reading: id, expid: name, autosubmitVersion, fingerprint }, TIMEOUT_MS);
}

/** @returns null when another watcher was faster: its state has to be read before the next comparison */
async function advance(
  aspect: WatchAspect,
  { name: expid }: RegisteredExperiment,
  { finding, fingerprint }: { finding: unknown; fingerprint: string | null },
  { databases, clock, timeZone }: LookContext,
): Promise<{ changed: boolean; state: string | null } | null> {
  if (finding === null) return { changed: false, state: null };
  const { eventJournal } = databases;
  const before = await eventJournal.findState(expid, aspect.id);
  const now = clock();
  const step = aspect.compare(before, finding, { now, timeZone });
  if (step === null) return { changed: false, state: before?.state ?? null };
  const events = step.changes.map(
    ({ kind, data }): NewJournalEvent => ({ at: now, expid, kind, data: JSON.stringify(data) }),
  );
  const isStored = await eventJournal.advance(
    {
      ...{ expid, aspect: aspect.id, revision: before?.revision ?? null },
      ...{ fingerprint: fingerprint ?? "", base: step.base, state: step.state },
    },
    events,
  );
  return isStored ? { changed: events.length > 0, state: step.state } : null;
}
