import type { Experiment } from "../site/site.js";
import { attemptLoading, isCurrent, type LoadedConfiguration, type LoadingAttempt, resultOf } from "./configuration.js";

/** Configurations in memory. Every `load` looks at all files first, so a change is noticed at once. */
export interface ConfigurationCache {
  /** As `loadConfiguration`, but parses only after a change; failures are remembered as well. @throws the same */
  load(experiment: Experiment): Promise<LoadedConfiguration>;
  /** Changes whenever the answer or the failure of `load` may have changed. @throws ExperimentNotFoundError */
  fingerprint(experiment: Experiment): Promise<string>;
  /** Experiments in memory. */
  readonly size: number;
}

export interface ConfigurationCacheOptions {
  /** Experiments kept at most; those asked for longest ago go first. 200 by default. */
  maxEntries?: number;
  /** Bytes of configuration files behind what is kept, at most; in memory it is a few times that. 32 MiB by default. */
  maxBytes?: number;
}

/** Keeps the configurations of the experiments that were asked for last. One per thread. */
export function createConfigurationCache(options: ConfigurationCacheOptions = {}): ConfigurationCache {
  const { maxEntries = 200, maxBytes = 32 * 2 ** 20 } = options;
  // A Map keeps the order of insertion: the first entry is the one that was not used for longest.
  const entries = new Map<string, LoadingAttempt>();
  const loading = new Map<string, Promise<LoadingAttempt>>();
  let bytes = 0;

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

  return {
    load: async (experiment) => resultOf(await current(experiment)),
    fingerprint: async (experiment) => (await current(experiment)).id,
    get size() {
      return entries.size;
    },
  };
}
