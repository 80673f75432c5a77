import { describe, expect, test } from "vitest";
import { unpickle } from "../../../src/formats/pickle/unpickle.js";
import type { OpaqueValue, PickleValue } from "../../../src/formats/pickle/values.js";
import { bytes, stackGlobal, text, uint32 } from "./pickle-bytes.js";

/** `module.name(*args)` as REDUCE writes it; the pieces push the arguments. */
function reduce(module: string, name: string, ...args: (string | number | Uint8Array)[]): Buffer {
  return bytes(stackGlobal(module, name), "(", ...args, "tR");
}

/** `module.name.__new__(module.name, *args)`. */
function make(module: string, name: string, ...args: (string | number | Uint8Array)[]): Buffer {
  return bytes(stackGlobal(module, name), "(", ...args, "t", 0x81);
}

function read(...pieces: (string | number | Uint8Array)[]): PickleValue {
  return unpickle(bytes(...pieces, "."));
}

const small = (value: number) => bytes("K", value);
const packed = (...content: number[]) => bytes("C", content.length, ...content);

describe("dates", () => {
  test("a datetime is naive ISO text", () => {
    expect(read(reduce("datetime", "datetime", packed(0x07, 0xd0, 2, 29, 13, 5, 9, 0, 0, 0)))).toBe(
      "2000-02-29T13:05:09",
    );
  });

  test("microseconds are shown when there are some", () => {
    const state = packed(0x07, 0xd0, 1, 1, 0, 0, 0, 0x0f, 0x42, 0x3f);
    expect(read(reduce("datetime", "datetime", state))).toBe("2000-01-01T00:00:00.999999");
  });

  test("the fold bit is not part of the month", () => {
    expect(read(reduce("datetime", "datetime", packed(0x07, 0xd0, 0x8a, 29, 2, 0, 0, 0, 0, 0)))).toBe(
      "2000-10-29T02:00:00",
    );
  });

  test("Python 2 wrote the state as text, in protocol 0", () => {
    const pickle = bytes("cdatetime\ndatetime\np1\n(S'\\x07\\xe5\\x0b\\x1e\\x00\\x00\\x00\\x00\\x00\\x00'\ntR.");
    expect(unpickle(pickle)).toBe("2021-11-30T00:00:00");
  });

  test("Python 3 wrote the state as encoded text, in protocol 2", () => {
    const state = bytes("X", uint32(11), Buffer.from("\x07\xe5\x0b\x1e\0\0\0\0\0\0", "utf8"));
    const pickle = bytes(
      0x80,
      2,
      "cdatetime\ndatetime\nc_codecs\nencode\n",
      state,
      text("latin1"),
      0x86,
      "R",
      0x85,
      "R.",
    );
    expect(unpickle(pickle)).toBe("2021-11-30T00:00:00");
  });

  test("a datetime made of numbers", () => {
    const args = [bytes("M", 0xd0, 7), small(12), small(31), small(23)];
    expect(read(reduce("datetime", "datetime", ...args))).toBe("2000-12-31T23:00:00");
  });

  test("a zone is appended as its offset", () => {
    const offset = reduce("datetime", "timedelta", small(0), bytes("M", 0x10, 0x0e), small(0));
    const zone = reduce("datetime", "timezone", offset);
    const state = packed(0x07, 0xd0, 1, 1, 0, 0, 0, 0, 0, 0);
    expect(read(reduce("datetime", "datetime", state, zone))).toBe("2000-01-01T00:00:00+01:00");
  });

  test("a date, a duration in seconds, a zone as its offset", () => {
    expect(read(reduce("datetime", "date", packed(0x07, 0xd0, 12, 31)))).toBe("2000-12-31");
    expect(read(reduce("datetime", "timedelta", small(1), small(2), bytes("J", 0x20, 0xa1, 0x07, 0)))).toBe(86402.5);
    const offset = reduce(
      "datetime",
      "timedelta",
      bytes("J", 0xff, 0xff, 0xff, 0xff),
      bytes("J", uint32(66600)),
      small(0),
    );
    expect(read(reduce("datetime", "timezone", offset))).toBe("-05:30");
  });

  test("a date deep within other objects is a date", () => {
    let value = reduce("datetime", "datetime", packed(0x07, 0xd0, 1, 1, 0, 0, 0, 0, 0, 0));
    for (let level = 0; level < 50; level += 1) value = reduce("m", "C", value);
    let inner = read(value);
    for (let level = 0; level < 50; level += 1) inner = ((inner as OpaqueValue).args as PickleValue[])[0] ?? null;
    expect(inner).toBe("2000-01-01T00:00:00");
  });

  test("an impossible date stays an object", () => {
    const value = read(reduce("datetime", "datetime", packed(0x07, 0xd0, 2, 30, 0, 0, 0, 0, 0, 0)));
    expect(value).toMatchObject({ className: "datetime.datetime", args: [expect.any(Uint8Array)] });
  });
});

