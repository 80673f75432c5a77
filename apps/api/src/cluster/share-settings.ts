import { availableParallelism } from "node:os";
import type { Environment } from "@autosubmit-api/settings";
import type { Config } from "../config/config.js";

const MEBIBYTE = 1024 * 1024;

/**
 * The variables of one of several processes: memory is for all of them together, and so are the machine's cores, unless the
 * number of threads was given.
 * @param environment what was given to the program
 */
export function shareSettings(environment: Environment, config: Config): Environment {
  const { workers, sourceCacheBytes, answerCacheBytes } = config;
  const threads = Math.max(1, Math.floor((availableParallelism() - 1) / workers));
  return {
    AS_API_RENDER_THREADS: environment.AS_API_RENDER_THREADS ?? String(threads),
    AS_API_SOURCE_CACHE_MB: String(Math.floor(sourceCacheBytes / MEBIBYTE / workers)),
    AS_API_ANSWER_CACHE_MB: String(Math.floor(answerCacheBytes / MEBIBYTE / workers)),
  };
}
