import { eq } from "drizzle-orm";
import type { Database } from "../database.js";
import { userPreferencesTable } from "../schema/user-preferences.js";

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
  /**
   * Stores the choice; `created` stays when there was one before.
   * @param now local time with its offset, `2024-04-12-13:00:40+02:00`
   */
  savePreferredUsername(userId: string, preferredUsername: string, now: string): Promise<UserPreferences>;
}

/** `user_preferences` of `autosubmit_api.db`. */
export function userPreferencesRepository(api: Database): UserPreferencesRepository {
  return {
    find: (userId) =>
      api.read(async (queries) => {
        const [row] = await queries.select().from(userPreferencesTable).where(eq(userPreferencesTable.userId, userId));
        return row ?? null;
      }),
    savePreferredUsername: (userId, preferredUsername, now) =>
      api.write(async (queries) => {
        const row = { userId, preferredUsername, created: now, modified: now };
        const [saved] = await queries
          .insert(userPreferencesTable)
          .values(row)
          .onConflictDoUpdate({ target: userPreferencesTable.userId, set: { preferredUsername, modified: now } })
          .returning();
        return saved ?? row;
      }),
  };
}