describe("values of known classes", () => {
  test("containers of the standard library", () => {
    expect(read(reduce("collections", "OrderedDict"), "(", text("b"), "N", text("a"), "Nu")).toEqual(
      new Map([
        ["b", null],
        ["a", null],
      ]),
    );
    const pairs = bytes("](](", text("k"), small(1), "ee");
    expect(read(reduce("collections", "OrderedDict", pairs))).toEqual(new Map([["k", 1]]));
    expect(read(reduce("collections", "defaultdict", "cbuiltins\nlist\n"), small(1), "]s")).toEqual(new Map([[1, []]]));
    expect(read(reduce("__builtin__", "set", bytes("](", small(1), small(2), "e")))).toEqual(new Set([1, 2]));
    expect(read(reduce("builtins", "frozenset", bytes("]", small(1), "a")))).toEqual(new Set([1]));
    expect(read(reduce("builtins", "bytearray", text("é"), text("latin-1")))).toEqual(new Uint8Array([0xe9]));
    expect(read(reduce("builtins", "bytes"))).toEqual(new Uint8Array());
  });

  test("paths are joined", () => {
    const parts = [text("/"), text("home"), text("me")];
    expect(read(reduce("pathlib", "PosixPath", ...parts))).toBe("/home/me");
    expect(read(reduce("pathlib._local", "PosixPath", ...parts))).toBe("/home/me");
    expect(read(reduce("pathlib", "PurePosixPath", text("a"), text("b")))).toBe("a/b");
    expect(read(reduce("pathlib", "Path"))).toBe(".");
  });

  test("Autosubmit's Language is its value", () => {
    expect(read(reduce("autosubmit.job.template", "Language", text("bash")))).toBe("bash");
  });

  test("ruamel scalars are what they wrap, with or without a state", () => {
    const state = bytes("}", text("_yaml_anchor"), "Nsb");
    expect(read(make("ruamel.yaml.scalarstring", "LiteralScalarString", text("a\nb")), state)).toBe("a\nb");
    expect(read(make("ruamel.yaml.scalarstring", "DoubleQuotedScalarString", text("x")))).toBe("x");
    expect(read(make("ruamel.yaml.scalarint", "HexInt", small(16)), state)).toBe(16);
    expect(read(make("ruamel.yaml.scalarfloat", "ScalarFloat", "F1.5\n"), state)).toBe(1.5);
    expect(read(make("ruamel.yaml.scalarbool", "ScalarBoolean", small(1)), state)).toBe(true);
  });

  test("ruamel maps and sequences are maps and arrays", () => {
    expect(read(make("ruamel.yaml.comments", "CommentedMap"), text("k"), small(1), "s")).toEqual(new Map([["k", 1]]));
    expect(read(make("ruamel.yaml.comments", "CommentedSeq"), "}b", "(", small(1), "e")).toEqual([1]);
  });

  test("objects of protocols 0 and 1 go through copyreg", () => {
    const object = bytes("ccopy_reg\n_reconstructor\n(cm\nC\nc__builtin__\nobject\nNtR}", text("a"), small(1), "sb");
    expect(read(object)).toMatchObject({ className: "m.C", args: [], state: new Map([["a", 1]]) });
    const string = bytes(
      "ccopy_reg\n_reconstructor\n(cruamel.yaml.scalarstring\nFoldedScalarString\nc__builtin__\nunicode\n",
    );
    expect(read(string, text("folded"), "tR")).toBe("folded");
    const map = bytes(
      "ccopyreg\n_reconstructor\n(ccollections\nOrderedDict\ncbuiltins\ndict\n}",
      text("k"),
      small(1),
      "stR",
    );
    expect(read(map)).toEqual(new Map([["k", 1]]));
  });
});

