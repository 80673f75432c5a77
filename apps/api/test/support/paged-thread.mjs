// Stands in for the render thread in tests of texts that are sent page by page. The experiment's name says how many pages
// there are, how long each is, and which one cannot be read: "p3", "p3s1000", "p5f2" (the third of five). Each page is noted,
// so that tests see how many were asked for.
import { parentPort } from "node:worker_threads";

/** What a thread says it did; these tests do not look at it. */
const work = { startedAtMs: 0, durationMs: 1, reads: [], reused: {}, sourceCacheBytes: 0 };

function render({ expid, parameters }) {
  const [, pages, size = "10", failing = ""] = /^p(\d+)(?:s(\d+))?(?:f(\d+))?$/.exec(expid);
  const page = parameters.after ?? 0;
  const notes = [{ level: "info", message: "page", fields: { page, hasEarlier: parameters.hasEarlier } }];
  if (String(page) === failing) {
    const place = { expid, path: "/site/job_data.db", offset: null, line: null, column: null };
    const error = {
      name: "SourceCorruptError",
      message: "broken",
      stack: "",
      read: { code: "SOURCE_CORRUPT", ...place },
    };
    return { kind: "failed", error, notes, work };
  }
  const next = page + 1 < Number(pages) ? page + 1 : null;
  // The first page has no records, as when a filter leaves none of them.
  const body = { text: String(page % 10).repeat(Number(size)), records: page === 0 ? 0 : 1, next };
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const about = { status: 200, etag: `"${page}"`, coding: "identity", contentBytes: bytes.byteLength };
  return { kind: "built", ...about, bytes, notes, work };
}

parentPort.on("message", (task) => parentPort.postMessage(render(task)));
parentPort.postMessage({ kind: "ready" });
