import { ConfigurationError, type Environment, type SettingsSection } from "@autosubmit-api/settings";
import { LIVE_EVENT_KINDS, type LiveEventKind } from "@autosubmit-api/shared-types";

/** `json`: the event as the feed tells it; `chat`: a line of text, as Mattermost, Slack and their like take it. */
export type WebhookTemplate = "json" | "chat";

/** Whom to tell of which events; an entry of the section `WEBHOOKS` of the settings file. */
export interface Webhook {
  name: string;
  url: URL;
  template: WebhookTemplate;
  /** Signs bodies; null for receivers that do not check. */
  secret: string | null;
  /** Events of these kinds, experiments, and, for changes of jobs, statuses and sections; null for all. */
  kinds: ReadonlySet<LiveEventKind> | null;
  /** `*` stands for any text. */
  expids: readonly string[] | null;
  statuses: ReadonlySet<string> | null;
  sections: ReadonlySet<string> | null;
  /** Whether the receiver may have an address of a private network, or of this machine. */
  allowPrivate: boolean;
}

const KEYS = ["URL", "TEMPLATE", "SECRET_ENV", "EVENTS", "EXPIDS", "STATUSES", "SECTIONS", "ALLOW_PRIVATE"];
const TEMPLATES = ["json", "chat"] as const;

/**
 * @param section with an entry for each receiver
 * @param environment holds the secrets, which have no place in a file that people show each other
 * @throws ConfigurationError that names the key
 */
export function readWebhooks(section: SettingsSection, environment: Environment): Webhook[] {
  return section.names().map((name) => readWebhook(name, section.section(name), environment));
}

function readWebhook(name: string, section: SettingsSection, environment: Environment): Webhook {
  section.allow(KEYS);
  return {
    name,
    url: readUrl(section),
    template: section.word("TEMPLATE", TEMPLATES) ?? "json",
    secret: readSecret(section, environment),
    kinds: setOf(section.words("EVENTS", LIVE_EVENT_KINDS)),
    expids: readTexts(section, "EXPIDS"),
    statuses: setOf(readTexts(section, "STATUSES")),
    sections: setOf(readTexts(section, "SECTIONS")),
    allowPrivate: section.boolean("ALLOW_PRIVATE") ?? false,
  };
}

const setOf = <T>(values: readonly T[] | null) => (values === null ? null : new Set(values));

function readUrl(section: SettingsSection): URL {
  const value = section.value("URL");
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : null;
  if (url !== null && ["http:", "https:"].includes(url.protocol)) return url;
  // Not the value itself: URLs of webhooks are as good as passwords.
  throw new ConfigurationError(`${section.keyOf("URL")} must be a URL that starts with http:// or https://`);
}

function readSecret(section: SettingsSection, environment: Environment): string | null {
  return section.converted("SECRET_ENV", "the name of an environment variable that is set", (name) =>
    typeof name === "string" ? environment[name] : undefined,
  );
}

/** An empty list would match nothing, which nobody means. */
function readTexts(section: SettingsSection, name: string): string[] | null {
  const texts = section.texts(name);
  if (texts?.length === 0) throw new ConfigurationError(`${section.keyOf(name)} must be a list of texts, not []`);
  return texts;
}
