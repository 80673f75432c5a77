import { AutosubmitReadError, UnsupportedFormatError } from "../../errors.js";
import type { JobList, JobRecord, StructureEdge } from "../../records.js";
import { createJobListLog, type JobListLog, type RawJob, reportProblem, toJobRecord } from "../job-record.js";
import { decodeText } from "../text.js";
import { giveBackCells } from "./machine.js";
import { neededKey } from "./projection.js";
import { scanPickle } from "./scan.js";
import {
  AT,
  CHUNK,
  chunkEnd,
  firstChunk,
  firstItems,
  forEachItem,
  forEachPair,
  forEachState,
  globalName,
  NODE,
  nextChunk,
  nodeKind,
  type PickleTape,
} from "./tape.js";
import { createValueReader, type PickleValue, readValue, type ValueReader } from "./values.js";

/** A job list without its surroundings: what the bytes alone say. */
export type ParsedJobList = Pick<JobList, "format" | "jobs" | "problems" | "edges">;

/** Bounds of one `parseJobListPickle`. */
export interface ParseJobListOptions {
  /** Larger input is refused; 1 GiB unless told. */
  maxBytes?: number;
  /** Only jobs of these names, and no edges: half the time of the whole list, and next to no memory. All unless given. */
  only?: ReadonlySet<string>;
}

/** Many times the greatest experiments known; a small file can name one job, or one neighbour, any number of times. */
const MAX_JOBS = 1_000_000;
const MAX_EDGES = 5_000_000;

/** Jobs of F1 and F2 by position (formats reference §1.2). */
const TUPLE_FIELDS = [
  "name",
  "id",
  "status",
  "priority",
  "section",
  "date",
  "member",
  "chunk",
  "localOut",
  "localErr",
  "remoteOut",
  "remoteErr",
  "wrapperType",
] as const satisfies (keyof RawJob)[];
const FEWEST_TUPLE_FIELDS = 12;

/** The attributes that matter of jobs in F3 and F4 (§1.3, §1.4), numbered; `status` is F3's, `_status` F4's. */
const ATTRIBUTE = {
  id: 0,
  _status: 1,
  status: 2,
  priority: 3,
  _section: 4,
  date: 5,
  _member: 6,
  _chunk: 7,
  _split: 8,
  _splits: 9,
  _local_logs: 10,
  _remote_logs: 11,
  wrapper_type: 12,
} as const;

/** A job has about a hundred attributes; every one has a section. */
const PROJECTION = { marker: "_section", keys: Object.keys(ATTRIBUTE) };

/** What a parse works on. */
interface Parse {
  reader: ValueReader;
  log: JobListLog;
  jobs: JobRecord[];
  readonly only: ReadonlySet<string> | null;
  /** Tokens of the attributes of the job at hand, by their numbers; 0 for those it lacks. */
  readonly attributes: Int32Array;
  /** Position of the next job in the file. */
  index: number;
}

/**
 * Reads the job list of a pickle in any of the formats F1 to F4 (formats reference §1): a list of 12- or 13-tuples, a
 * networkx DiGraph, or a dict of dicts. Jobs keep the file's order. A job that cannot be read is left out and reported, a
 * field that cannot be read is replaced and reported; the rest of the list stands.
 *
 * differs: `split` and `splits` of DiGraph lists are read (§1.3); numeric members, missing priorities and ids, missing or
 * short log tuples are accepted (§6); UTF-8 that Python 2 wrote byte by byte is text again (§6.8).
 *
 * @throws AutosubmitReadError `SOURCE_CORRUPT` (`PickleTruncatedError` when it ends early), `SOURCE_TOO_LARGE`,
 *   `FORMAT_UNSUPPORTED` when the pickle is well formed but no job list
 */
export function parseJobListPickle(bytes: Uint8Array, options: ParseJobListOptions = {}): ParsedJobList {
  const { only, ...bounds } = options;
  const tape = scanPickle(bytes, { ...bounds, projection: PROJECTION });
  try {
    return readJobList(tape, only ?? null);
  } finally {
    giveBackCells(tape.cells);
  }
}

