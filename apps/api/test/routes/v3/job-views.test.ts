import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLivingExperiment } from "@autosubmit-api/fixtures";
import {
  type ExperimentCountV3Body,
  GraphV3,
  type GraphV3Body,
  PklInfoV3,
  type PklInfoV3Body,
  PklTreeInfoV3,
  type PklTreeInfoV3Body,
  type QuickV3Body,
  RunDetailV3,
  type RunDetailV3Body,
  SummaryV3,
  type SummaryV3Body,
  type TreeFolderV3Body,
  type TreeLeafV3Body,
  TreeV3,
  type TreeV3Body,
} from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { NOW, startTestApi, type TestApi } from "../../support/test-api.js";

/** Every format of the job list, with wrappers, splits, failures and hourly dates among them. */
const EXPIDS = ["a000", "a001", "a002", "a003", "a004", "a005"];
const MARKUP = "<img src=x onerror=alert(1)>";

let api: TestApi;
const clock = new Date(NOW);
beforeAll(async () => {
  api = await startTestApi(
    [
      { expid: "a000", wrappers: "real", failures: 2, parked: { SUSPENDED: 1, HELD: 1 }, graphLayout: true },
      { expid: "a001", version: "3.13.0", dates: ["19900101", "20000101"], wrappers: "real" },
      { expid: "a002", version: "4.0.100", wrappers: "preview", dates: ["2000010106"], members: ["fc0", "fc1"] },
      { expid: "a003", version: "4.1.10", isolatedJobs: 2 },
      { expid: "a004", version: "4.2.0", wrappers: "real", members: ["fc0", "fc1"] },
      { expid: "a005", version: "4.1.14", progress: 0 },
      { expid: "a006", members: [MARKUP], wrappers: "real" },
      { expid: "a007", failures: 1, parked: { SUSPENDED: 1 } },
      { expid: "a008", jobs: 1_500 },
      { expid: "a009", pace: 1 / 60, progress: 0.2 },
    ],
    { now: clock },
  );
});
afterAll(() => api.close());

type Node = TreeFolderV3Body | TreeLeafV3Body;
const isFolder = (node: Node): node is TreeFolderV3Body => "folder" in node;
const below = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => [node, ...below(isFolder(node) ? node.children : [])]);

describe("GET /v3/tree/{expid}", () => {
  test.each(EXPIDS)("%s has every job once as a row and at least once as a leaf", async (expid) => {
    const body = await api.get<TreeV3Body>(`/v3/tree/${expid}`);
    expectBody(TreeV3, body);
    const names = body.jobs.map((job) => job.id);
    const leaves = below(body.tree).filter((node) => !isFolder(node));
    expect(new Set(leaves.map((leaf) => leaf.refKey))).toEqual(new Set(names));
    expect(new Set(names).size).toBe(names.length);
    expect(body.total).toBe(names.length);
  });

  test.each(EXPIDS)("%s gives a live monitor what it needs (GUI contract §1.4)", async (expid) => {
    const { tree, jobs, reference } = await api.get<TreeV3Body>(`/v3/tree/${expid}`);
    const folders = new Set(
      below(tree)
        .filter(isFolder)
        .map((folder) => folder.refKey),
    );
    for (const job of jobs) {
      expect(job.label).not.toBe("");
      for (const key of job.tree_parents) {
        expect(folders).toContain(key);
        expect(reference).toHaveProperty([key]);
      }
      if (job.wrapper !== null) expect(reference).toHaveProperty([`Wrapper: ${job.wrapper}`]);
    }
    for (const template of ["completed_tag", "running_tag", "queuing_tag", "failed_tag", "held_tag", "checkmark"])
      expect(reference).toHaveProperty(template, expect.any(String));
    // A leaf with a folder key, even false, cannot be selected.
    for (const node of below(tree))
      if (node.children.length === 0 && !folders.has(node.refKey)) expect("folder" in node).toBe(false);
  });

  test.each(EXPIDS)("%s names as relatives only what names it back, or jobs outside of the list", async (expid) => {
    const { jobs } = await api.get<TreeV3Body>(`/v3/tree/${expid}`);
    const byName = new Map(jobs.map((job) => [job.id, job]));
    for (const job of jobs) {
      for (const parent of job.parent_list) expect(byName.get(parent)?.children_list).toContain(job.id);
      for (const child of job.children_list) expect(byName.get(child)?.parent_list ?? [job.id]).toContain(job.id);
      expect([job.children, job.parents]).toEqual([job.children_list.length, job.parent_list.length]);
    }
  });

  test("shows a wrapper's identifier, not a section's name", async () => {
    const { jobs } = await api.get<TreeV3Body>("/v3/tree/a000");
    const codes = jobs.flatMap((job) => job.wrapper_code ?? []);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) expect(code).toMatch(/^\d+$/);
  });
});

