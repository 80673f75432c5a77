import { readFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import type { Environment } from "@autosubmit-api/settings";
import type { Config } from "../config/config.js";
import { type Finding, ok, warning } from "./finding.js";

/** Sockets, files and databases: one thousand clients and some. */
const ENOUGH_DESCRIPTORS = 4_096;
const MIB = 1024 * 1024;

/** Looks at what the process may use of this machine. */
export async function* examineMachine(config: Config, environment: Environment): AsyncIterable<Finding> {
  yield ok("Node", process.version);
  yield examineThreads(config);
  yield examineMemory(config);
  yield await examineDescriptors();
  yield examineTimeZone(config, environment);
}

function examineThreads({ renderThreads }: Config): Finding {
  const cores = availableParallelism();
  const detail = `${renderThreads} for experiments and 2 for light views, ${cores} cores`;
  return renderThreads <= 2 * cores
    ? ok("threads", detail)
    : warning("threads", detail, "more threads than cores only take memory: lower AS_API_RENDER_THREADS");
}

/** Heaps are limits, not what is taken; caches are filled in time. */
function examineMemory({ renderThreads, renderHeapMb, sourceCacheBytes, answerCacheBytes }: Config): Finding {
  const limit = memoryLimit() / MIB;
  const caches = (sourceCacheBytes + answerCacheBytes) / MIB;
  const worst = caches + renderThreads * renderHeapMb;
  const detail = `${Math.round(limit)} MiB; caches up to ${Math.round(caches)} MiB, ${renderThreads} threads up to ${renderHeapMb} MiB each`;
  if (caches > limit / 2)
    return warning("memory", detail, "lower AS_API_SOURCE_CACHE_MB and AS_API_ANSWER_CACHE_MB to a half at most");
  return worst <= limit
    ? ok("memory", detail)
    : warning(
        "memory",
        detail,
        "many huge experiments at a time do not fit: lower AS_API_RENDER_HEAP_MB or the threads",
      );
}

/** Of the control group, where there is one, else of the machine; bytes. */
function memoryLimit(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 && constrained < totalmem() ? constrained : totalmem();
}

async function examineDescriptors(): Promise<Finding> {
  const subject = "open files";
  const limits = await readFile("/proc/self/limits", "utf8").catch(() => "");
  const text = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  if (text === undefined) return ok(subject, "the limit is not known on this system");
  return Number(text) >= ENOUGH_DESCRIPTORS
    ? ok(subject, `up to ${text}`)
    : warning(subject, `up to ${text}`, `raise the limit to ${ENOUGH_DESCRIPTORS}: LimitNOFILE= of the systemd unit`);
}

function examineTimeZone({ timeZone }: Config, environment: Environment): Finding {
  const now = new Date().toLocaleString("sv-SE", { timeZone });
  const detail = `${timeZone}, where it is ${now}`;
  return environment.TZ === undefined
    ? warning("time zone", detail, "TZ is not set: set it to the zone of the hosts on which Autosubmit runs")
    : ok("time zone", detail);
}
