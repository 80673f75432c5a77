import { statSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { migrate, type NewJournalEvent, type StateChange, siteDatabases } from "../../src/index.js";
import { newSite, siteWithExperiments } from "../site.js";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
const event = (expid: string, minute: number, data = "{}"): NewJournalEvent => ({
  at: at(minute),
  expid,
  kind: "job-status",
  data,
});
const change = (expid: string, revision: number | null, state = "s", base: string | null = "b"): StateChange => ({
  expid,
  aspect: "jobs",
  revision,
  fingerprint: `f${revision}`,
  base,
  state,
});
const newJournal = async () => {
  const { databases, reopen } = await siteWithExperiments(0);
  return { journal: databases.eventJournal, reopen };
};
const FOREVER = new Date(0);
const idsOf = (events: readonly { id: number }[]) => events.map(({ id }) => id);

describe("the event journal", () => {
  it("is empty at first", async () => {
    const { journal } = await newJournal();
    expect(await journal.bounds()).toMatchObject({ removedThrough: 0, newest: 0 });
    expect(await journal.listAfter(0, 10)).toEqual([]);
    expect(await journal.findState("a000", "jobs")).toBeNull();
  });

  it("stores a state and the events that led to it", async () => {
    const { journal } = await newJournal();
    expect(await journal.advance(change("a000", null), [event("a000", 1), event("a000", 2)])).toBe(true);
    expect(await journal.advance(change("a001", null), [event("a001", 3)])).toBe(true);
    expect(await journal.listAfter(0, 10)).toEqual([
      { id: 1, ...event("a000", 1) },
      { id: 2, ...event("a000", 2) },
      { id: 3, ...event("a001", 3) },
    ]);
    expect(idsOf(await journal.listAfter(1, 1))).toEqual([2]);
    expect(idsOf(await journal.listAfter(0, 10, { expid: "a001" }))).toEqual([3]);
    expect(await journal.listFingerprints()).toEqual([
      { expid: "a000", aspect: "jobs", fingerprint: "fnull" },
      { expid: "a001", aspect: "jobs", fingerprint: "fnull" },
    ]);
    expect(await journal.findState("a000", "jobs")).toEqual({ ...change("a000", null), revision: 1, base: "b" });
  });

  it("keeps the base of a state that gives none", async () => {
    const { journal } = await newJournal();
    await journal.advance(change("a000", null, "one", "names"), []);
    await journal.advance(change("a000", 1, "two", null), []);
    expect(await journal.findState("a000", "jobs")).toMatchObject({ revision: 2, base: "names", state: "two" });
  });

  it("refuses a watcher that did not see the last state", async () => {
    const { journal } = await newJournal();
    await journal.advance(change("a000", null), []);
    expect(await journal.advance(change("a000", null), [event("a000", 1)])).toBe(false);
    await journal.advance(change("a000", 1), [event("a000", 2)]);
    expect(await journal.advance(change("a000", 1), [event("a000", 2)])).toBe(false);
    expect(idsOf(await journal.listAfter(0, 10))).toEqual([1]);
  });

  it("numbers the events of writers at the same time without gaps", async () => {
    const { journal, reopen } = await newJournal();
    const other = reopen().eventJournal;
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? journal : other).advance(change(`a${index}`, null), [event(`a${index}`, index)]),
      ),
    );
    expect(idsOf(await journal.listAfter(0, 100))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it("holds more events of one change than a statement takes", async () => {
    const { journal } = await newJournal();
    const many = Array.from({ length: 40_000 }, () => event("a000", 1));
    await journal.advance(change("a000", null), many);
    expect((await journal.bounds()).newest).toBe(40_000);
    expect(idsOf(await journal.listAfter(39_998, 10))).toEqual([39_999, 40_000]);
  });

  it("loses events by age, and goes on counting", async () => {
    const { journal } = await newJournal();
    await journal.advance(change("a000", null), [event("a000", 1), event("a000", 2), event("a000", 3)]);
    expect(await journal.prune({ before: at(3), mostBytes: 1e9 })).toBe(2);
    expect(await journal.bounds()).toMatchObject({ removedThrough: 2, newest: 3 });
    expect(idsOf(await journal.listAfter(0, 10))).toEqual([3]);
    expect(await journal.prune({ before: at(9), mostBytes: 1e9 })).toBe(1);
    await journal.advance(change("a000", 1), [event("a000", 4)]);
    expect(idsOf(await journal.listAfter(0, 10))).toEqual([4]);
    expect(await journal.prune({ before: FOREVER, mostBytes: 1e9 })).toBe(0);
  });

  it("stays within its size, whatever is written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat(3_000), { maxLength: 30 }), { maxLength: 8 }), async (rounds) => {
        const { journal } = await newJournal();
        let revision: number | null = null;
        let written = 0;
        for (const lengths of rounds) {
          const events = lengths.map((length) => event("a000", 1, "x".repeat(length)));
          await journal.advance(change("a000", revision), events);
          revision = (revision ?? 0) + 1;
          written += events.length;
          await journal.prune({ before: FOREVER, mostBytes: 20_000 });
          const kept = await journal.listAfter(0, 1_000);
          const { removedThrough, newest } = await journal.bounds();
          expect(newest).toBe(written);
          expect(idsOf(kept)).toEqual(kept.map((_, index) => removedThrough + 1 + index));
          expect(kept.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(20_000);
        }
      }),
      { numRuns: 10 },
    );
  });

  it("stays within its bounds over a month, and its file with it", { timeout: 60_000 }, async () => {
    const files = newSite();
    await migrate(files);
    const journal = siteDatabases(files).eventJournal;
    const hour = 3_600_000;
    const [start, retentionMs, mostBytes] = [Date.UTC(2026, 0, 1), 72 * hour, 400_000];
    let largest = 0;
    let revision: number | null = null;
    const lookHours = 8;
    for (let hours = 0; hours < 30 * 24; hours += lookHours) {
      const now = start + hours * hour;
      // A quiet site that is busy on every third day.
      const count = (Math.floor(hours / 24) % 3 === 0 ? 120 : 5) * lookHours;
      const events = Array.from({ length: count }, () => ({
        ...event("a000", 0, JSON.stringify("x".repeat(120))),
        at: new Date(now),
      }));
      expect(await journal.advance(change("a000", revision), events)).toBe(true);
      revision = (revision ?? 0) + 1;
      await journal.prune({ before: new Date(now - retentionMs), mostBytes });
      largest = Math.max(largest, statSync(files.events).size);
    }
    const { removedThrough, newest } = await journal.bounds();
    expect(newest).toBe(10 * 24 * 120 + 20 * 24 * 5);
    const kept = await journal.listAfter(0, 100_000);
    expect(idsOf(kept)).toEqual(kept.map((_, index) => removedThrough + 1 + index));
    expect(
      kept.every(({ at: noticed }) => noticed.getTime() >= start + (30 * 24 - lookHours) * hour - retentionMs),
    ).toBe(true);
    expect(largest).toBeLessThan(2 * mostBytes);
  });

  it("forgets the states of experiments that are gone", async () => {
    const { journal } = await newJournal();
    await journal.advance(change("a000", null), []);
    await journal.advance(change("a001", null), []);
    await journal.forgetOthers(new Set(["a001"]));
    expect(await journal.findState("a000", "jobs")).toBeNull();
    expect(await journal.findState("a001", "jobs")).not.toBeNull();
  });
});