describe("GET /v3/graph/{expid}/{layout}/{grouped}", () => {
  const drawings = EXPIDS.flatMap((expid) => [`${expid}/standard/none`, `${expid}/laplacian/status`]);

  test.each([...drawings, "a008/standard/none"])("%s is a sound drawing", async (path) => {
    const { nodes, edges, ...body } = await api.get<GraphV3Body>(`/v3/graph/${path}`);
    expectBody(GraphV3, { nodes, edges, ...body });
    const at = new Map(nodes.map((node) => [node.id, node]));
    expect(new Set(nodes.map((node) => `${node.x},${node.y}`)).size).toBe(nodes.length);
    for (const { from, to } of edges) {
      const [parent, child] = [at.get(from), at.get(to)];
      expect([parent, child]).not.toContain(undefined);
      if (path.includes("standard")) expect(child?.y).toBeGreaterThan(parent?.y ?? Number.POSITIVE_INFINITY);
    }
  });

  test("tells whether Graphviz drew it", async () => {
    const drawnBy = async (expid: string) => (await api.get<GraphV3Body>(`/v3/graph/${expid}/standard/none`)).graphviz;
    expect([await drawnBy("a000"), await drawnBy("a001"), await drawnBy("a008")]).toEqual([true, true, false]);
  });

  test("groups by date and member, each in the middle of its jobs", async () => {
    const body = await api.get<GraphV3Body>("/v3/graph/a002/standard/date-member");
    expectBody(GraphV3, body);
    expect(body.groups.sort()).toEqual(["a002_2000010106_fc0_", "a002_2000010106_fc1_"]);
    for (const group of body.groups) expect(body.groups_data[group]).toMatchObject({ color: expect.any(String) });
  });

  test.each(["bogus/none", "standard/bogus"])("refuses %s", async (path) => {
    expect((await api.app.inject(`/v3/graph/a000/${path}`)).statusCode).toBe(422);
  });
});

