import {
  encodePickle,
  type PickleValue,
  pyByteString,
  pyGlobal,
  pyNew,
  pyReduce,
  pyTuple,
} from "@autosubmit-api/fixtures";
import { describe, expect, test } from "vitest";
import { AutosubmitReadError, UnsupportedFormatError } from "../../../src/errors.js";
import { parseJobListPickle } from "../../../src/formats/pickle/job-list.js";
import { PickleTruncatedError } from "../../../src/formats/pickle/machine.js";
import { bytes, text } from "./pickle-bytes.js";

const date = pyReduce(pyGlobal("datetime", "datetime"), [new Uint8Array([7, 208, 1, 1, 0, 0, 0, 0, 0, 0])]);
const fields: PickleValue[] = ["a000_SIM", 12, 5, 3, "SIM", date, "fc0", 1, "l.out", "l.err", "r.out", "r.err", "none"];
const record = {
  name: "a000_SIM",
  id: 12,
  status: 5,
  priority: 3,
  section: "SIM",
  date: "2000-01-01T00:00:00",
  member: "fc0",
  chunk: 1,
  split: null,
  splits: null,
  localOut: "l.out",
  localErr: "l.err",
  remoteOut: "r.out",
  remoteErr: "r.err",
  wrapperType: "none",
};
/** What Autosubmit stores of a job beside what matters. */
const unneeded = { _wallclock: "00:20", _queue: "", parameters: { date: "not the job's" }, edge_info: {} };
const state = {
  _name: "not the name",
  id: 12,
  _status: 5,
  priority: 3,
  _section: "SIM",
  date,
  _member: "fc0",
  _chunk: 1,
  _split: 2,
  _splits: 4,
  _local_logs: pyTuple("l.out", "l.err"),
  _remote_logs: pyTuple("r.out", "r.err"),
  wrapper_type: "none",
  ...unneeded,
};

const parse = (value: PickleValue, protocol: 0 | 2 | 5 = 5) => parseJobListPickle(encodePickle(value, protocol));
const parseDict = (job: { [key: string]: PickleValue }) => parse({ a000_SIM: job });
const onlyJob = (list: ReturnType<typeof parse>) => {
  expect(list.problems).toEqual([]);
  expect(list.jobs).toHaveLength(1);
  return list.jobs[0];
};

describe("lists of tuples", () => {
  test("13 fields in protocol 2 (Autosubmit 4.0)", () => {
    expect(parse([pyTuple(...fields)], 2)).toEqual({ format: "tuples-13", jobs: [record], problems: [], edges: null });
  });

  test("12 fields in protocol 0 (Autosubmit 3.13)", () => {
    const list = parse([pyTuple(...fields.slice(0, 12))], 0);
    expect(list).toEqual({ format: "tuples-12", jobs: [{ ...record, wrapperType: null }], problems: [], edges: null });
  });

  test("an empty list", () => {
    expect(parse([])).toEqual({ format: "tuples-13", jobs: [], problems: [], edges: null });
  });

  test("UTF-8 that Python 2 wrote byte by byte is text again, latin1 stays", () => {
    const named = (name: PickleValue) => onlyJob(parse([pyTuple(name, ...fields.slice(1))], 0))?.name;
    expect(named(pyByteString("Simulaci\xc3\xb3n"))).toBe("Simulación");
    expect(named(pyByteString("Simulaci\xf3n"))).toBe("Simulación");
    expect(named("Simulación €")).toBe("Simulación €");
  });

  test("a tuple of another length is reported, and the others stand", () => {
    const list = parse([pyTuple("short", 1), pyTuple(...fields), "text"]);
    expect(list.jobs).toEqual([record]);
    expect(list.problems).toEqual([
      { index: 0, name: null, message: "the job has 2 fields, 12 or 13 are expected; it was left out" },
      { index: 2, name: null, message: "the job has 0 fields, 12 or 13 are expected; it was left out" },
    ]);
  });
});

