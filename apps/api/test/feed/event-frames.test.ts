import { createTimeZone } from "@autosubmit-api/shared-types";
import { expect, test } from "vitest";
import { eventFrame, eventJson, heartbeatFrame, noticeFrame } from "../../src/feed/event-frames.js";

const event = {
  id: 7,
  at: new Date("2026-06-10T12:00:00Z"),
  expid: "a000",
  kind: "job-status",
  data: '{"name":"x\\ny"}',
};
const madrid = createTimeZone("Europe/Madrid");

test("an event is one frame, whatever its texts hold", () => {
  expect(eventFrame(event, madrid).toString()).toBe(
    'id: 7\nevent: job-status\ndata: {"id":7,"at":"2026-06-10T14:00:00+02:00","expid":"a000","kind":"job-status","data":{"name":"x\\ny"}}\n\n',
  );
  expect(JSON.parse(eventJson(event, madrid)).data).toEqual({ name: "x\ny" });
});

test("notices are events of their own kinds, and a heartbeat is none", () => {
  expect(noticeFrame({ notice: "reset", id: 9 }).toString()).toBe('id: 9\nevent: reset\ndata: {"next":9}\n\n');
  expect(noticeFrame({ notice: "bye", reason: "too slow", retryMs: 500 }).toString()).toBe(
    'retry: 500\nevent: bye\ndata: {"reason":"too slow"}\n\n',
  );
  expect(heartbeatFrame(9).toString()).toBe(": beat\nid: 9\n\n");
});
