import { afterEach, describe, expect, test } from "vitest";
import { readCompletedJobData, readJobDataPage } from "../../src/sources/job-data.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";
import { historySchema, insertAttempt, USER_VERSIONS } from "./job-data-schema.js";

let created: TemporarySite;

function history(...statements: string[]) {
  created = createTemporarySite();
  created.write("metadata/data/job_data_a000.db", statements.join("\n"));
  return created.site.experiment("a000");
}
afterEach(() => created.remove());

const attempts = (count: number) =>
  Array.from({ length: count }, (_, index) => insertAttempt({ counter: index, job_name: `a000_${index}` }));

describe("readJobDataPage", () => {
  test.each(USER_VERSIONS)("user_version %i: the pages are the whole history", async (version) => {
    const experiment = history(historySchema(version), ...attempts(7));
    const ids: number[] = [];
    let after: number | null = null;
    do {
      const page: Awaited<ReturnType<typeof readJobDataPage>> = await readJobDataPage(experiment, after, 3);
      ids.push(...page.rows.map((row) => row.id));
      after = page.next;
    } while (after !== null);
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("a page that ends with the history has an empty one after it", async () => {
    const experiment = history(historySchema(18), ...attempts(3));
    expect(await readJobDataPage(experiment, null, 3)).toMatchObject({
      rows: [{ id: 1 }, { id: 2 }, { id: 3 }],
      next: 3,
    });
    expect(await readJobDataPage(experiment, 3, 3)).toEqual({ rows: [], next: null });
  });

  test("rows that are left out do not end the history", async () => {
    const schema = historySchema(18).replace("job_name TEXT NOT NULL", "job_name TEXT");
    const experiment = history(schema, ...attempts(5), "UPDATE job_data SET job_name = NULL WHERE id IN (1, 2);");
    expect(await readJobDataPage(experiment, null, 2)).toEqual({ rows: [], next: 2 });
    expect((await readJobDataPage(experiment, 2, 9)).rows.map((row) => row.id)).toEqual([3, 4, 5]);
  });

  test("no database is no history", async () => {
    const experiment = history("");
    expect(await readJobDataPage(experiment.site.experiment("a001"), null, 3)).toEqual({ rows: [], next: null });
  });
});

describe("readCompletedJobData", () => {
  test("gives completed attempts of the sections and of wrappers, once each, by rising id", async () => {
    const rows = [
      { section: "SIM" },
      { section: "POST" },
      { section: "INI" },
      { section: "SIM", status: "FAILED" },
      { section: "fc0", member: "SIM" },
      { section: "INI", rowtype: 1_700_000_000 },
      { section: "SIM", rowtype: 1_700_000_000 },
    ];
    const experiment = history(
      historySchema(17),
      ...rows.map((row, index) =>
        insertAttempt({ status: "COMPLETED", ...row, counter: index, job_name: `a000_${index}` }),
      ),
    );
    const found = await readCompletedJobData(experiment, ["SIM", "POST"], { columns: ["section"] });
    expect(found.map((row) => row.id)).toEqual([1, 2, 5, 6, 7]);
  });
});
