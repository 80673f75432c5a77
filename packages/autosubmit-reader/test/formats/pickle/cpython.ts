import { execFileSync, spawnSync } from "node:child_process";
import type { Canonical } from "./canonical.js";

/** Whether there is a CPython to compare with. */
export const hasPython = spawnSync("python3", ["-c", "import pickle, json, datetime, pathlib"]).status === 0;

/** Loads pickles with stand-ins for every class that is not on a short list, and writes values as `canonical` does. */
const DESCRIBE = `
import base64, collections, datetime, io, json, pathlib, pickle, struct, sys
sys.setrecursionlimit(20000)

class Opaque:
    name = None
    def __new__(cls, *args):
        made = object.__new__(cls)
        made.args, made.state = args, None
        return made
    def __init__(self, *args):
        pass
    def __setstate__(self, state):
        self.state = state

class Restricted(pickle.Unpickler):
    classes = {}
    def find_class(self, module, name):
        full = module + "." + name
        if full in ("datetime.datetime", "datetime.date", "datetime.timedelta", "datetime.timezone", "_codecs.encode",
                    "collections.OrderedDict", "collections.defaultdict", "copyreg._reconstructor",
                    "copy_reg._reconstructor") or module in ("builtins", "__builtin__"):
            return super().find_class(module, name)
        if module in ("pathlib", "pathlib._local"):
            return pathlib.PurePosixPath
        if full == "autosubmit.job.template.Language":
            return lambda value: value
        return self.classes.setdefault(full, type("Opaque", (Opaque,), {"name": full}))

def describe(value, met):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return ["int", str(value)]
    if isinstance(value, float):
        return describe_float(value)
    if isinstance(value, (bytes, bytearray)):
        return ["bytes", bytes(value).hex()]
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return describe_float(value.total_seconds())
    if isinstance(value, datetime.timezone):
        return value.tzname(None).replace("UTC", "") or "+00:00"
    if isinstance(value, pathlib.PurePath):
        return str(value)
    if isinstance(value, type):
        return ["class", getattr(value, "name", None) or value.__module__ + "." + value.__name__]
    if isinstance(value, tuple) and not value:
        return ["list"]
    if id(value) in met:
        return ["met", str(met[id(value)])]
    if value != [] or not isinstance(value, list):
        met[id(value)] = len(met)
    if isinstance(value, (list, tuple)):
        return ["list"] + [describe(item, met) for item in value]
    if isinstance(value, (set, frozenset)):
        return ["set"] + sorted(json.dumps(describe(item, met), separators=(",", ":"), ensure_ascii=False) for item in value)
    if isinstance(value, dict):
        return ["dict"] + [[describe(key, met), describe(item, met)] for key, item in value.items()]
    return ["object", value.name, describe(value.args, met), describe(value.state, met)]

def describe_float(value):
    if value.is_integer() and struct.pack(">d", value) != struct.pack(">d", -0.0):
        return ["int", str(int(value))]
    return ["float", "nan" if value != value else struct.pack(">d", value).hex()]

def load(content):
    return describe(Restricted(io.BytesIO(content), encoding="latin1").load(), {})
`;

const DESCRIBE_FILES = `${DESCRIBE}
json.dump([load(open(path, "rb").read()) for path in sys.argv[1:]], sys.stdout)
`;

/** One value with something of everything, in every protocol. */
const DESCRIBE_SAMPLES = `${DESCRIBE}
utc = datetime.timezone.utc
shared = ["shared", {"key": None}]
cyclic = {"list": []}
cyclic["list"].append(cyclic)
cyclic["tuple"] = (cyclic["list"], 1)
sample = {
    "ints": [sign * (2 ** power + more) for power in (0, 7, 8, 15, 16, 31, 32, 53, 63, 64, 2040, 2048) for more in (-1, 0, 1) for sign in (1, -1)],
    "floats": [0.1, -0.0, 1e300, -1.5e-300, 3.0, float("inf"), float("-inf"), float("nan")],
    "constants": [None, True, False, (), [], {}, "", b""],
    "texts": ["plain", "quote ' and \\" and \\\\ and \\n", "\\u00e9\\u20ac\\U0001f600", "\\x00\\x1f\\x7f\\x80\\xff", "x" * 70000, "\\\\u20ac"],
    "bytes": [b"abc", bytes(range(256)), b"y" * 300, bytearray(b"z\\xff")],
    "tuples": [(1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), tuple(range(2500))],
    "sets": [{1, 2, 3}, frozenset(["a"]), set()],
    "long list": list(range(3001)), "one": [1], "long dict": {str(n): n for n in range(2001)}, "pair": {1: 2},
    "keys": {1: "int", None: "none", (1, "t"): "tuple", b"b": "bytes"},
    "dates": [datetime.datetime(2000, 1, 31, 12, 30, 15), datetime.datetime(1, 1, 1), datetime.datetime(9999, 12, 31, 23, 59, 59, 999999),
              datetime.datetime(2020, 2, 29, 1, 2, 3, 4, tzinfo=utc), datetime.date(2020, 2, 29),
              datetime.datetime(2020, 2, 29, tzinfo=datetime.timezone(datetime.timedelta(hours=-5, minutes=-30)))],
    "durations": [datetime.timedelta(days=1, seconds=2), datetime.timedelta(microseconds=500000)],
    "ordered": collections.OrderedDict([("b", 1), ("a", 2)]),
    "default": collections.defaultdict(list, {"k": [1]}),
    "path": pathlib.PurePosixPath("/home/me/file"),
    "shared": [shared, shared], "cyclic": cyclic,
}
out = []
for protocol in range(6):
    for dumps in (pickle.dumps, pickle._dumps):
        content = dumps(sample, protocol)
        out.append([protocol, base64.b64encode(content).decode(), load(content)])
json.dump(out, sys.stdout)
`;

function runPython(script: string, args: readonly string[]): unknown {
  const output = execFileSync("python3", ["-c", script, ...args], { maxBuffer: 2 ** 28, encoding: "utf8" });
  return JSON.parse(output);
}

/** What CPython reads from these files. */
export function describeFiles(paths: readonly string[]): Canonical[] {
  return runPython(DESCRIBE_FILES, paths) as Canonical[];
}

/** Pickles of one rich value by CPython's C and Python picklers in every protocol, and what CPython reads from them. */
export function describeSamples(): { protocol: number; pickle: Buffer; expected: Canonical }[] {
  const samples = runPython(DESCRIBE_SAMPLES, []) as [number, string, Canonical][];
  return samples.map(([protocol, pickle, expected]) => ({ protocol, pickle: Buffer.from(pickle, "base64"), expected }));
}
