import type { SqlValue, TableRow } from "./table-source.js";

/** Turns values into rows; copying a row of the right shape keeps all of them in one hidden class. */
export function rowMaker(columns: readonly string[]): (values: readonly SqlValue[]) => TableRow {
  const empty: TableRow = Object.fromEntries(columns.map((name) => [name, null]));
  return (values) => {
    const row = { ...empty };
    for (let index = 0; index < columns.length; index += 1) row[columns[index] ?? ""] = values[index] ?? null;
    return row;
  };
}
