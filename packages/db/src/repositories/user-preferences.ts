import { eq } from "drizzle-orm";
import type { Database } from "../database.js";
import { userPreferencesTable } from "../schema/user-preferences.js";
import { formatLocalTimestamp } from "../timestamps.js";

/** What a user of the GUI chose (formats reference §2.8). Times as `2024-04-12-13:00:40+02:00`. */
export interface UserPreferences {
  userId: string;
  /** The login name on the machines that run Autosubmit. */
  preferredUsername: string;
  created: string;
  modified: string;
}

export interface UserPreferencesRepository {
  /** What that user chose, or null. */
  find(userId: string): Promise<UserPreferences | null>;
  /** Stores the choice; `created` stays when there was one before. */
  savePreferredUsername(userId: string, preferredUsername: string, at: Date): Promise<UserPreferences>;
}

/** `user_preferences` of `autosubmit_api.db`. */
export function userPreferencesRepository(api: Database): UserPreferencesRepository {
  return {
    find: (userId) =>
      api.read(async (queries) => {
        const [row] = await queries.select().from(userPreferencesTable).where(eq(userPreferencesTable.userId, userId));
        return row ?? null;
      }),
    savePreferredUsername: (userId, preferredUsername, at) =>
      api.write(async (queries) => {
        const modified = formatLocalTimestamp(at, "-");
        const row = { userId, preferredUsername, created: modified, modified };
        const [saved] = await queries
          .insert(userPreferencesTable)
          .values(row)
          .onConflictDoUpdate({ target: userPreferencesTable.userId, set: { preferredUsername, modified } })
          .returning();
        return saved ?? row;
      }),
  };
}
