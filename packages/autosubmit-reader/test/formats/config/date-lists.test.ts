import { describe, expect, test } from "vitest";
import { parseDate, parseDateList, parseMemberList } from "../../../src/formats/config/date-lists.js";

describe("DATELIST and MEMBERS (formats reference §4.1)", () => {
  test.each<[string, string[] | null]>([
    ["fc0 fc1", ["fc0", "fc1"]],
    ["fc[0-3] x", ["fc0", "fc1", "fc2", "fc3", "x"]],
    ["fc[08-11]", ["fc08", "fc09", "fc10", "fc11"]],
    ["fc[0 3-4 7] a[1]", ["fc0", "fc3", "fc4", "fc7", "a1"]],
    ["a fc[0] [1]", ["a", "fc0", "1"]],
    ["[fc0 fc1]", ["fc0", "fc1"]],
    ["['fc0', 'fc1']", ["fc0", "fc1"]],
    ["fc[3-1]", []],
    ["", []],
    ["fc[0", null],
    ["fc0]", null],
    ["fc[a-b]", null],
    ["fc[[0]]", null],
    ["fc[0-999999999]", null],
    ["fc[0-99999] gc[0-99999]", null],
  ])("%s", (text, members) => {
    expect(parseMemberList(text)).toEqual(members);
  });

  test("dates with ranges, and as the text of a YAML list", () => {
    expect(parseDateList("19900101 1991[0101 0201-0203]")).toEqual(
      ["1990-01-01", "1991-01-01", "1991-02-01", "1991-02-02", "1991-02-03"].map((day) => `${day}T00:00:00`),
    );
    expect(parseDateList("[20200101, 20200201]")).toEqual(["2020-01-01T00:00:00", "2020-02-01T00:00:00"]);
    expect(parseDateList("19900101 soon")).toBeNull();
    expect(parseDateList("")).toEqual([]);
  });

  test.each<[string, string | null]>([
    ["1990", "1990-01-01T00:00:00"],
    ["199002", "1990-02-01T00:00:00"],
    ["19900203", "1990-02-03T00:00:00"],
    ["1990020304", "1990-02-03T04:00:00"],
    ["199002030405", "1990-02-03T04:05:00"],
    ["19900203040506", "1990-02-03T04:05:06"],
    ["1990-02-03 04:05:06", "1990-02-03T04:05:06"],
    ["19900230", null],
    ["19901301", null],
    ["1990020324", null],
    ["00000101", null],
    ["199", null],
    ["1990x203", null],
  ])("the date %s", (text, date) => {
    expect(parseDate(text)).toBe(date);
  });
});
