/**
 * Compares the pickle decoder with CPython's on the same file, in turns so that both meet the same load:
 *
 *     npx tsx --conditions=source bench/src/pickle-vs-cpython.ts [--jobs 100000] [--keys 42] [--rounds 7]
 *
 * `--jobs 130000 --keys 102` is the greatest experiment known, as Autosubmit 4.1.17 writes it. Needs python3.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseJobListPickle, unpickle } from "autosubmit-reader";

/** The slots of a job in 4.1.17, those that matter first, with values like those of real files. */
const GENERATOR = `
import datetime, enum, pathlib, pickle, sys, types
jobs, keys, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]

class Language(enum.Enum):
    BASH = "bash"
Language.__module__, Language.__qualname__ = "autosubmit.job.template", "Language"
for module in ("autosubmit", "autosubmit.job", "autosubmit.job.template"):
    sys.modules[module] = types.ModuleType(module)
sys.modules["autosubmit.job.template"].Language = Language

# Made once: every job has the same key objects, as with real slots.
OTHER_SLOTS = ["_another_slot_%02d" % number for number in range(62)]

def values(index, name, member):
    yield from {
        "id": 4000000 + index, "_status": 5, "priority": 3, "_section": "SIM",
        "date": datetime.datetime(2000 + index % 20, 1, 1), "_member": member, "_chunk": index % 900 + 1, "_split": -1,
        "_splits": -1, "_local_logs": (name + ".20260526145226.out", name + ".20260526145226.err"),
        "_remote_logs": ("", ""), "wrapper_type": None,
        "_name": name, "_long_name": name + "_" + member, "script_name": name + ".cmd", "stat_file": name + "_STAT_",
        "_log_path": pathlib.PosixPath("/esarchive/autosubmit", name[:4], "tmp", "LOG_" + name[:4]),
        "_tmp_path": "/esarchive/autosubmit/" + name[:4] + "/tmp", "file": "templates/" + str(index % 7) + "/sim.sh",
        "_dependencies": "{'SIM-1': {}, 'INI': {}, 'POST': {'STATUS': " + str(index) + "}}", "type": Language.BASH,
        "submit_time_timestamp": "20260526" + str(100000 + index), "start_time_timestamp": "20260527" + str(100000 + index),
        "finish_time_timestamp": "20260528" + str(100000 + index), "ready_date": 20260526000000 + index,
        "platform_name": "MARENOSTRUM5", "_export": "", "edge_info": {}, "additional_files": [], "undefined_variables": set(),
        "_custom_directives": "[]", "parameters": {}, "_wallclock": "00:20", "_processors": "1", "updated_log": 1,
        "delete_when_edgeless": True, "running": "chunk", "date_format": "", "expid": name[:4], "retry_delay": None,
        "_delay": None, "_nodes": "",
    }.items()
    for number, slot in enumerate(OTHER_SLOTS):
        yield slot, (None, False, "", 0, True, "", None, index % 250, 3, "00:20")[number % 10]

result = {}
for index in range(jobs):
    member = "fc%d" % (index % 10)
    name = "a000_20000101_%s_%d_SIM" % (member, index)
    result[name] = dict(list(values(index, name, member))[:keys])
with open(path, "wb") as file:
    pickle.dump(result, file, 5)
`;

const LOADER = `
import pickle, sys, time
class Stand(pickle.Unpickler):
    def find_class(self, module, name):
        return (lambda value: value) if module.startswith("autosubmit") else super().find_class(module, name)
with open(sys.argv[1], "rb") as file:
    started = time.perf_counter()
    jobs = Stand(file).load()
    print((time.perf_counter() - started) * 1000)
`;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function timed(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function measure(path: string, rounds: number) {
  const bytes = readFileSync(path);
  const times = { cpython: [] as number[], unpickle: [] as number[], jobList: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.cpython.push(Number(execFileSync("python3", ["-c", LOADER, path], { encoding: "utf8" })));
    times.unpickle.push(timed(() => unpickle(bytes)));
    times.jobList.push(timed(() => parseJobListPickle(bytes)));
  }
  return { megabytes: bytes.length / 1e6, times };
}

function main(): void {
  const { values } = parseArgs({
    options: {
      jobs: { type: "string", default: "100000" },
      keys: { type: "string", default: "42" },
      rounds: { type: "string", default: "7" },
    },
  });
  if (spawnSync("python3", ["--version"]).status !== 0) {
    console.log("python3 is not installed: there is nothing to compare with");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "pickle-vs-cpython-"));
  try {
    const path = join(folder, "job_list.pkl");
    execFileSync("python3", ["-c", GENERATOR, values.jobs, values.keys, path]);
    const { megabytes, times } = measure(path, Number(values.rounds));
    const cpython = median(times.cpython);
    console.log(
      `${values.jobs} jobs x ${values.keys} keys, ${megabytes.toFixed(1)} MB, medians of ${values.rounds} rounds`,
    );
    console.log(`Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model}`);
    for (const [name, all] of Object.entries(times)) {
      const range = `${Math.min(...all).toFixed(0)}-${Math.max(...all).toFixed(0)}`;
      const ratio = (median(all) / cpython).toFixed(2);
      console.log(`${name.padEnd(9)} ${median(all).toFixed(0).padStart(6)} ms (${range})  ${ratio} x CPython`);
    }
    console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
