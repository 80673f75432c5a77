import { describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../../src/errors.js";
import { PickleTruncatedError } from "../../../src/formats/pickle/machine.js";
import { unpickle } from "../../../src/formats/pickle/unpickle.js";
import type { PickleValue } from "../../../src/formats/pickle/values.js";
import { bytes, stackGlobal, text, uint32, uint64 } from "./pickle-bytes.js";

const dict = (...pairs: [PickleValue, PickleValue][]) => new Map(pairs);
const opaque = (className: string, rest: object) => ({
  ...{ className, args: [], keywords: null, state: null, items: null, entries: null },
  ...rest,
});
const double = Buffer.alloc(8);
double.writeDoubleBE(-2.5);

const CASES: [string, Buffer, PickleValue][] = [
  ["NONE", bytes("N."), null],
  ["NEWTRUE", bytes(0x88, "."), true],
  ["NEWFALSE", bytes(0x89, "."), false],
  ["INT", bytes("I-12\n."), -12],
  ["INT as True", bytes("I01\n."), true],
  ["INT as False", bytes("I00\n."), false],
  ["INT beyond 2^53", bytes("I9007199254740993\n."), 9007199254740993n],
  ["LONG", bytes("L-7L\n."), -7],
  ["LONG beyond 2^53", bytes("L-9007199254740993L\n."), -9007199254740993n],
  ["FLOAT", bytes("F-1.5e3\n."), -1500],
  ["FLOAT nan", bytes("Fnan\n."), Number.NaN],
  ["FLOAT -inf", bytes("F-inf\n."), Number.NEGATIVE_INFINITY],
  ["BINFLOAT", bytes("G", double, "."), -2.5],
  ["BININT", bytes("J", 0xfe, 0xff, 0xff, 0xff, "."), -2],
  ["BININT1", bytes("K", 200, "."), 200],
  ["BININT2", bytes("M", 0x34, 0x12, "."), 0x1234],
  ["LONG1 of no bytes", bytes(0x8a, 0, "."), 0],
  ["LONG1 of 5 bytes", bytes(0x8a, 5, 0xff, 0xff, 0xff, 0x7f, 0xff, "."), -(2 ** 31) - 1],
  ["LONG1 beyond 2^53", bytes(0x8a, 8, 1, 0, 0, 0, 0, 0, 0x20, 0, "."), 9007199254740993n],
  ["LONG1 below -2^53", bytes(0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x80, "."), -(2n ** 63n)],
  ["LONG4", bytes(0x8b, uint32(2), 0xff, 0x7f, "."), 0x7fff],
  ["STRING in latin1", bytes("S'a\\xe9\\n\\'\\\\\\101\\q\xe9'\n."), "aé\n'\\A\\qé"],
  ["STRING between double quotes", bytes('S"it\'s"\n.'), "it's"],
  ["BINSTRING", bytes("T", uint32(3), "a\xe9\xff."), "aéÿ"],
  ["SHORT_BINSTRING", bytes("U", 2, "\xc3\xa9."), "Ã©"],
  ["UNICODE", bytes("Va\\u20ac\\\\u20ac\\U0001f600\xe9\n."), "a€\\\\u20ac😀é"],
  ["BINUNICODE", bytes("X", uint32(3), 0xe2, 0x82, 0xac, "."), "€"],
  ["SHORT_BINUNICODE", bytes(0x8c, 2, 0xc3, 0xa9, "."), "é"],
  ["BINUNICODE8", bytes(0x8d, uint64(2n), "ab."), "ab"],
  ["a lone surrogate", bytes(0x8c, 5, "a", 0xed, 0xa0, 0x80, "b."), "a\ud800b"],
  ["invalid UTF-8", bytes(0x8c, 2, "a", 0xff, "."), "a\ufffd"],
  ["BINBYTES", bytes("B", uint32(2), "\x00\xff."), new Uint8Array([0, 255])],
  ["SHORT_BINBYTES", bytes("C", 1, 7, "."), new Uint8Array([7])],
  ["BINBYTES8", bytes(0x8e, uint64(1n), 9, "."), new Uint8Array([9])],
  ["BYTEARRAY8", bytes(0x96, uint64(1n), 8, "."), new Uint8Array([8])],
  ["EMPTY_TUPLE", bytes(")."), []],
  ["TUPLE1", bytes("K", 1, 0x85, "."), [1]],
  ["TUPLE2", bytes("K", 1, "K", 2, 0x86, "."), [1, 2]],
  ["TUPLE3", bytes("K", 1, "K", 2, "K", 3, 0x87, "."), [1, 2, 3]],
  ["TUPLE", bytes("(K", 1, "NNNt."), [1, null, null, null]],
  ["EMPTY_LIST", bytes("]."), []],
  ["LIST", bytes("(NK", 4, "l."), [null, 4]],
  ["APPEND", bytes("]Na."), [null]],
  ["APPENDS", bytes("](NK", 5, "e(K", 6, "e."), [null, 5, 6]],
  ["EMPTY_DICT", bytes("}."), dict()],
  ["DICT", bytes("(K", 1, "Nd."), dict([1, null])],
  ["SETITEM", bytes("}K", 1, "Ns."), dict([1, null])],
  ["SETITEMS", bytes("}(K", 1, "NK", 2, "Nu."), dict([1, null], [2, null])],
  ["a key set twice", bytes("}(K", 1, "NK", 2, "NK", 1, "K", 9, "u."), dict([1, 9], [2, null])],
  ["EMPTY_SET, ADDITEMS", bytes(0x8f, "(K", 1, "K", 2, 0x90, "."), new Set([1, 2])],
  ["FROZENSET", bytes("(K", 1, 0x91, "."), new Set([1])],
  ["POP", bytes("K", 1, "N0."), 1],
  ["POP of a mark", bytes("K", 1, "(0."), 1],
  ["POP_MARK", bytes("K", 1, "(NNN1."), 1],
  ["DUP", bytes("K", 1, "2", 0x86, "."), [1, 1]],
  ["PUT, GET", bytes("K", 1, "p5\ng5\n", 0x86, "."), [1, 1]],
  ["BINPUT, BINGET", bytes("K", 1, "q", 0, "h", 0, 0x86, "."), [1, 1]],
  ["LONG_BINPUT, LONG_BINGET", bytes("K", 1, "r", uint32(2), "j", uint32(2), 0x86, "."), [1, 1]],
  ["MEMOIZE counts entries", bytes("K", 1, 0x94, "K", 2, 0x94, "h", 0, "h", 1, 0x86, "."), [1, 2]],
  ["PROTO, FRAME", bytes(0x80, 4, 0x95, uint64(2n), "N."), null],
  ["GLOBAL", bytes("cos\nsystem\n."), opaque("os.system", { args: null })],
  ["STACK_GLOBAL", bytes(stackGlobal("os", "system"), "."), opaque("os.system", { args: null })],
  ["REDUCE", bytes("cm\nC\n)R."), opaque("m.C", {})],
  ["NEWOBJ", bytes("cm\nC\n", "K", 1, 0x85, 0x81, "."), opaque("m.C", { args: [1] })],
  ["NEWOBJ_EX", bytes("cm\nC\n)}", 0x92, "."), opaque("m.C", { keywords: dict() })],
  ["INST", bytes("(K", 1, "im\nC\n."), opaque("m.C", { args: [1] })],
  ["OBJ", bytes("(cm\nC\nK", 1, "o."), opaque("m.C", { args: [1] })],
  ["BUILD", bytes("cm\nC\n)R}K", 1, "Nsb."), opaque("m.C", { state: dict([1, null]) })],
  [
    "an object with items",
    bytes("cm\nC\n)R(Ne}K", 1, "Nsb."),
    opaque("m.C", { items: [null], state: dict([1, null]) }),
  ],
  ["an object with entries", bytes("cm\nC\n)R(K", 1, "Nu."), opaque("m.C", { entries: dict([1, null]) })],
  ["bytes after STOP", bytes("K", 3, ".garbage"), 3],
];

describe("every opcode", () => {
  test.each(CASES)("%s", (_name, pickle, expected) => {
    expect(unpickle(pickle)).toEqual(expected);
  });

  test("every proper beginning of a pickle is an incomplete one", () => {
    for (const [, pickle] of CASES.filter(([name]) => name !== "bytes after STOP")) {
      for (let length = 0; length < pickle.length; length += 1) {
        expect(() => unpickle(pickle.subarray(0, length))).toThrow(PickleTruncatedError);
      }
    }
  });
});

const ERRORS: [string, Buffer, number, RegExp][] = [
  ["an empty file", bytes(""), 0, /ends before its STOP/],
  ["no STOP", bytes("NN"), 2, /ends before its STOP/],
  ["STOP without a value", bytes("."), 0, /STOP finds too few values/],
  ["STOP above a mark", bytes("N(."), 2, /STOP finds too few values/],
  ["an unknown opcode", bytes("N", 0xff, "."), 1, /opcode 0xff is not part of any pickle protocol/],
  ["protocol 6", bytes(0x80, 6, "N."), 0, /protocol 6 is unknown/],
  ["PERSID", bytes("Pid\n."), 0, /PERSID refers to something outside/],
  ["BINPERSID", bytes("NQ."), 1, /BINPERSID refers to something outside/],
  ["EXT1", bytes(0x82, 1, "."), 0, /EXT1 refers to something outside/],
  ["EXT2", bytes(0x83, 1, 1, "."), 0, /EXT2 refers/],
  ["EXT4", bytes(0x84, 1, 1, 1, 1, "."), 0, /EXT4 refers/],
  ["NEXT_BUFFER", bytes(0x97, "."), 0, /NEXT_BUFFER refers/],
  ["READONLY_BUFFER", bytes("N", 0x98, "."), 1, /READONLY_BUFFER refers/],
  [
    "a text of 500 MB in a small file",
    bytes("NX", uint32(500_000_000), "abc."),
    1,
    /announces 500000000 bytes, 4 are left/,
  ],
  ["a text of 2^64 - 1 bytes", bytes(0x8d, uint64(2n ** 64n - 1n), "abc."), 0, /BINUNICODE8 announces/],
  ["bytes of 2^63 bytes", bytes(0x8e, uint64(2n ** 63n), "abc."), 0, /BINBYTES8 announces/],
  ["a byte array of 2^40 bytes", bytes(0x96, uint64(2n ** 40n), "abc."), 0, /BYTEARRAY8 announces/],
  ["a text of -7 bytes", bytes("T", uint32(2 ** 32 - 7), "abc."), 0, /BINSTRING announces -7 bytes/],
  ["a number of -7 bytes", bytes(0x8b, uint32(2 ** 32 - 7), "abc."), 0, /LONG4 announces -7 bytes/],
  ["a number of 100,000 bytes", bytes(0x8b, uint32(100_000), Buffer.alloc(100_000), "."), 0, /is refused/],
  ["a number of 5,000 digits", bytes("L", "9".repeat(5000), "L\n."), 0, /LONG is not followed by a number/],
  ["a frame longer than the file", bytes(0x95, uint64(1000n), "N."), 0, /FRAME announces 1000 bytes, 2 are left/],
  ["INT without a number", bytes("Iabc\n."), 0, /INT is not followed by a number/],
  ["FLOAT without a number", bytes("F1.2.3\n."), 0, /FLOAT is not followed by a number/],
  ["STRING without quotes", bytes("Sabc\n."), 0, /not between quotes/],
  ["STRING of one quote", bytes("S'\n."), 0, /not between quotes/],
  ["GET of nothing stored", bytes("Ng3\n."), 1, /memo index 3/],
  ["BINGET of nothing stored", bytes("h", 0, "."), 0, /memo index 0/],
  ["LONG_BINGET out of range", bytes("j", uint32(2 ** 32 - 7), "."), 0, /memo index 4294967289/],
  ["GET without an index", bytes("Ng-3\n."), 1, /GET has no memo index/],
  ["PUT far beyond the file", bytes("Np123456\n."), 1, /memo index 123456 is out of range/],
  ["LONG_BINPUT beyond the file", bytes("Nr", uint32(2 ** 32 - 7), "."), 1, /memo index 4294967289 is out of range/],
  ["BINPUT of nothing", bytes("q", 0, "."), 0, /BINPUT finds too few values/],
  ["MEMOIZE of a mark", bytes("(", 0x94, "."), 1, /MEMOIZE finds too few values/],
  ["POP of nothing", bytes("0."), 0, /POP finds too few values/],
  ["POP_MARK without a mark", bytes("N1."), 1, /POP_MARK finds no mark/],
  ["DUP of nothing", bytes("2."), 0, /DUP finds too few values/],
  ["TUPLE without a mark", bytes("Nt."), 1, /TUPLE finds no mark/],
  ["TUPLE2 of one value", bytes("N", 0x86, "."), 1, /TUPLE2 finds too few values/],
  ["TUPLE1 across a mark", bytes("N(", 0x85, "."), 2, /TUPLE1 finds too few values/],
  ["APPEND to a number", bytes("K", 1, "Na."), 3, /APPEND adds to a value that takes no items/],
  ["APPEND to a tuple", bytes(")Na."), 2, /APPEND adds to a value that takes no items/],
  ["APPENDS to a dict", bytes("}(Ne."), 3, /APPENDS adds to a value/],
  ["APPENDS to nothing", bytes("(Ne."), 2, /APPENDS finds too few values/],
  ["SETITEM on a list", bytes("]NNs."), 3, /SETITEM adds to a value/],
  ["SETITEM without a dict", bytes("NNs."), 2, /SETITEM finds too few values/],
  ["SETITEMS with a key only", bytes("}(Nu."), 3, /SETITEMS finds a key without a value/],
  ["SETITEMS on a text", bytes(text("a"), "(NNu."), 6, /SETITEMS adds to a value/],
  ["DICT with a key only", bytes("(Nd."), 2, /DICT finds a key without a value/],
  ["ADDITEMS to a list", bytes("](N", 0x90, "."), 3, /ADDITEMS adds to a value/],
  ["STACK_GLOBAL of numbers", bytes("K", 1, "K", 2, 0x93, "."), 4, /STACK_GLOBAL finds no names/],
  ["STACK_GLOBAL of one name", bytes(text("a"), 0x93, "."), 3, /STACK_GLOBAL finds too few values/],
  ["a global with an endless name", bytes("c", "a".repeat(2000), "\nb\n."), 0, /name of a global is too long/],
  ["REDUCE of a text", bytes(text("a"), ")R."), 4, /REDUCE finds no class and tuple/],
  ["REDUCE without a tuple", bytes("cm\nC\nNR."), 6, /REDUCE finds no class and tuple/],
  ["NEWOBJ with a list of arguments", bytes("cm\nC\n]", 0x81, "."), 6, /NEWOBJ finds no class and tuple/],
  ["NEWOBJ_EX of two values", bytes("cm\nC\n)", 0x92, "."), 6, /NEWOBJ_EX finds too few values/],
  ["OBJ of nothing", bytes("(o."), 1, /OBJ finds too few values/],
  ["INST without a mark", bytes("im\nC\n."), 0, /INST finds no mark/],
  ["BUILD on a dict", bytes("}}b."), 2, /BUILD finds no object/],
];

describe("what is no pickle", () => {
  test.each(ERRORS)("%s", (_name, pickle, offset, message) => {
    const error = failure(() => unpickle(pickle));
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`at byte ${offset}`);
    expect([error.code, error.offset]).toEqual(["SOURCE_CORRUPT", offset]);
  });

  test("messages do not hold the content of the file", () => {
    const error = failure(() => unpickle(bytes(text("secret"), 0x93, ".")));
    expect(error.message).not.toContain("secret");
  });
});