describe("dicts of dicts", () => {
  test("the name is the key; split and splits are read", () => {
    const list = parseDict(state);
    expect(list.format).toBe("dict");
    expect(list.edges).toBeNull();
    expect(onlyJob(list)).toEqual({ ...record, split: 2, splits: 4 });
  });

  test("the order is the file's, also beyond a batch of 1000", () => {
    const names = Array.from({ length: 2500 }, (_, index) => `a000_${(index * 7919) % 2500}_SIM`);
    const list = parse(Object.fromEntries(names.map((name) => [name, { ...state }])));
    expect(list.jobs.map(({ name }) => name)).toEqual(names);
  });

  test("a job of which only the section is stored", () => {
    const missing = { id: null, status: -2, priority: 0, date: null, member: null, chunk: null, wrapperType: null };
    const logs = { localOut: null, localErr: null, remoteOut: null, remoteErr: null };
    expect(parseDict({ _section: "SIM" }).jobs).toEqual([{ ...record, ...missing, ...logs }]);
    expect(parseDict({}).jobs).toEqual([{ ...record, ...missing, ...logs, section: "" }]);
  });

  test("logs: none, empty, one only, a list, text", () => {
    const logs = (local: PickleValue, remote: PickleValue) => {
      const job = onlyJob(parseDict({ ...state, _local_logs: local, _remote_logs: remote }));
      return [job?.localOut, job?.localErr, job?.remoteOut, job?.remoteErr];
    };
    expect(logs(null, pyTuple())).toEqual([null, null, null, null]);
    expect(logs(pyTuple("out"), pyTuple("", ""))).toEqual(["out", null, "", ""]);
    expect(logs(["/abs/out", "/abs/err"], "out")).toEqual(["/abs/out", "/abs/err", "out", null]);
  });

  test("an object shared with an attribute that is not needed is read", () => {
    const shared = pyReduce(pyGlobal("datetime", "datetime"), [new Uint8Array([7, 209, 1, 1, 0, 0, 0, 0, 0, 0])]);
    expect(onlyJob(parseDict({ date_split: shared, ...state, date: shared }))?.date).toBe("2001-01-01T00:00:00");
  });

  test("keys that were never stored in the memo are known too", () => {
    const job = bytes(
      "}(",
      text("_section"),
      text("SIM"),
      text("_status"),
      "K",
      5,
      text("_other"),
      "N",
      text("id"),
      "K",
      7,
      "u",
    );
    const list = parseJobListPickle(bytes("}", text("a000_SIM"), job, "s."));
    expect(onlyJob(list)).toMatchObject({ section: "SIM", status: 5, id: 7 });
  });

  test("a state that was set entry by entry is read", () => {
    const job = bytes("}", text("_status"), "K", 5, "s", text("_section"), text("SIM"), "s");
    const list = parseJobListPickle(bytes("}", text("a000_SIM"), job, "s."));
    expect(onlyJob(list)).toMatchObject({ section: "SIM", status: 5 });
  });

  test("what ruamel made of a value is the value", () => {
    const member = pyNew(pyGlobal("ruamel.yaml.scalarstring", "DoubleQuotedScalarString"), ["fc1"]);
    const chunk = pyNew(pyGlobal("ruamel.yaml.scalarint", "ScalarInt"), [3], { _width: 2 });
    expect(onlyJob(parseDict({ ...state, _member: member, _chunk: chunk }))).toMatchObject({ member: "fc1", chunk: 3 });
  });

  test("one bad job is reported and does not lose the list", () => {
    const list = parse({ a000_BAD: "text", a000_SIM: state, a000_ODD: { ...state, _chunk: ["x"], _section: null } });
    expect(list.jobs.map(({ name, chunk, section }) => ({ name, chunk, section }))).toEqual([
      { name: "a000_SIM", chunk: 1, section: "SIM" },
      { name: "a000_ODD", chunk: null, section: "" },
    ]);
    expect(list.problems).toEqual([
      { index: 0, name: "a000_BAD", message: "the job is not a dict of attributes; it was left out" },
      { index: 2, name: "a000_ODD", message: "chunk cannot be read; null is used instead" },
    ]);
  });

  test("an impossible date is reported and is no date", () => {
    const bad = pyReduce(pyGlobal("datetime", "datetime"), [new Uint8Array([7, 208, 13, 1, 0, 0, 0, 0, 0, 0])]);
    const list = parseDict({ ...state, date: bad });
    expect(list.jobs).toMatchObject([{ date: null }]);
    expect(list.problems).toEqual([
      { index: 0, name: "a000_SIM", message: "date cannot be read; null is used instead" },
    ]);
  });
});

