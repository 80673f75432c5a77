import { percentile } from "../statistics.js";
import { below, defineScenario, ms, table } from "./scenario.js";
import { startApi } from "./server.js";

interface SearchResult {
  experiments: number;
  firstMs: number;
  p50Ms: number;
  p95Ms: number;
}

const LIMIT_MS = 50;
const REQUESTS = 300;
/** What people look for: nothing in particular, a subject, a user, the beginning of a name. */
const QUERIES = [
  "",
  "query=nemo",
  "query=a0&only_active=true",
  "query=rbernal",
  "query=no.&order_by=created&order_desc=true",
];

export const search = defineScenario<SearchResult>({
  name: "search",
  title: "Search, 24 a page",
  isUsual: true,
  measure: async (site) => {
    const server = await startApi(site);
    const times: number[] = [];
    for (let number = 0; number < REQUESTS; number += 1) {
      const page = 1 + (Math.floor(number / QUERIES.length) % 20);
      const path = `/v4/experiments?page_size=24&page=${page}&${QUERIES[number % QUERIES.length] ?? ""}`;
      times.push((await server.client.expect(path, 200, { coding: "br" })).ms);
    }
    await server.stop();
    const [firstMs = Number.NaN] = times;
    const result = { experiments: site.small, firstMs, p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95) };
    console.log(`search: first ${ms(firstMs)} ms, p50 ${ms(result.p50Ms)} ms, p95 ${ms(result.p95Ms)} ms`);
    return result;
  },
  targets: ({ experiments, p95Ms }) => [
    below(
      `Search: ${experiments.toLocaleString("en")} experiments, 24 a page, p95 under ${LIMIT_MS} ms`,
      p95Ms,
      LIMIT_MS,
    ),
  ],
  details: ({ firstMs, p50Ms, p95Ms }) => [
    `Milliseconds, of ${REQUESTS} requests one after the other, with different words and pages; the first by a new process.`,
    table(["first", "p50", "p95"], [[ms(firstMs), ms(p50Ms), ms(p95Ms)]]),
  ],
});
