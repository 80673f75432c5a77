import type { UserPreferences } from "@autosubmit-api/db";
import type { PreferredUsernameV4Body } from "@autosubmit-api/shared-types";

export function presentPreferredUsername(preferences: UserPreferences): PreferredUsernameV4Body {
  const { userId, preferredUsername, created, modified } = preferences;
  return { user_id: userId, preferred_username: preferredUsername, created, modified };
}
