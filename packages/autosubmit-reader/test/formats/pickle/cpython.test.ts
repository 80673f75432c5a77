import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { unpickle } from "../../../src/formats/pickle/unpickle.js";
import { canonical } from "./canonical.js";
import { describeFiles, describeSamples, hasPython } from "./cpython.js";

const WORKSPACES = resolve(import.meta.dirname, "../../../../../../shared/conformance/workspaces");

/** Every pickled job list of the conformance suite. */
function jobListFiles(): string[] {
  if (!existsSync(WORKSPACES)) return [];
  const experiments = ["reference", "synthetic"].flatMap((workspace) =>
    readdirSync(join(WORKSPACES, workspace)).map((expid) =>
      join(WORKSPACES, workspace, expid, "pkl", `job_list_${expid}.pkl`),
    ),
  );
  return experiments.filter((path) => existsSync(path));
}

describe.skipIf(!hasPython)("equals CPython", () => {
  test("on a value with something of everything, in every protocol", () => {
    const samples = describeSamples();
    expect(samples).toHaveLength(12);
    for (const { protocol, pickle, expected } of samples) {
      expect({ protocol, value: canonical(unpickle(pickle)) }).toEqual({ protocol, value: expected });
    }
  });

  test.skipIf(!existsSync(WORKSPACES))("on every job list of the conformance suite", () => {
    const paths = jobListFiles();
    expect(paths.length).toBeGreaterThanOrEqual(15);
    for (const [index, expected] of describeFiles(paths).entries()) {
      const path = paths[index] ?? "";
      expect({ path, value: canonical(unpickle(readFileSync(path))) }).toEqual({ path, value: expected });
    }
  });
});