describe("the live monitor", () => {
  test.each(EXPIDS)("%s: pklinfo has every node of the graph, pkltreeinfo every job of the tree", async (expid) => {
    const tree = await api.get<TreeV3Body>(`/v3/tree/${expid}`);
    const graph = await api.get<GraphV3Body>(`/v3/graph/${expid}/standard/none`);
    const forGraph = await api.get<PklInfoV3Body>(`/v3/pklinfo/${expid}/0`);
    const forTree = await api.get<PklTreeInfoV3Body>(`/v3/pkltreeinfo/${expid}/0`);
    expectBody(PklInfoV3, forGraph);
    expectBody(PklTreeInfoV3, forTree);
    expect(forGraph.pkl_content.map((job) => job.name)).toEqual(graph.nodes.map((node) => node.id));
    expect(forTree.pkl_content.map((job) => job.name)).toEqual(tree.jobs.map((job) => job.id));
    expect(forTree.has_changed).toBe(true);
    const titles = new Map(tree.jobs.map((job) => [job.id, job.title]));
    for (const job of forTree.pkl_content) expect(job.title).toBe(titles.get(job.name));
  });

  test("follows a living experiment, and all counts agree at every moment", async () => {
    const living = openLivingExperiment({ root: api.root, expid: "a009", startAt: clock });
    const seen = new Set<string>();
    for (let minute = 0; minute < 6; minute += 1) {
      clock.setTime(clock.getTime() + 60_000);
      living.step(clock);
      const monitor = await api.get<PklTreeInfoV3Body>("/v3/pkltreeinfo/a009/0");
      seen.add(monitor.pkl_content.map((job) => job.status).join());
      const { jobs } = await api.get<TreeV3Body>("/v3/tree/a009");
      const quick = await api.get<QuickV3Body>("/v3/quick/a009");
      const summary = await api.get<SummaryV3Body>("/v3/summary/a009");
      const { counters } = await api.get<ExperimentCountV3Body>("/v3/expcount/a009");
      const inTree = (status: string) => jobs.filter((job) => job.status === status).length;
      const counted = [counters.RUNNING, counters.QUEUING, counters.FAILED];
      expect([inTree("RUNNING"), inTree("QUEUING"), inTree("FAILED")]).toEqual(counted);
      expect([quick.running, quick.queuing, quick.failed]).toEqual(counted);
      expect([summary.n_running, summary.n_queuing, summary.n_failed]).toEqual(counted);
      expect([summary.n_submitted, summary.n_suspended]).toEqual([counters.SUBMITTED, counters.SUSPENDED]);
      expect(quick.completed).toBe(counters.COMPLETED);
    }
    living.close();
    expect(seen.size).toBeGreaterThan(1);
  });
});

describe("GET /v3/rundetail/{expid}/{runid}", () => {
  test.each(EXPIDS)("%s shows the attempts of its runs", async (expid) => {
    const body = await api.get<RunDetailV3Body>(`/v3/rundetail/${expid}/1`);
    expectBody(RunDetailV3, body);
    const leaves = below(body.tree).filter((node) => !isFolder(node));
    expect(new Set(leaves.map((leaf) => leaf.refKey))).toEqual(new Set(body.jobs.map((job) => job.id)));
    for (const job of body.jobs) for (const key of job.tree_parents) expect(body.reference).toHaveProperty([key]);
  });

  test("shows attempts in flight of 4.1.17 as the job list has them", async () => {
    const { jobs } = await api.get<TreeV3Body>("/v3/tree/a007");
    const run = await api.get<RunDetailV3Body>("/v3/rundetail/a007/2");
    const inFlight = jobs.filter((job) => ["RUNNING", "QUEUING", "SUBMITTED"].includes(job.status));
    expect(inFlight.length).toBeGreaterThan(0);
    for (const { id, status } of inFlight) {
      const attempts = run.jobs.filter((job) => job.id.replace(/\++$/, "") === id);
      expect(attempts.at(-1)?.status).toBe(status);
    }
  });

  test.each(["999", "x", "-1", "1.5", "99999999999999999999"])("is an error for run %s", async (run) => {
    const body = await api.get<RunDetailV3Body>(`/v3/rundetail/a000/${run}`);
    expectBody(RunDetailV3, body);
    expect(body).toMatchObject({ error: true, tree: [], jobs: [], reference: [] });
  });
});

describe("GET /v3/summary/{expid}", () => {
  test.each(EXPIDS)("%s counts and averages", async (expid) => {
    const body = await api.get<SummaryV3Body>(`/v3/summary/${expid}`);
    expectBody(SummaryV3, body);
    expect(body.failed_jobs).toHaveLength(body.n_failed);
    expect(body.avg_run_time).toMatch(/^(\d+ days?, )?\d+:\d\d:\d\d$/);
  });
});

