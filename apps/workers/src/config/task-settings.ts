import {
  ConfigurationError,
  type Environment,
  type SettingsFile,
  type SettingsSection,
  settingsSection,
} from "@autosubmit-api/settings";
import { Cron } from "croner";
import type { Schedule } from "../schedule.js";
import { type LiveFeedSettings, readLiveFeedSettings } from "./live-feed-settings.js";
import { readWebhooks, type Webhook } from "./webhook-settings.js";

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
 * Checks the settings file (formats reference §3.2; the reference's documentation of `BACKGROUND_TASKS`). Other sections are
 * the API's business.
 *
 * differs: a wrong value or an unknown key is an error. The reference goes on with the default and says nothing.
 * @param environment holds secrets that the file names
 * @throws ConfigurationError that names the key
 */
export function readSettings(file: SettingsFile, environment: Environment): Settings {
  const tasks = settingsSection(file, "BACKGROUND_TASKS");
  tasks.allow(TASK_IDS);
  return {
    tasks: {
      TASK_STTSUPDTR: readTask(tasks.section("TASK_STTSUPDTR")),
      TASK_POPDET: readTask(tasks.section("TASK_POPDET")),
      TASK_POPGRPH: readTask(tasks.section("TASK_POPGRPH")),
    },
    sharing: readSharing(settingsSection(file, "WORKERS")),
    liveFeed: readLiveFeedSettings(settingsSection(file, "LIVE_FEED")),
    webhooks: readWebhooks(settingsSection(file, "WEBHOOKS"), environment),
  };
}

function readSharing(section: SettingsSection): SharingSettings {
  section.allow(SHARING_KEYS);
  return {
    leaseMs: 1_000 * (section.positive("LEASE", "seconds") ?? 60),
    tickMs: 1_000 * (section.positive("TICK", "seconds") ?? 5),
    readers: Math.ceil(section.positive("READERS", "processes") ?? 2),
    experimentsPerReader: Math.ceil(section.positive("EXPERIMENTS_PER_READER", "experiments") ?? 8),
  };
}

function readTask(section: SettingsSection): TaskSettings {
  section.allow(TASK_KEYS);
  const minutes = section.positive("INTERVAL", "minutes");
  const expression = section.converted("CRON", 'a cron expression such as "30 4 * * *"', cronExpression);
  if (minutes !== null && expression !== null) {
    throw new ConfigurationError(`${section.keyOf()}: give either INTERVAL or CRON, not both`);
  }
  const seconds = section.positive("EXPERIMENT_TIMEOUT", "seconds");
  return {
    enabled: section.boolean("ENABLED") ?? true,
    schedule: scheduleOf(minutes, expression),
    experimentTimeoutMs: seconds === null ? null : seconds * 1_000,
  };
}

function scheduleOf(minutes: number | null, expression: string | null): Schedule | null {
  if (expression !== null) return { kind: "cron", expression };
  return minutes === null ? null : { kind: "interval", minutes };
}

const cronExpression = (value: unknown) => (typeof value === "string" && hasNextRun(value) ? value : undefined);

function hasNextRun(expression: string): boolean {
  try {
    return new Cron(expression).nextRun() !== null;
  } catch {
    return false;
  }
}