function readJobList(tape: PickleTape, only: ReadonlySet<string> | null): ParsedJobList {
  const parse: Parse = {
    reader: createValueReader(tape),
    log: createJobListLog(),
    jobs: [],
    only,
    attributes: new Int32Array(PROJECTION.keys.length),
    index: 0,
  };
  const { root } = tape;
  const { jobs } = parse;
  const { problems } = parse.log;
  switch (nodeKind(tape, root)) {
    case NODE.list:
      return { format: readTuples(parse, root), jobs, problems, edges: null };
    case NODE.dict:
      forEachPair(tape, root, (name, job) => readDictJob(parse, name, job));
      return { format: "dict", jobs, problems, edges: null };
    case NODE.call:
      if (/^networkx\..*\.(?:Ordered)?DiGraph$/.test(className(tape, root))) {
        return { format: "digraph", edges: readDiGraph(parse, root), jobs, problems };
      }
  }
  const message = "the pickle holds no job list: a list, a dict or a networkx DiGraph is expected";
  throw new UnsupportedFormatError(message, { offset: 0 });
}

function className(tape: PickleTape, call: number): string {
  return globalName(tape, tape.cells[AT.callable - call] as number);
}

function readTuples(parse: Parse, root: number): JobList["format"] {
  let most = 0;
  forEachItem(parse.reader.tape, root, (tuple) => {
    const [name = 0] = parse.only === null ? [] : firstItems(parse.reader.tape, tuple, 1);
    if (name !== 0 && !isWanted(parse, repairText(readValue(parse.reader, name)))) return;
    const raw: RawJob = {};
    let count = 0;
    forEachItem(parse.reader.tape, tuple, (item) => {
      const field = TUPLE_FIELDS[count];
      if (field !== undefined) raw[field] = repairText(readValue(parse.reader, item));
      count += 1;
    });
    most = Math.max(most, count);
    if (count >= FEWEST_TUPLE_FIELDS) addJob(parse, raw);
    else skipJob(parse, null, `the job has ${count} fields, 12 or 13 are expected; it was left out`);
  });
  return most === FEWEST_TUPLE_FIELDS ? "tuples-12" : "tuples-13";
}

/** Python 2 stored UTF-8 byte by byte, and Autosubmit 4.0 carried that on as text (formats reference §6.8). */
function repairText(value: PickleValue): PickleValue {
  if (typeof value !== "string" || !/[\x80-\xff]/.test(value) || /[^\0-\xff]/.test(value)) return value;
  return decodeText(Buffer.from(value, "latin1"));
}

/** A job of F4: its name is the key, its state the value. */
function readDictJob(parse: Parse, key: number, state: number): void {
  const name = readValue(parse.reader, key);
  if (!isWanted(parse, name)) return;
  if (nodeKind(parse.reader.tape, state) === NODE.dict) addJob(parse, rawJob(parse, name, [state]));
  else skipJob(parse, name, "the job is not a dict of attributes; it was left out");
}

/** Jobs of F3 are objects in the `job` attribute of the graph's nodes; returns the edges. */
function readDiGraph(parse: Parse, root: number): StructureEdge[] {
  const graph = readAttributes(parse.reader, objectStates(parse.reader.tape, root), ["_node", "_adj", "_succ"]);
  const { tape } = parse.reader;
  forEachPair(tape, graph._node ?? 0, (key, attributes) => {
    const name = readValue(parse.reader, key);
    if (!isWanted(parse, name)) return;
    const { job } = readAttributes(parse.reader, [attributes], ["job"]);
    const states = job === undefined ? [] : objectStates(tape, job);
    if (states.length > 0) addJob(parse, rawJob(parse, name, states));
    else skipJob(parse, name, "the graph's node holds no job; it was left out");
  });
  return parse.only === null ? readEdges(parse.reader, graph._adj ?? graph._succ ?? 0) : [];
}

/** Edges of an adjacency dict `{name: {name of a job that waits for it: attributes}}`, less those to the job itself. */
function readEdges(reader: ValueReader, adjacency: number): StructureEdge[] {
  const edges: StructureEdge[] = [];
  forEachPair(reader.tape, adjacency, (source, neighbours) => {
    const from = readValue(reader, source);
    forEachPair(reader.tape, neighbours, (target) => {
      const to = readValue(reader, target);
      if (typeof from !== "string" || typeof to !== "string" || from === to) return;
      if (edges.length === MAX_EDGES) throw tooMany("edges", MAX_EDGES);
      edges.push({ from, to });
    });
  });
  return edges;
}

/** The dicts of attributes that BUILD gave to an object; a class with `__slots__` has a pair of them. */
function objectStates(tape: PickleTape, object: number): number[] {
  const dicts: number[] = [];
  const addDict = (token: number) => {
    if (nodeKind(tape, token) === NODE.dict) dicts.push(token);
  };
  forEachState(tape, object, (state) => {
    if (nodeKind(tape, state) === NODE.tuple) forEachItem(tape, state, addDict);
    else addDict(state);
  });
  return dicts;
}

