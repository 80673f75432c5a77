import { type Dialect, sqliteDialect } from "../dialect.js";

/** What a user of the GUI chose, in `autosubmit_api.db` (formats reference §2.8). Written by the API. */
export const buildUserPreferences = ({ table, text }: Dialect) =>
  table("user_preferences", {
    userId: text("user_id").primaryKey(),
    preferredUsername: text("preferred_username").notNull(),
    created: text("created").notNull(),
    modified: text("modified").notNull(),
  });

export const userPreferencesTable = buildUserPreferences(sqliteDialect);