describe("shared and cyclic values", () => {
  test("a list that holds itself", () => {
    const list = read("]", 0x94, "h\x00a") as PickleValue[];
    expect(list[0]).toBe(list);
  });

  test("a dict, a tuple and an object in a circle", () => {
    const object = read("cm\nC\n)", 0x81, 0x94, "}", text("self"), "](h\x00h\x00", 0x86, "esb") as OpaqueValue;
    const [pair] = (object.state as Map<string, PickleValue[][]>).get("self") as [PickleValue[]];
    expect(pair).toHaveLength(2);
    expect(pair?.[0]).toBe(object);
    expect(pair?.[1]).toBe(object);
  });

  test("what is shared in the file is shared in the result", () => {
    const [first, second] = read("]", 0x94, "h\x00", 0x86) as PickleValue[];
    expect(first).toBe(second);
  });

  test("what is added later through the memo is there", () => {
    expect(read("(]", 0x94, "h\x00", "Na0t")).toEqual([[null]]);
  });

  test("100,000 nested lists, and as many nested tuples, dicts and objects", () => {
    const depth = 100_000;
    const nestings = [
      [bytes("]".repeat(depth), "a".repeat(depth - 1)), (value: PickleValue) => (value as PickleValue[])[0]],
      [bytes(")", "\x85".repeat(depth - 1)), (value: PickleValue) => (value as PickleValue[])[0]],
      [
        bytes("}N".repeat(depth - 1), "}", "s".repeat(depth - 1)),
        (value: PickleValue) => (value as Map<null, PickleValue>).get(null),
      ],
    ] as const;
    for (const [pickle, inner] of nestings) {
      let levels = 0;
      for (let value: PickleValue | undefined = read(pickle); value !== undefined; value = inner(value)) levels += 1;
      expect(levels).toBe(depth);
    }
  });

  test("100,000 calls within calls", () => {
    const depth = 100_000;
    const calls = bytes("cm\nC\n", 0x94, "0", "h\x00".repeat(depth), ")R", "\x85R".repeat(depth - 1));
    let value = read(calls) as OpaqueValue | undefined;
    let levels = 0;
    for (; value !== undefined; value = (value.args as OpaqueValue[])[0]) levels += 1;
    expect(levels).toBe(depth);
  });
});

describe("hostile pickles give inert data", () => {
  const command = text("touch /tmp/autosubmit-reader-was-hacked");
  const opaque = { className: "os.system" };

  test.each([
    ["GLOBAL and REDUCE", bytes("cos\nsystem\n(", command, "tR")],
    ["STACK_GLOBAL and REDUCE", reduce("os", "system", command)],
    ["INST", bytes("(", command, "ios\nsystem\n")],
    ["OBJ", bytes("(cos\nsystem\n", command, "o")],
    ["NEWOBJ", make("os", "system", command)],
    ["NEWOBJ_EX", bytes("cos\nsystem\n(", command, "t}", 0x92)],
    ["BUILD", bytes("cos\nsystem\n)R}", text("__setstate__"), "cos\nsystem\nsb")],
    ["copyreg", bytes("ccopyreg\n_reconstructor\n(cos\nsystem\ncbuiltins\nstr\n", command, "tR")],
  ])("%s", (_name, pickle) => {
    expect(read(pickle)).toMatchObject(opaque);
  });

  test.each(["eval", "exec", "getattr", "__import__", "compile", "open", "globals", "object", "type"])(
    "builtins.%s is a name and no more",
    (name) => {
      expect(read(reduce("builtins", name, command))).toMatchObject({ className: `builtins.${name}` });
    },
  );

  test("names of our own language are names as well", () => {
    for (const name of ["constructor", "__proto__", "hasOwnProperty", "toString"]) {
      expect(read(reduce("__proto__", name, command))).toMatchObject({ className: `__proto__.${name}` });
      expect(read(bytes(stackGlobal("", name)))).toMatchObject({ className: `.${name}`, args: null });
    }
  });

  test("a call of what a call returned", () => {
    const value = read(reduce("builtins", "getattr", text("os"), text("system")), "(", command, "tR");
    expect(value).toMatchObject({ className: "?" });
  });

  test("__proto__ as a key is a key", () => {
    const value = read("}(", text("__proto__"), "}", text("polluted"), 0x88, "s", text("constructor"), "Nu");
    expect(value).toEqual(
      new Map<string, unknown>([
        ["__proto__", new Map([["polluted", true]])],
        ["constructor", null],
      ]),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const state = read("cm\nC\n)", 0x81, "}", text("__proto__"), "Nsb") as OpaqueValue;
    expect(Object.getPrototypeOf(state)).toBe(Object.prototype);
  });
});
