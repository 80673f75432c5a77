import { LIVE_EVENT_KINDS, type LiveEventKind } from "@autosubmit-api/shared-types";
import { ConfigurationError } from "./configuration-error.js";
import { childrenOf, type Place, refusal, truthAt } from "./settings-place.js";

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
 * @param environment holds the secrets, which have no place in a file that people show each other
 * @throws ConfigurationError that names the key
 */
export function parseWebhooks(place: Place, environment: Readonly<Record<string, string>>): Webhook[] {
  const rule = childrenOf(place, null);
  return Object.keys((place.value ?? {}) as object).map((name) => parseWebhook(name, rule(name), environment));
}

function parseWebhook(name: string, place: Place, environment: Readonly<Record<string, string>>): Webhook {
  const setting = childrenOf(place, KEYS);
  const kinds = textsAt(setting("EVENTS"));
  const unknown = kinds?.find((kind) => !(LIVE_EVENT_KINDS as string[]).includes(kind));
  if (unknown !== undefined) throw refusal(setting("EVENTS"), `a list of ${LIVE_EVENT_KINDS.join(", ")}`);
  return {
    name,
    url: urlAt(setting("URL")),
    template: templateAt(setting("TEMPLATE")),
    secret: secretAt(setting("SECRET_ENV"), environment),
    kinds: setOf(kinds as LiveEventKind[] | null),
    expids: textsAt(setting("EXPIDS")),
    statuses: setOf(textsAt(setting("STATUSES"))),
    sections: setOf(textsAt(setting("SECTIONS"))),
    allowPrivate: truthAt(setting("ALLOW_PRIVATE")) ?? false,
  };
}

const setOf = <T>(values: readonly T[] | null) => (values === null ? null : new Set(values));

function urlAt(place: Place): URL {
  const url = typeof place.value === "string" && URL.canParse(place.value) ? new URL(place.value) : null;
  if (url !== null && ["http:", "https:"].includes(url.protocol)) return url;
  // Not the value itself: URLs of webhooks are as good as passwords.
  throw new ConfigurationError(`${place.file}: ${place.key} must be a URL that starts with http:// or https://`);
}

function templateAt(place: Place): WebhookTemplate {
  const value = place.value ?? "json";
  const template = TEMPLATES.find((candidate) => candidate === value);
  if (template === undefined) throw refusal(place, `one of ${TEMPLATES.join(", ")}`);
  return template;
}

function secretAt(place: Place, environment: Readonly<Record<string, string>>): string | null {
  const { value } = place;
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw refusal(place, "the name of an environment variable");
  const secret = environment[value];
  if (secret === undefined) throw refusal(place, "the name of an environment variable that is set");
  return secret;
}

function textsAt(place: Place): string[] | null {
  const { value } = place;
  if (value === undefined || value === null) return null;
  const texts = Array.isArray(value) ? value : [value];
  if (texts.length === 0 || !texts.every((text) => typeof text === "string")) throw refusal(place, "a list of texts");
  return texts;
}
