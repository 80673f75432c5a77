import { describe, expect, it } from "vitest";
import { RECORD_FORMATS, type RecordFormat, writeRecords } from "../../src/render/record-text.js";

const COLUMNS = ["name", "value"];
const write = (format: RecordFormat, ...pages: Record<string, unknown>[][]) => {
  let hasEarlier = false;
  return pages
    .map((records, index) => {
      const [isStart, isEnd] = [index === 0, index === pages.length - 1];
      const text = writeRecords(records, format, { listName: "items", columns: COLUMNS, isStart, isEnd, hasEarlier });
      hasEarlier ||= records.length > 0;
      return text;
    })
    .join("");
};
const record = (name: unknown, value: unknown = null) => ({ name, value });

describe("writeRecords", () => {
  it.each(RECORD_FORMATS)("writes the same %s however the records are paged", (format) => {
    const records = [record("a", 1), record("b"), record("c", 3)];
    const whole = write(format, records);
    expect(write(format, [], records.slice(0, 1), [], records.slice(1), [])).toBe(whole);
    expect(write(format, ...records.map((one) => [one]))).toBe(whole);
  });

  it("writes one JSON document, also of nothing", () => {
    expect(JSON.parse(write("json", [record("a", 1)], [record("b", 2)]))).toEqual({
      items: [record("a", 1), record("b", 2)],
    });
    expect(JSON.parse(write("json", [], []))).toEqual({ items: [] });
  });

  it("writes one JSON document a line", () => {
    expect(write("ndjson", [record("a\nb", 1)], [record("c")])).toBe(
      '{"name":"a\\nb","value":1}\n{"name":"c","value":null}\n',
    );
  });

  it("writes a header and quotes what needs it", () => {
    expect(write("csv", [record('say "hi", twice', 1.5), record("two\nlines"), record("plain", true)])).toBe(
      'name,value\r\n"say ""hi"", twice",1.5\r\n"two\nlines",\r\nplain,true\r\n',
    );
    expect(write("csv", [])).toBe("name,value\r\n");
  });

  it.each(["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1"])("keeps spreadsheets from running %j", (text) => {
    expect(write("csv", [record(text)])).toContain(`'${text}`);
  });

  it("leaves numbers alone", () => {
    expect(write("csv", [record("a", -3)])).toBe("name,value\r\na,-3\r\n");
  });
});
