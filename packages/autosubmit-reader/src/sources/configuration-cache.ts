import { AutosubmitReadError } from "../errors.js";
import type { ConfigurationFacts } from "../formats/config/configuration-facts.js";
import type { Experiment } from "../site/site.js";
import {
  attemptLoading,
  type Dependencies,
  isCurrent,
  type LoadedConfiguration,
  type LoadingAttempt,
  resultOf,
} from "./configuration.js";

/** What lists of experiments show of a configuration; units and null as in `ConfigurationFacts`. */
export type ConfigurationSummary = Pick<ConfigurationFacts, "mainPlatform" | "autosubmitVersion" | "wrapperType">;

/** Configurations in memory. Every `load` looks at all files first, so a change is noticed at once. */
export interface ConfigurationCache {
  /** As `loadConfiguration`, but parses only after a change; failures are remembered as well. @throws the same */
  load(experiment: Experiment): Promise<LoadedConfiguration>;
  /** Changes whenever the answer or the failure of `load` may have changed. @throws ExperimentNotFoundError */
  fingerprint(experiment: Experiment): Promise<string>;
  /** As `load`, but only what lists show: so little that it is kept of thousands of experiments. @throws the same */
  summarise(experiment: Experiment): Promise<ConfigurationSummary>;
  /** Experiments in memory. */
  readonly size: number;
}

export interface ConfigurationCacheOptions {
  /** Experiments kept at most; those asked for longest ago go first. 200 by default. */
  maxEntries?: number;
  /** Bytes of configuration files behind what is kept, at most; in memory it is a few times that. 32 MiB by default. */
  maxBytes?: number;
  /** Memory for summaries; one takes some 2 kB. 8 MiB by default. */
  maxSummaryBytes?: number;
}

/** A summary, or why there is none, and what it depends on. */
interface KeptSummary extends Dependencies {
  result: ConfigurationSummary | AutosubmitReadError;
  memoryBytes: number;
}

/** Of a summary, and of each file that it depends on, beside their texts. */
const SUMMARY_BYTES = 500;
const FILE_BYTES = 100;

/** Keeps the configurations of the experiments that were asked for last. One per thread. */
export function createConfigurationCache(options: ConfigurationCacheOptions = {}): ConfigurationCache {
  const { maxEntries = 200, maxBytes = 32 * 2 ** 20, maxSummaryBytes = 8 * 2 ** 20 } = options;
  // A Map keeps the order of insertion: the first entry is the one that was not used for longest.
  const entries = new Map<string, LoadingAttempt>();
  const loading = new Map<string, Promise<LoadingAttempt>>();
  const summaries = new Map<string, KeptSummary>();
  let bytes = 0;
  let summaryBytes = 0;

  function forget(key: string): void {
    bytes -= entries.get(key)?.sizeBytes ?? 0;
    entries.delete(key);
  }

  function remember(key: string, attempt: LoadingAttempt): LoadingAttempt {
    forget(key);
    entries.set(key, attempt);
    bytes += attempt.sizeBytes;
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries && bytes <= maxBytes) break;
      forget(oldest);
    }
    return attempt;
  }

  async function start(experiment: Experiment, key: string): Promise<LoadingAttempt> {
    try {
      return await attemptLoading(experiment);
    } finally {
      loading.delete(key);
    }
  }

  async function current(experiment: Experiment): Promise<LoadingAttempt> {
    const key = experiment.paths.folder;
    const known = entries.get(key) ?? (await loading.get(key));
    if (known !== undefined && (await isCurrent(experiment, known))) return remember(key, known);
    const started = start(experiment, key);
    loading.set(key, started);
    return remember(key, await started);
  }

  function forgetSummary(key: string): void {
    summaryBytes -= summaries.get(key)?.memoryBytes ?? 0;
    summaries.delete(key);
  }

  function rememberSummary(key: string, summary: KeptSummary): KeptSummary["result"] {
    forgetSummary(key);
    summaries.set(key, summary);
    summaryBytes += summary.memoryBytes;
    for (const oldest of summaries.keys()) {
      if (summaryBytes <= maxSummaryBytes) break;
      forgetSummary(oldest);
    }
    return summary.result;
  }

  /** Loads without keeping the configuration: who lists thousands must not push out those that are looked at. */
  async function currentSummary(experiment: Experiment): Promise<KeptSummary["result"]> {
    const key = experiment.paths.folder;
    const known = summaries.get(key);
    if (known !== undefined && (await isCurrent(experiment, known))) return rememberSummary(key, known);
    const whole = entries.get(key);
    const isWhole = whole !== undefined && (await isCurrent(experiment, whole));
    return rememberSummary(key, summaryOf(isWhole ? whole : await attemptLoading(experiment)));
  }

  return {
    summarise: async (experiment) => {
      const result = await currentSummary(experiment);
      if (result instanceof AutosubmitReadError) throw result;
      return result;
    },
    load: async (experiment) => resultOf(await current(experiment)),
    fingerprint: async (experiment) => (await current(experiment)).id,
    get size() {
      return entries.size;
    },
  };
}

function summaryOf({ result, files, ownerId, description, databaseFingerprint }: LoadingAttempt): KeptSummary {
  const texts = files.map(({ path, fingerprint }) => FILE_BYTES + path.length + (fingerprint?.length ?? 0));
  const memoryBytes = texts.reduce((sum, size) => sum + size, SUMMARY_BYTES + (description?.length ?? 0));
  const dependencies = { files, ownerId, description, databaseFingerprint, memoryBytes };
  if (result instanceof AutosubmitReadError) return { ...dependencies, result };
  const { mainPlatform, autosubmitVersion, wrapperType } = result.facts;
  return { ...dependencies, result: { mainPlatform, autosubmitVersion, wrapperType } };
}
