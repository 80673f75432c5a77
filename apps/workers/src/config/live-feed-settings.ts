import type { SettingsSection } from "@autosubmit-api/settings";

/** The section `LIVE_FEED` of the settings file. */
export interface LiveFeedSettings {
  enabled: boolean;
  /** How long events can be replayed, in milliseconds, as long as `journalBytes` hold them. */
  retentionMs: number;
  journalBytes: number;
  /** Processes that read experiments for the feed. */
  readers: number;
}

const KEYS = ["ENABLED", "RETENTION_HOURS", "JOURNAL_MB", "READERS"];

/** @throws ConfigurationError that names the key */
export function readLiveFeedSettings(section: SettingsSection): LiveFeedSettings {
  section.allow(KEYS);
  return {
    enabled: section.boolean("ENABLED") ?? true,
    retentionMs: 3_600_000 * (section.positive("RETENTION_HOURS", "hours") ?? 72),
    journalBytes: 1024 * 1024 * (section.positive("JOURNAL_MB", "mebibytes") ?? 256),
    readers: Math.ceil(section.positive("READERS", "processes") ?? 1),
  };
}
