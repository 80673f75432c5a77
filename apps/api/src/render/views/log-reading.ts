import { pageOf } from "@autosubmit-api/domain";
import {
  findLog,
  findNamedLog,
  isLogName,
  type LogFile,
  type LogNameFacts,
  listLogs,
  type NamedLog,
  type OpenLog,
  readLogAttempts,
  readLogBytes,
  readLogLines,
  readTailOfLog,
  tailRemark,
  UnsafePathError,
  withLog,
} from "autosubmit-reader";
import {
  indexAttempts,
  type ListedLog,
  type LogPart,
  presentAttempts,
  presentLogPart,
  presentLogs,
} from "../../presenters/v4/logs.js";
import { LINE_INDEXES } from "../log-sources.js";
import type { Snapshot } from "../snapshot.js";
import { EXPERIMENT_FOLDER } from "../sources.js";
import { answer, defineView, notFound, type ViewAnswer } from "../view.js";

/** Longer ends of a log are cut at their beginning. */
const TAIL_BYTES = 4 * 1024 * 1024;

/** `GET /v4/experiments/{expid}/logs`. Only the logs of the page are looked at, however many there are. */
export const logListView = defineView<{
  kind: string | null;
  job: string | null;
  query: string | null;
  page: number;
  pageSize: number;
}>({
  timeDependent: true,
  build: async (snapshot, { kind, job, query, page, pageSize }, { timeZone }) => {
    await snapshot.read(EXPERIMENT_FOLDER);
    const all = await listLogs(snapshot.experiment);
    const wanted = all.filter(
      (log) =>
        (kind === null || log.kind === kind) &&
        (job === null || log.jobName === job) &&
        (query === null || log.name.toLowerCase().includes(query.toLowerCase())),
    );
    const found = pageOf(wanted, page, pageSize);
    const items = await lookAtLogs(snapshot, found.items);
    const names = job === null ? jobNamesOf(items) : [job];
    const attempts = await readLogAttempts(snapshot.experiment, names);
    const body = presentLogs({ ...found, page, items }, indexAttempts(attempts), timeZone);
    if (job === null) return answer(body);
    return answer({ ...body, attempts: presentAttempts(attempts, new Set(wanted.map(({ name }) => name))) });
  },
});

/** A log that went away since its folder was listed is left out. */
async function lookAtLogs({ experiment }: Snapshot, logs: readonly NamedLog[]): Promise<ListedLog[]> {
  const found = logs.map(async (log) => {
    const file = await findLog(experiment, log.folder, log.name);
    return file === null ? [] : [{ ...log, ...file }];
  });
  return (await Promise.all(found)).flat();
}

function jobNamesOf(logs: readonly LogNameFacts[]): string[] {
  return [...new Set(logs.flatMap(({ jobName }) => (jobName === null ? [] : [jobName])))];
}

/** Which part of a log is wanted: its end, lines from somewhere, or bytes; the others are null. */
interface LogRequest {
  name: string;
  tail: number | null;
  from: number | null;
  lines: number;
  search: string | null;
  startByte: number | null;
  endByte: number | null;
}

/** `GET /v4/experiments/{expid}/logs/{name}`. */
export const logView = defineView<{ [Key in keyof LogRequest]: LogRequest[Key] }>({
  timeDependent: true,
  build: async (snapshot, request, { timeZone }) => {
    const log = await findRequestedLog(snapshot, request.name);
    if (log === null) return missingLog(snapshot, request.name);
    const read = await withLog(snapshot.experiment, log, async (open) => ({
      compression: open.compression,
      part: await readPart(open, request),
    }));
    if (read === null) return missingLog(snapshot, request.name);
    return answer(presentLogPart(log, read.compression, read.part, timeZone));
  },
});

/** Where the file of a log is, for sending it as it is stored: `GET /v4/experiments/{expid}/logs/{name}/raw`. */
export interface LocatedLog {
  name: string;
  realPath: string;
  inode: string;
}

/** Answers a `LocatedLog`. */
export const logFileView = defineView<{ name: string }>({
  timeDependent: true,
  build: async (snapshot, { name }) => {
    const log = await findRequestedLog(snapshot, name);
    const located =
      log && (await withLog(snapshot.experiment, log, async ({ realPath, inode }) => ({ realPath, inode })));
    if (log === null || located === null) return missingLog(snapshot, name);
    const body: LocatedLog = { name: log.name, ...located };
    return answer(body);
  },
});

async function findRequestedLog(snapshot: Snapshot, name: string): Promise<(NamedLog & LogFile) | null> {
  if (!isLogName(name)) throw new UnsafePathError("That is not the name of a log");
  await snapshot.read(EXPERIMENT_FOLDER);
  return findNamedLog(snapshot.experiment, name);
}

/** Says what is known of a log that is not there: a name stands for one attempt, so that no other log will do. */
async function missingLog({ experiment }: Snapshot, name: string): Promise<ViewAnswer> {
  const logs = await listLogs(experiment);
  const [attempt] = /^[^.]+\.\d{14}\.(?:out|err)\b/.exec(name) ?? [];
  if (attempt === undefined) return notFound(`Experiment ${experiment.expid} has no log ${name}`);
  const job = name.slice(0, name.indexOf("."));
  const others = logs.filter(({ jobName }) => jobName === job).length;
  const rest = others === 0 ? "no log of this job is here" : `${others} logs of other attempts are`;
  return notFound(`The log ${name} of this attempt has not been transferred; ${rest}`);
}

async function readPart(log: OpenLog, request: LogRequest): Promise<LogPart> {
  if (request.startByte !== null) return readBytes(log, request.startByte, request.endByte);
  if (request.from !== null || request.search !== null) return readLines(log, request);
  const tail = await readTailOfLog(log, { lines: request.tail ?? 0, maxBytes: TAIL_BYTES });
  const lines = tail.lines.map((text, index) => ({ line: tail.isWhole ? index : null, text }));
  return { lines, next_from: null, total_lines: tail.isWhole ? lines.length : null, note: tailRemark(tail) };
}

async function readLines(log: OpenLog, { from, lines: count, search }: LogRequest): Promise<LogPart> {
  const key = log.compression === "none" ? log.inode : `${log.inode}:${log.sizeBytes}:${log.modifiedAt}`;
  const request = { from: from ?? 0, count, search };
  const read = await readLogLines(log, request, LINE_INDEXES.get(key) ?? null);
  LINE_INDEXES.set(key, read.index);
  const lines = read.lines.map(({ number, text }) => ({ line: number, text }));
  return { lines, next_from: read.nextLine, total_lines: read.totalLines, note: lineRemark(read, search) };
}

function lineRemark(
  { end, lines }: { end: Parameters<typeof tailRemark>[0]["end"]; lines: { isCut: boolean }[] },
  search: string | null,
): string | null {
  const remarks = [
    end === "limit" ? `Time ran out; ask again from next_from to ${search === null ? "go on" : "search on"}.` : null,
    end === "limit" ? null : tailRemark({ end, isCut: false }),
    lines.some(({ isCut }) => isCut) ? "Lines longer than 64 KiB are cut." : null,
  ].filter((remark) => remark !== null);
  return remarks.length === 0 ? null : remarks.join(" ");
}

async function readBytes(log: OpenLog, start: number, end: number | null): Promise<LogPart> {
  const stretch = await readLogBytes(log, start, end === null ? Number.MAX_SAFE_INTEGER : end + 1);
  const note = tailRemark({ end: stretch.decodeEnd, isCut: false });
  return { text: stretch.text, start: stretch.start, end: stretch.end, note };
}
