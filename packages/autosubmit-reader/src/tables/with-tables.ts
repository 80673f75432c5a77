import type { Site } from "../site/site.js";
import type { TableLocation, TableSource } from "./table-source.js";

/** Opens a database for the length of one read; null when there is none. The database is always closed. */
export async function withTables<T>(
  site: Site,
  location: TableLocation,
  read: (tables: TableSource) => Promise<T>,
): Promise<T | null> {
  const tables = await site.tables.open(location);
  if (tables === null) return null;
  try {
    return await read(tables);
  } finally {
    await tables.close();
  }
}
