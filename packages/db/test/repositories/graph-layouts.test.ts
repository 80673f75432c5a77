import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { databaseFiles, graphLayoutRepository } from "../../src/index.js";
import { execute, rows, temporaryFolder } from "../site.js";

const layoutsIn = (path: string) =>
  graphLayoutRepository(databaseFiles({ dbDir: "", dbFile: "", localRootDir: "" }), { expid: "a000", path });
const stored = (path: string) => rows(path, "SELECT * FROM experiment_graph_draw ORDER BY id");

describe("graphLayoutRepository", () => {
  it("makes folder, file and table where they are missing", async () => {
    const path = join(temporaryFolder(), "graph/graph_data_a000.db");
    await layoutsIn(path).replace([{ jobName: "a000_SIM", x: -320, y: 150 }]);
    expect(stored(path)).toEqual([{ id: 1, job_name: "a000_SIM", x: -320, y: 150 }]);
  });

  it("replaces all of a drawing, also one of the reference implementation", async () => {
    const path = join(temporaryFolder(), "graph_data_a000.db");
    execute(
      path,
      `CREATE TABLE experiment_graph_draw (id INTEGER NOT NULL PRIMARY KEY, job_name TEXT NOT NULL, x INTEGER NOT NULL,
         y INTEGER NOT NULL);
       INSERT INTO experiment_graph_draw VALUES (7, 'gone', 1, 2)`,
    );
    const jobs = Array.from({ length: 20_000 }, (_, index) => ({ jobName: `job_${index}`, x: index, y: 150 }));
    await layoutsIn(path).replace(jobs);
    expect(stored(path)).toHaveLength(20_000);
    await layoutsIn(path).replace([]);
    expect(stored(path)).toEqual([]);
  });

  it("keeps the old drawing when the new one cannot be stored", async () => {
    const path = join(temporaryFolder(), "graph_data_a000.db");
    await layoutsIn(path).replace([{ jobName: "old", x: 1, y: 2 }]);
    execute(path, "CREATE TRIGGER refuse BEFORE INSERT ON experiment_graph_draw BEGIN SELECT RAISE(ABORT, 'no'); END");
    await expect(layoutsIn(path).replace([{ jobName: "new", x: 3, y: 4 }])).rejects.toThrow();
    expect(stored(path)).toMatchObject([{ job_name: "old" }]);
  });

  it("names the file that cannot be made", async () => {
    const folder = temporaryFolder();
    execute(join(folder, "file"), "CREATE TABLE t(a)");
    const path = join(folder, "file/graph_data_a000.db");
    await expect(layoutsIn(path).replace([])).rejects.toMatchObject({ code: "DATABASE_READ_ONLY", path });
    expect(existsSync(path)).toBe(false);
  });
});
