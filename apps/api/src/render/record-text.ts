/** How records become text: one JSON document, a JSON document a line, or comma-separated values. */
export const RECORD_FORMATS = ["json", "csv", "ndjson"] as const;

export type RecordFormat = (typeof RECORD_FORMATS)[number];

export const RECORD_CONTENT_TYPES: Readonly<Record<RecordFormat, string>> = {
  json: "application/json; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/** Where a stretch of records stands in the whole text. */
export interface RecordStretch {
  /** Name of the array in the JSON document. */
  listName: string;
  /** Columns of the CSV, in order. */
  columns: readonly string[];
  isStart: boolean;
  isEnd: boolean;
  /** Whether records came before: JSON needs a comma then. */
  hasEarlier: boolean;
}

/** The text of a stretch; the stretches of a list, one after the other, are the whole text. */
export function writeRecords(
  records: readonly Readonly<Record<string, unknown>>[],
  format: RecordFormat,
  stretch: RecordStretch,
): string {
  if (format === "csv") {
    const header = stretch.isStart ? csvLine(stretch.columns) : "";
    return header + records.map((record) => csvLine(stretch.columns.map((column) => record[column]))).join("");
  }
  if (format === "ndjson") return records.map((record) => `${JSON.stringify(record)}\n`).join("");
  const start = stretch.isStart ? `{${JSON.stringify(stretch.listName)}:[` : "";
  const comma = stretch.hasEarlier && records.length > 0 ? "," : "";
  return `${start}${comma}${records.map((record) => JSON.stringify(record)).join(",")}${stretch.isEnd ? "]}" : ""}`;
}

/** RFC 4180: lines end in CRLF, fields with special characters are quoted; null is an empty field. */
function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvField).join(",")}\r\n`;
}

function csvField(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const inert = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Spreadsheets run fields that start like this; the files that texts come from belong to other users. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}
