import { describe, expect, it } from "vitest";
import { siteDatabases } from "../../src/index.js";
import { newSite, siteWithExperiments } from "../site.js";

describe("experiments", () => {
  it("lists all, or a range with both ends, by number", async () => {
    const { databases } = await siteWithExperiments(5);
    expect((await databases.experiments.list()).map(({ name }) => name)).toEqual([
      "a000",
      "a001",
      "a002",
      "a003",
      "a004",
    ]);
    expect((await databases.experiments.list({ first: 2, last: 3 })).map(({ id }) => id)).toEqual([2, 3]);
    expect(await databases.experiments.listIds()).toEqual([1, 2, 3, 4, 5]);
  });

  it("finds an experiment by its expid", async () => {
    const { databases } = await siteWithExperiments(2);
    expect(await databases.experiments.find("a001")).toEqual({
      id: 2,
      name: "a001",
      description: "test",
      autosubmitVersion: "4.1.17",
    });
    expect(await databases.experiments.find("zzzz")).toBeNull();
  });

  it("reads databases of Autosubmit 2, whose columns are in another order", async () => {
    const files = newSite(`
      CREATE TABLE experiment(id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, type VARCHAR NOT NULL,
        autosubmit_version VARCHAR, description VARCHAR NOT NULL);
      INSERT INTO experiment VALUES (7, 'b000', 'nemo', NULL, 'very old');`);
    expect(await siteDatabases(files).experiments.list()).toEqual([
      { id: 7, name: "b000", description: "very old", autosubmitVersion: null },
    ]);
  });

  it("reads texts that are not UTF-8", async () => {
    const { databases, execute: run } = await siteWithExperiments(1);
    await run("main", "UPDATE experiment SET description = CAST(x'53696d756c616369f36e' AS TEXT)");
    expect((await databases.experiments.find("a000"))?.description).toBe("Simulaci\ufffdn");
  });
});