describe("markup in names", () => {
  test("comes out inert in every title", async () => {
    const tree = await api.get<TreeV3Body>("/v3/tree/a006");
    const monitor = await api.get<PklTreeInfoV3Body>("/v3/pkltreeinfo/a006/0");
    const quick = await api.get<QuickV3Body>("/v3/quick/a006");
    const run = await api.get<RunDetailV3Body>("/v3/rundetail/a006/1");
    const titles = [
      ...below(tree.tree).map((node) => node.title),
      ...tree.jobs.map((job) => job.title),
      ...monitor.pkl_content.flatMap((job) => [job.title, job.wrapper_tag ?? "", job.running_text]),
      ...quick.tree_view.map((job) => job.title),
      ...below(run.tree).map((node) => node.title),
      ...run.jobs.map((job) => job.title),
    ];
    expect(tree.jobs.some((job) => job.id.includes(MARKUP))).toBe(true);
    expect(titles.some((title) => title.includes("&lt;img src=x onerror=alert(1)&gt;"))).toBe(true);
    for (const title of titles) expect(title.replace(/<\/?(span|small|i|b)\b[^<>]*>/g, "")).not.toMatch(/[<>]/);
  });
});

describe("missing sources", () => {
  test.each([
    ["structure", ["metadata/structures/structure_a007.db"]],
    ["logs", ["a007/tmp/LOG_a007"]],
    ["history", ["metadata/data/job_data_a007.db"]],
    ["tmp folder", ["a007/tmp"]],
    ["configuration", ["a007/conf"]],
  ])("without the %s the views answer with what is known", async (_, paths) => {
    for (const path of paths) rmSync(join(api.root, path), { recursive: true });
    for (const view of [
      "tree/a007",
      "graph/a007/standard/none",
      "graph/a007/laplacian/date-member",
      "pklinfo/a007/0",
      "pkltreeinfo/a007/0",
      "summary/a007",
    ]) {
      expect(await api.get(`/v3/${view}`)).toMatchObject({ error: false });
    }
  });

  test("without a readable job list the answer is an error that says so", async () => {
    writeFileSync(join(api.root, "a007/pkl/job_list_a007.pkl"), "no pickle");
    for (const view of [
      "tree/a007",
      "graph/a007/standard/none",
      "pklinfo/a007/0",
      "pkltreeinfo/a007/0",
      "summary/a007",
    ]) {
      expect(await api.get(`/v3/${view}`)).toMatchObject({
        error: true,
        error_message: expect.stringContaining("job_list_a007"),
      });
    }
  });

  test("the monitored graph has a status for what passes: the GUI loses its page over an empty list", async () => {
    writeFileSync(join(api.root, "a007/pkl/job_list_a007.pkl"), "");
    const answer = await api.app.inject("/v3/pklinfo/a007/0");
    expectBody(PklInfoV3, answer.json());
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ error: true, pkl_content: [] });
  });

  test.each(["zzzz", "A000", "..%2f.."])("an experiment that is not there is an error: %s", async (expid) => {
    for (const view of [
      `tree/${expid}`,
      `graph/${expid}/standard/none`,
      `pklinfo/${expid}/0`,
      `pkltreeinfo/${expid}/0`,
      `summary/${expid}`,
      `rundetail/${expid}/1`,
    ]) {
      expect(await api.get(`/v3/${view}`)).toMatchObject({ error: true, error_message: expect.stringMatching(/./) });
    }
  });
});

describe("obsolete questions", () => {
  test("shutdown does nothing, cheaply", async () => {
    for (const url of ["/v3/shutdown/tree?loggedUser=null&expid=a000", "/v3/shutdown/graph"]) {
      const answer = await api.app.inject(url);
      expect([answer.statusCode, answer.body]).toEqual([200, '""']);
    }
  });

  test("filestatus is no longer supported", async () => {
    expect(await api.get("/v3/filestatus")).toMatchObject({ status: false, error: false, reponse_time: null });
  });
});

test("an unchanged experiment is answered with 304", async () => {
  for (const view of ["tree/a005", "graph/a005/standard/none", "pkltreeinfo/a005/0", "summary/a005"]) {
    const first = await api.app.inject(`/v3/${view}`);
    const again = await api.app.inject({
      url: `/v3/${view}`,
      headers: { "if-none-match": String(first.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  }
});