/** Tokens of the attributes of these names. */
function readAttributes<Name extends string>(
  reader: ValueReader,
  dicts: readonly number[],
  names: readonly Name[],
): Partial<Record<Name, number>> {
  const found: Partial<Record<Name, number>> = {};
  for (const dict of dicts) {
    forEachPair(reader.tape, dict, (key, value) => {
      const text = readValue(reader, key);
      const name = names.find((candidate) => candidate === text);
      if (name !== undefined) found[name] = value;
    });
  }
  return found;
}

function rawJob(parse: Parse, name: PickleValue, states: readonly number[]): RawJob {
  parse.attributes.fill(0);
  for (const state of states) noteAttributes(parse, state);
  return {
    name,
    id: readAttribute(parse, ATTRIBUTE.id),
    status: readAttribute(parse, ATTRIBUTE._status) ?? readAttribute(parse, ATTRIBUTE.status),
    priority: readAttribute(parse, ATTRIBUTE.priority),
    section: readAttribute(parse, ATTRIBUTE._section),
    date: readAttribute(parse, ATTRIBUTE.date),
    member: readAttribute(parse, ATTRIBUTE._member),
    chunk: readAttribute(parse, ATTRIBUTE._chunk),
    split: readAttribute(parse, ATTRIBUTE._split),
    splits: readAttribute(parse, ATTRIBUTE._splits),
    localOut: readOptional(parse, logToken(parse, ATTRIBUTE._local_logs, 0)),
    localErr: readOptional(parse, logToken(parse, ATTRIBUTE._local_logs, 1)),
    remoteOut: readOptional(parse, logToken(parse, ATTRIBUTE._remote_logs, 0)),
    remoteErr: readOptional(parse, logToken(parse, ATTRIBUTE._remote_logs, 1)),
    wrapperType: readAttribute(parse, ATTRIBUTE.wrapper_type),
  };
}

/** Notes where in the file the values of a job's attributes are. A loop of its own: a call a pair would take as long again. */
function noteAttributes({ reader: { tape }, attributes }: Parse, state: number): void {
  const { cells } = tape;
  for (let chunk = firstChunk(tape, state, CHUNK.pairs); chunk !== 0; chunk = nextChunk(tape, chunk, CHUNK.pairs)) {
    const end = chunkEnd(tape, chunk);
    for (let index = chunk + AT.items; index < end; index += 2) {
      const place = neededKey(tape, cells[index] as number);
      if (place >= 0) attributes[place] = cells[index + 1] as number;
    }
  }
}

function readAttribute(parse: Parse, place: number): PickleValue | undefined {
  return readOptional(parse, parse.attributes[place]);
}

function readOptional(parse: Parse, token = 0): PickleValue | undefined {
  return token === 0 ? undefined : readValue(parse.reader, token);
}

/**
 * The token of the first or second of a job's log names, which are a pair, `('', '')`, one name only, or None (formats
 * reference §6.7); 0 when there is none.
 */
function logToken({ reader: { tape }, attributes }: Parse, place: number, which: 0 | 1): number {
  const token = attributes[place] ?? 0;
  const kind = nodeKind(tape, token);
  if (kind === NODE.list) return firstItems(tape, token, 2)[which] ?? 0;
  if (kind !== NODE.tuple) return which === 0 ? token : 0;
  return which < (tape.cells[AT.count - token] as number) ? (tape.cells[AT.items - token + which] as number) : 0;
}

function isWanted({ only }: Parse, name: PickleValue): boolean {
  return only === null || (typeof name === "string" && only.has(name));
}

function addJob(parse: Parse, raw: RawJob): void {
  if (parse.index >= MAX_JOBS) throw tooMany("jobs", MAX_JOBS);
  const job = toJobRecord(raw, parse.index, parse.log);
  if (job !== null) parse.jobs.push(job);
  parse.index += 1;
}

function skipJob(parse: Parse, name: PickleValue, message: string): void {
  reportProblem(parse.log, parse.index, typeof name === "string" ? name : null, message);
  parse.index += 1;
}

function tooMany(what: string, most: number): AutosubmitReadError {
  return new AutosubmitReadError("SOURCE_TOO_LARGE", `the pickle describes more than ${most} ${what}`);
}
