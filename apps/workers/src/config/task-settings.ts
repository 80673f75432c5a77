import { Cron } from "croner";
import type { Schedule } from "../schedule.js";
import { ConfigurationError } from "./configuration-error.js";
import { type LiveFeedSettings, parseLiveFeed } from "./live-feed-settings.js";
import { childrenOf, type Place, positiveAt, refusal, truthAt } from "./settings-place.js";
import { parseWebhooks, type Webhook } from "./webhook-settings.js";

/** The tasks as the settings file names them; the reference implementation's names. */
export const TASK_IDS = ["TASK_STTSUPDTR", "TASK_POPDET", "TASK_POPGRPH"] as const;

export type TaskId = (typeof TASK_IDS)[number];

/** What the settings file says of one task; null where it says nothing. */
export interface TaskSettings {
  enabled: boolean;
  schedule: Schedule | null;
  /** How long one experiment may take, in milliseconds. */
  experimentTimeoutMs: number | null;
}

/** How the workers share and bound their work; the section `WORKERS` of the settings file. */
export interface SharingSettings {
  /** How long a part of a cycle stays with a worker that gives no sign of life, in milliseconds. */
  leaseMs: number;
  /** Time between two looks for something to do, in milliseconds. */
  tickMs: number;
  /** Processes that read experiments, and experiments that each has in hand at a time. */
  readers: number;
  experimentsPerReader: number;
}

export interface Settings {
  tasks: Readonly<Record<TaskId, TaskSettings>>;
  sharing: SharingSettings;
  liveFeed: LiveFeedSettings;
  webhooks: readonly Webhook[];
}

const TASK_KEYS = ["ENABLED", "INTERVAL", "CRON", "EXPERIMENT_TIMEOUT"];
const SHARING_KEYS = ["LEASE", "TICK", "READERS", "EXPERIMENTS_PER_READER"];

/**
 * Checks the parsed settings file (formats reference §3.2; the reference's documentation of `BACKGROUND_TASKS`). Other
 * sections are the API's business.
 *
 * differs: a wrong value or an unknown key is an error. The reference goes on with the default and says nothing.
 * @param content what the YAML holds; null for an empty or missing file
 * @param file names the file in messages
 * @param environment holds secrets that the file names
 * @throws ConfigurationError that names the key
 */
export function parseSettings(content: unknown, file: string, environment: Readonly<Record<string, string>>): Settings {
  const top = childrenOf({ file, key: "", value: content ?? {} }, null);
  const task = childrenOf(top("BACKGROUND_TASKS"), TASK_IDS);
  const sharing = childrenOf(top("WORKERS"), SHARING_KEYS);
  return {
    tasks: {
      TASK_STTSUPDTR: parseTask(task("TASK_STTSUPDTR")),
      TASK_POPDET: parseTask(task("TASK_POPDET")),
      TASK_POPGRPH: parseTask(task("TASK_POPGRPH")),
    },
    sharing: {
      leaseMs: 1_000 * (positiveAt(sharing("LEASE"), "seconds") ?? 60),
      tickMs: 1_000 * (positiveAt(sharing("TICK"), "seconds") ?? 5),
      readers: Math.ceil(positiveAt(sharing("READERS"), "processes") ?? 2),
      experimentsPerReader: Math.ceil(positiveAt(sharing("EXPERIMENTS_PER_READER"), "experiments") ?? 8),
    },
    liveFeed: parseLiveFeed(top("LIVE_FEED")),
    webhooks: parseWebhooks(top("WEBHOOKS"), environment),
  };
}

function parseTask(place: Place): TaskSettings {
  const setting = childrenOf(place, TASK_KEYS);
  const minutes = positiveAt(setting("INTERVAL"), "minutes");
  const expression = cronAt(setting("CRON"));
  if (minutes !== null && expression !== null) {
    throw new ConfigurationError(`${place.file}: ${place.key}: give either INTERVAL or CRON, not both`);
  }
  const seconds = positiveAt(setting("EXPERIMENT_TIMEOUT"), "seconds");
  return {
    enabled: truthAt(setting("ENABLED")) ?? true,
    schedule: scheduleOf(minutes, expression),
    experimentTimeoutMs: seconds === null ? null : seconds * 1_000,
  };
}

function scheduleOf(minutes: number | null, expression: string | null): Schedule | null {
  if (expression !== null) return { kind: "cron", expression };
  return minutes === null ? null : { kind: "interval", minutes };
}

function cronAt(place: Place): string | null {
  if (place.value === undefined || place.value === null) return null;
  if (typeof place.value === "string" && hasNextRun(place.value)) return place.value;
  throw refusal(place, 'a cron expression such as "30 4 * * *"');
}

function hasNextRun(expression: string): boolean {
  try {
    return new Cron(expression).nextRun() !== null;
  } catch {
    return false;
  }
}
