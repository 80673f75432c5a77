import { describe, expect, it } from "vitest";
import type { NewAuditEntry } from "../../src/index.js";
import { siteWithExperiments } from "../site.js";

const DAY_MS = 86_400_000;

function entry(given: Partial<NewAuditEntry> = {}): NewAuditEntry {
  return {
    at: new Date("2026-07-01T09:00:00Z"),
    user: "ann",
    kind: "token",
    address: "192.0.2.7",
    action: "command.stop-experiment",
    expid: "a000",
    outcome: "allowed",
    detail: null,
    requestId: "abc",
    keepUntil: null,
    ...given,
  };
}

describe("the audit trail", () => {
  it("gives entries back as they were added, newest first", async () => {
    const { databases } = await siteWithExperiments(0);
    const first = entry({ detail: '{"jobs":3}', keepUntil: new Date("2026-12-01T00:00:00Z") });
    const second = entry({ user: null, kind: "anonymous", action: "login.cas", expid: null, outcome: "refused" });
    const ids = [await databases.audit.append(first), await databases.audit.append(second)];
    expect(await databases.audit.list({}, 10)).toEqual([
      { id: ids[1], ...second },
      { id: ids[0], ...first },
    ]);
  });

  it("is listed by user, action, experiment, outcome and time, and page by page", async () => {
    const { databases } = await siteWithExperiments(0);
    const { audit } = databases;
    for (let hour = 0; hour < 6; hour++) {
      const at = new Date(Date.UTC(2026, 6, 1, hour));
      await audit.append(entry({ at, user: hour % 2 ? "ann" : "bob", expid: hour < 3 ? "a000" : "a001" }));
    }
    const hours = async (...args: Parameters<typeof audit.list>) =>
      (await audit.list(...args)).map(({ at }) => at.getUTCHours());
    expect(await hours({ user: "ann" }, 10)).toEqual([5, 3, 1]);
    expect(await hours({ expid: "a000", user: "bob" }, 10)).toEqual([2, 0]);
    expect(await hours({ action: "login.cas" }, 10)).toEqual([]);
    expect(await hours({ outcome: "allowed" }, 2)).toEqual([5, 4]);
    expect(await hours({ from: new Date("2026-07-01T01:00:00Z"), to: new Date("2026-07-01T03:00:00Z") }, 9)).toEqual([
      3, 2, 1,
    ]);
    const [, last] = await audit.list({}, 2);
    expect(await hours({ before: last?.id ?? 0 }, 2)).toEqual([3, 2]);
  });

  it("cannot be changed, nor shortened before its time, by any program", async () => {
    const { databases, execute } = await siteWithExperiments(0);
    await databases.audit.append(entry());
    await databases.audit.append(entry({ keepUntil: new Date(Date.now() + DAY_MS) }));
    await expect(execute("api", "UPDATE audit_entries SET kind = 'service'")).rejects.toThrow(/never changed/);
    await expect(execute("api", "UPDATE audit_entries SET keep_until = 0")).rejects.toThrow(/never changed/);
    await expect(execute("api", "DELETE FROM audit_entries")).rejects.toThrow(/kept until/);
    await expect(execute("api", "DELETE FROM audit_entries WHERE keep_until IS NOT NULL")).rejects.toThrow(
      /kept until/,
    );
    expect(await databases.audit.list({}, 10)).toHaveLength(2);
  });

  it("loses what need not be kept any more", async () => {
    const { databases } = await siteWithExperiments(0);
    await databases.audit.append(entry({ keepUntil: new Date(Date.now() - 2 * DAY_MS) }));
    const kept = await databases.audit.append(entry({ keepUntil: new Date(Date.now() + DAY_MS) }));
    expect(await databases.audit.removeExpired(new Date())).toBe(1);
    expect(await databases.audit.removeExpired(new Date())).toBe(0);
    expect((await databases.audit.list({}, 10)).map(({ id }) => id)).toEqual([kept]);
  });

  it("never gives a number twice, so that a gap tells", async () => {
    const { databases } = await siteWithExperiments(0);
    const removed = await databases.audit.append(entry({ keepUntil: new Date(0) }));
    await databases.audit.removeExpired(new Date());
    expect(await databases.audit.append(entry())).toBeGreaterThan(removed);
  });
});
