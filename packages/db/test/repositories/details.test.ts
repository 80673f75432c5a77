import { describe, expect, it } from "vitest";
import { migrate, siteDatabases } from "../../src/index.js";
import { AUTOSUBMIT_DETAILS, AUTOSUBMIT_MAIN, dump, execute, newSite, REFERENCE_DETAILS, rows } from "../site.js";

const EXPERIMENTS = "INSERT INTO experiment(name, description) VALUES ('a000', 'one'), ('a001', 'two');";
const details = (expId: number, user = "ann") => ({
  expId,
  user,
  created: "2026-01-02T03:04:05+01:00",
  model: "NA",
  branch: "NA",
  hpc: "LOCAL",
});

describe.each([
  ["without a primary key", AUTOSUBMIT_DETAILS],
  ["with a primary key", REFERENCE_DETAILS],
])("details %s", (_, table) => {
  async function site() {
    const files = newSite(AUTOSUBMIT_MAIN + table + EXPERIMENTS);
    await migrate(files);
    return { files, databases: siteDatabases(files) };
  }

  it("are replaced, leaving one row each", async () => {
    const { files, databases } = await site();
    execute(files.main, "INSERT INTO details VALUES (2, 'eve', '2024-01-08 14:52:35', 'NA', 'NA', 'LUMI')");
    expect(await databases.details.replace([details(1), details(2)])).toBe(2);
    expect(await databases.details.replace([details(2, "bob")])).toBe(1);
    expect(rows(files.main, "SELECT exp_id, user FROM details ORDER BY exp_id")).toEqual([
      { exp_id: 1, user: "ann" },
      { exp_id: 2, user: "bob" },
    ]);
    expect(await databases.details.find(2)).toEqual(details(2, "bob"));
    expect(await databases.details.find(9)).toBeNull();
  });

  it("are not stored for an experiment that was deleted meanwhile", async () => {
    const { databases } = await site();
    expect(await databases.details.replace([details(1), details(77)])).toBe(1);
    expect(await databases.details.list()).toEqual([details(1)]);
  });

  it("are replaced all or none", async () => {
    const { files, databases } = await site();
    await databases.details.replace([details(1)]);
    const before = dump(files.main);
    execute(
      files.main,
      "CREATE TRIGGER no_two BEFORE INSERT ON details WHEN new.exp_id = 2 BEGIN SELECT RAISE(ABORT, 'no'); END",
    );
    await expect(databases.details.replace([details(1, "bob"), details(2)])).rejects.toThrow("no");
    execute(files.main, "DROP TRIGGER no_two");
    expect(dump(files.main)).toEqual(before);
  });
});

describe("details with several rows of one experiment", () => {
  it("give the one that was stored last, once", async () => {
    const files = newSite(AUTOSUBMIT_MAIN + AUTOSUBMIT_DETAILS + EXPERIMENTS);
    execute(
      files.main,
      `INSERT INTO details VALUES (2, 'eve', '2024-01-08 14:52:35', 'NA', 'NA', 'LUMI');
       INSERT INTO details VALUES (2, 'bob', '2025-01-08 14:52:35', 'NA', 'NA', 'MN5');`,
    );
    const { details: repository } = siteDatabases(files);
    expect((await repository.list({ first: 1, last: 2 })).map(({ user }) => user)).toEqual(["bob"]);
    expect((await repository.find(2))?.hpc).toBe("MN5");
    await repository.replace([details(2)]);
    expect(rows(files.main, "SELECT user FROM details")).toEqual([{ user: "ann" }]);
  });

  it("keep their reference to the experiment declared, as Autosubmit declares it", async () => {
    const files = newSite(
      `${AUTOSUBMIT_MAIN} CREATE TABLE details (exp_id integer PRIMARY KEY, user text NOT NULL, created text NOT NULL,
         model text NOT NULL, branch text NOT NULL, hpc text NOT NULL, FOREIGN KEY (exp_id) REFERENCES experiment (id));
       ${EXPERIMENTS} INSERT INTO details VALUES (50, 'gone', '2024-01-08 14:52:35', 'NA', 'NA', 'MN5');`,
    );
    await siteDatabases(files).details.replace([details(1)]);
    expect(rows(files.main, "SELECT exp_id FROM details ORDER BY 1")).toEqual([{ exp_id: 1 }, { exp_id: 50 }]);
  });
});