describe("networkx DiGraphs", () => {
  const jobClass = pyGlobal("autosubmit.job.job", "Job");
  const { _status: status, ...f3 } = state;
  const graph = (nodes: { [key: string]: PickleValue }, adjacency: PickleValue) =>
    parse(pyNew(pyGlobal("networkx.classes.digraph", "DiGraph"), [], { graph: {}, _node: nodes, _adj: adjacency }));

  test("jobs are the nodes' objects, their real splits are read, edges come from the adjacency", () => {
    const job = (name: string) => ({ job: pyNew(jobClass, [], { ...f3, status, _name: name }) });
    const nodes = { a: job("a"), b: job("b"), c: job("c") };
    const list = graph(nodes, { a: { b: {}, c: {}, a: {} }, b: { c: {} }, c: {} });
    expect(list.format).toBe("digraph");
    expect(list.problems).toEqual([]);
    expect(list.jobs).toEqual(["a", "b", "c"].map((name) => ({ ...record, name, split: 2, splits: 4 })));
    expect(list.edges).toEqual([
      { from: "a", to: "b" },
      { from: "a", to: "c" },
      { from: "b", to: "c" },
    ]);
  });

  test("a node without a job is reported", () => {
    const list = graph({ a: {}, b: { job: null }, c: { job: pyNew(jobClass, [], { ...f3, status }) } }, {});
    expect(list.jobs.map(({ name }) => name)).toEqual(["c"]);
    expect(list.problems.map(({ index, name }) => [index, name])).toEqual([
      [0, "a"],
      [1, "b"],
    ]);
  });

  test("jobs with slots keep their attributes in a pair of states", () => {
    const job = pyNew(jobClass, [], pyTuple(null, { ...f3, status }));
    expect(onlyJob(graph({ a: { job } }, {}))).toMatchObject({ name: "a", status: 5 });
  });

  test("jobs that hold one another are no trouble", () => {
    const attributes: { [key: string]: PickleValue } = { ...f3, status };
    const job = pyNew(jobClass, [], attributes);
    attributes._parents = [job];
    attributes.edge_info = { FAILED: { a: job } };
    expect(onlyJob(graph({ a: { job } }, {}))).toMatchObject({ name: "a", status: 5 });
  });
});

describe("what is no job list", () => {
  test.each<[string, PickleValue]>([
    ["a number", 5],
    ["a text", "a000"],
    ["an object of another class", pyNew(pyGlobal("os", "system"), ["ls"])],
  ])("%s", (_name, value) => {
    expect(() => parse(value)).toThrow(UnsupportedFormatError);
  });

  test("half a file is incomplete, not corrupt", () => {
    const whole = encodePickle({ a000_SIM: state }, 5);
    expect(() => parseJobListPickle(whole.subarray(0, whole.length / 2))).toThrow(PickleTruncatedError);
  });

  test("one job named a million times and more is refused", () => {
    const job = bytes("(", text("a"), "K", 1, "K", 5, "K", 1, text("S"), "NNNNNNNt");
    const repeated = bytes("](", job, 0x94, "h\x00".repeat(1_000_001), "e.");
    expect(() => parseJobListPickle(repeated)).toThrow(AutosubmitReadError);
  });

  test("a thousand problems are enough", () => {
    const list = parse(Array.from({ length: 5000 }, () => null));
    expect(list.problems).toHaveLength(1001);
    expect(list.problems.at(-1)?.message).toBe("there are more problems, not listed");
  });
});
