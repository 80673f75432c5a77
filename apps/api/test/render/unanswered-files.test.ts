import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { FileWaitObserver, fileWaitWatch, newFileWait } from "../../src/render/file-wait.js";
import { UnansweredFiles } from "../../src/render/unanswered-files.js";

const newFiles = () => new UnansweredFiles(pino({ level: "silent" }));

describe("an experiment whose files do not answer", () => {
  test("is refused, with the path, until they do; others are not", () => {
    const files = newFiles();
    const release = files.hold("a000", "/site/a000/pkl");
    expect(files.refusal("a000")).toMatchObject({ code: "SOURCE_UNAVAILABLE", path: "/site/a000/pkl", expid: "a000" });
    expect([files.refusal("b000"), files.refusal(null), files.expids, files.count]).toEqual([null, null, ["a000"], 1]);
    release();
    release();
    expect([files.refusal("a000"), files.expids, files.count]).toEqual([null, [], 0]);
  });

  test("is one of eight at most: then only those are tried that answered meanwhile", () => {
    const files = newFiles();
    const releases = Array.from({ length: 7 }, (_, index) => files.hold(`a00${index}`, "/site"));
    files.answered("good");
    expect(files.refusal("b000")).toBeNull();
    releases.push(files.hold(null, "/site/autosubmit.db"));
    expect([files.refusal("b000")?.code, files.refusal("good"), files.refusal(null)?.code]).toEqual([
      "SOURCE_UNAVAILABLE",
      null,
      "SOURCE_UNAVAILABLE",
    ]);
    for (const release of releases) release();
    expect([files.refusal("b000"), files.refusal(null)]).toEqual([null, null]);
  });
});

describe("what a thread waits for", () => {
  test("is seen from outside, with how long it is the same call", () => {
    const memory = newFileWait();
    const [watch, observer] = [fileWaitWatch(memory), new FileWaitObserver(memory)];
    expect(observer.look(0)).toBeNull();
    watch.began("/a/ü");
    expect(observer.look(100)).toEqual({ path: "/a/ü", durationMs: 0 });
    expect(observer.look(400)).toEqual({ path: "/a/ü", durationMs: 300 });
    watch.ended();
    expect(observer.look(500)).toBeNull();
    watch.began("/b");
    expect(observer.look(600)).toEqual({ path: "/b", durationMs: 0 });
    watch.ended();
    watch.began("x".repeat(10_000));
    expect(observer.look(900)?.path).toHaveLength(4_096);
  });
});
