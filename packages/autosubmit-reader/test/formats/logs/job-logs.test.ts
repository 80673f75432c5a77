import { describe, expect, it } from "vitest";
import { indexJobLogs } from "../../../src/formats/logs/job-logs.js";

describe("indexJobLogs", () => {
  it("takes the greatest name of each kind", () => {
    const logs = indexJobLogs([
      "a_1_SIM.20260102000000.out",
      "a_1_SIM.20260101000000.out",
      "a_1_SIM.20260101000000.err",
    ]);
    expect(logs.get("a_1_SIM")).toEqual({
      out: "a_1_SIM.20260102000000.out",
      err: "a_1_SIM.20260101000000.err",
      plainOut: "a_1_SIM.20260102000000.out",
      plainErr: "a_1_SIM.20260101000000.err",
    });
  });

  it("tells compressed logs from plain ones", () => {
    const logs = indexJobLogs([
      "a_SIM.20260101000000.out",
      "a_SIM.20260102000000.out.xz",
      "a_SIM.20260102000000.err.gz",
    ]);
    expect(logs.get("a_SIM")).toEqual({
      out: "a_SIM.20260102000000.out.xz",
      err: "a_SIM.20260102000000.err.gz",
      plainOut: "a_SIM.20260101000000.out",
      plainErr: null,
    });
  });

  it("does not give a job the logs of another one whose name begins alike", () => {
    expect(indexJobLogs(["a_1_SIM2.20260101000000.out"]).get("a_1_SIM")).toBeUndefined();
  });

  it("leaves other files out", () => {
    expect(indexJobLogs(["a_SIM.cmd", "a_SIM_COMPLETED", "out", ".out", "", "a_SIM.out.0"]).size).toBe(0);
  });
});
