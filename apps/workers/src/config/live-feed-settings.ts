import { childrenOf, type Place, positiveAt, truthAt } from "./settings-place.js";

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
export function parseLiveFeed(place: Place): LiveFeedSettings {
  const setting = childrenOf(place, KEYS);
  return {
    enabled: truthAt(setting("ENABLED")) ?? true,
    retentionMs: 3_600_000 * (positiveAt(setting("RETENTION_HOURS"), "hours") ?? 72),
    journalBytes: 1024 * 1024 * (positiveAt(setting("JOURNAL_MB"), "mebibytes") ?? 256),
    readers: Math.ceil(positiveAt(setting("READERS"), "processes") ?? 1),
  };
}