describe("limits", () => {
  test("input longer than allowed is refused without being read", () => {
    const error = failure(() => unpickle(bytes("N."), { maxBytes: 1 }));
    expect([error.code, error.message]).toEqual(["SOURCE_TOO_LARGE", "the pickle has 2 bytes, 1 are allowed"]);
  });

  test("a small file may not describe an enormous value", () => {
    // Each list holds the previous one ten times: nothing is copied, so this is fine ...
    const shared = bytes("]", ..."0123456789".split("").flatMap(() => [0x94, "](", "h\x00".repeat(10), "e0"]), "N.");
    expect(unpickle(shared)).toBeNull();
    // ... but a list may not be filled with a million entries from a file that is allowed a thousand.
    const error = failure(() => unpickle(bytes("](", "N".repeat(2000), "e."), { maxValues: 1000 }));
    expect(error.code).toBe("SOURCE_TOO_LARGE");
  });

  test("a long text may not be decoded again and again", () => {
    const long = bytes("X", uint32(100_000), "a".repeat(100_000));
    const repeated = bytes("](", long, "2".repeat(10_000), "e.");
    expect(failure(() => unpickle(repeated)).code).toBe("SOURCE_TOO_LARGE");
    const remembered = bytes("](", long, 0x94, "h\x00".repeat(10_000), "e.");
    expect(unpickle(remembered)).toHaveLength(10_001);
  });

  test("a file of nothing but containers stops at the limit of cells", () => {
    const error = failure(() => unpickle(bytes("]".repeat(3_000_000), ".")));
    expect(error.code).toBe("SOURCE_TOO_LARGE");
    expect(error.offset).toBeGreaterThan(0);
  });

  test("a stack without end stops", () => {
    const error = failure(() => unpickle(Buffer.alloc(2 ** 24 + 10, "N")));
    expect([error.code, error.offset]).toEqual(["SOURCE_TOO_LARGE", 2 ** 24]);
  });
});

function failure(run: () => unknown): AutosubmitReadError {
  try {
    run();
  } catch (error) {
    if (error instanceof AutosubmitReadError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
