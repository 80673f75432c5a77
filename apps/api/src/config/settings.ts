import { availableParallelism } from "node:os";
import { type Environment, settingsFilePath } from "@autosubmit-api/settings";
import { type Static, type TSchema, Type } from "typebox";
import { parseTrustedProxies } from "./proxies.js";

/** One setting: where its text comes from, what it may be, and what holds when the variable is unset. */
interface Setting<Schema extends TSchema = TSchema> {
  variable: string;
  schema: Schema;
  /** The variable's text as a value for `schema`; what cannot be converted is returned as it is and refused there. */
  parse: (text: string) => unknown;
  fallback: (environment: Environment) => Static<Schema>;
  /** Completes "VARIABLE must be …". */
  expects: string;
}

const setting = <Schema extends TSchema>(value: Setting<Schema>): Setting<Schema> => value;

const asText = (text: string) => text;
const asNumber = (text: string) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
const asMilliseconds = (text: string) => times(text, 1_000);
const asKibibytes = (text: string) => times(text, 1024);
const asMebibytes = (text: string) => times(text, 1024 * 1024);
/** True and false as the reference implementation spells them, and as everybody else does. */
const asBoolean = (text: string) => {
  if (["True", "T", "true", "1", "yes"].includes(text)) return true;
  return ["False", "F", "false", "0", "no"].includes(text) ? false : text;
};
const asOrigins = (text: string) => (text.trim() === "*" ? "*" : text.split(",").map((origin) => origin.trim()));

function times(text: string, unit: number): unknown {
  const value = asNumber(text);
  return typeof value === "number" ? value * unit : value;
}

const optionalText = (variable: string) =>
  setting({
    variable,
    schema: Type.Union([Type.Null(), Type.String({ minLength: 1 })]),
    parse: asText,
    fallback: () => null,
    expects: "a text",
  });

const optionalUrl = (variable: string, fallback: (environment: Environment) => string | null = () => null) =>
  setting({
    variable,
    schema: Type.Union([Type.Null(), Type.String({ pattern: "^https?://\\S+$" })]),
    parse: asText,
    fallback,
    expects: "a URL that starts with http:// or https://",
  });

const urlSetting = (variable: string, fallback: string) =>
  setting({
    variable,
    schema: Type.String({ pattern: "^https?://\\S+$" }),
    parse: asText,
    fallback: () => fallback,
    expects: "a URL that starts with http:// or https://",
  });

const textSetting = (variable: string, fallback: string) =>
  setting({
    variable,
    schema: Type.String({ minLength: 1 }),
    parse: asText,
    fallback: () => fallback,
    expects: "a text",
  });

const textList = (variable: string, pattern: string, what: string) =>
  setting({
    variable,
    schema: Type.Array(Type.String({ pattern })),
    parse: (text) => text.split(",").map((item) => item.trim()),
    fallback: () => [],
    expects: `names of ${what}, separated by commas`,
  });

const requestsPerMinute = (variable: string, fallback: number) =>
  setting({
    variable,
    schema: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
    parse: asNumber,
    fallback: () => fallback,
    expects: "requests a minute, a whole number, 0 for no limit",
  });

/** The addresses that CAS servers have by convention, when only the server is configured. */
const belowCasServer = (page: (environment: Environment) => string) => (environment: Environment) => {
  const server = environment.CAS_SERVER_URL;
  return server === undefined ? null : `${server.replace(/\/+$/, "")}/${page(environment)}`;
};

/** Every setting that is no secret (formats reference §3.2 and our own, which start with `AS_API_`). */
export const SETTINGS = {
  host: setting({
    variable: "HOST",
    schema: Type.String({ minLength: 1 }),
    parse: asText,
    fallback: () => "127.0.0.1",
    expects: "an address to listen on",
  }),
  port: setting({
    variable: "PORT",
    schema: Type.Integer({ minimum: 0, maximum: 65_535 }),
    parse: asNumber,
    fallback: () => 8081,
    expects: "a whole number from 0 (any free port) to 65535",
  }),
  logLevel: setting({
    variable: "LOG_LEVEL",
    schema: Type.Enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]),
    parse: (text) => text.toLowerCase(),
    fallback: () => "info" as const,
    expects: "one of trace, debug, info, warn, error, fatal, silent",
  }),
  /** Null for standard output. */
  logFile: setting({
    variable: "AS_API_LOG_FILE",
    schema: Type.Union([Type.Null(), Type.String({ minLength: 1 })]),
    parse: (text) => (text === "-" ? null : text),
    fallback: () => null,
    expects: "the path of a file, or - for standard output",
  }),
  /** IANA name. Naive times on disk are taken to be in this zone (formats reference §3.2). */
  timeZone: setting({
    variable: "TZ",
    schema: Type.Refine(Type.String(), isTimeZone),
    parse: (text) => text.replace(/^:/, ""),
    fallback: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    expects: "the name of a time zone, such as UTC or Europe/Madrid",
  }),
  /** Prefix under which a proxy serves this API, without a slash at its end; empty for none. */
  rootPath: setting({
    variable: "AS_API_ROOT_PATH",
    schema: Type.String({ pattern: "^(/[^/?#\\s]+)*$" }),
    parse: (text) => text.replace(/\/+$/, ""),
    fallback: () => "",
    expects: "a path that starts with a slash, such as /autosubmit-api",
  }),
  protectionLevel: setting({
    variable: "PROTECTION_LEVEL",
    schema: Type.Enum(["ALL", "WRITEONLY", "NONE"]),
    parse: asText,
    fallback: () => "ALL" as const,
    expects: "one of ALL, WRITEONLY, NONE",
  }),
  /** Whether anybody may run commands on any experiment; only with PROTECTION_LEVEL=NONE. */
  anonymousCommands: setting({
    variable: "AS_API_ANONYMOUS_COMMANDS",
    schema: Type.Boolean(),
    parse: asBoolean,
    fallback: () => false,
    expects: "true or false",
  }),
  /** How long a login lasts. */
  tokenLifetimeSeconds: setting({
    variable: "AS_API_TOKEN_LIFETIME_HOURS",
    schema: Type.Number({ minimum: 60, maximum: 8_784 * 3_600 }),
    parse: (text) => times(text, 3_600),
    fallback: () => 5 * 24 * 3_600,
    expects: "hours, more than 0 and up to 8784, a year",
  }),
  /** Whether the process serves real users; then it does not start without what protects them. */
  production: setting({
    variable: "NODE_ENV",
    schema: Type.Boolean(),
    parse: (text) => text === "production",
    fallback: () => false,
    expects: "production or anything else",
  }),
  /** How long a request waits for the API's own records when another program has locked them. */
  databasePatienceMs: setting({
    variable: "AS_API_DATABASE_PATIENCE_SECONDS",
    schema: Type.Number({ minimum: 100, maximum: 60_000 }),
    parse: asMilliseconds,
    fallback: () => 5_000,
    expects: "seconds, from 0.1 to 60",
  }),
  /** How long the database refuses to delete entries of the audit trail; null for ever. */
  auditRetentionMs: setting({
    variable: "AS_API_AUDIT_RETENTION_DAYS",
    schema: Type.Union([Type.Null(), Type.Number({ minimum: 24 * 3_600_000, maximum: 36_525 * 24 * 3_600_000 })]),
    parse: (text) => (text === "forever" ? null : times(text, 24 * 3_600_000)),
    fallback: () => 365 * 24 * 3_600_000,
    expects: "days, from 1 to 36525, or forever",
  }),
  /** Streams of the live feed that one user may have open, or one address where nobody is logged in. */
  feedStreamsPerUser: setting({
    variable: "AS_API_FEED_STREAMS_PER_USER",
    schema: Type.Integer({ minimum: 1, maximum: 100_000 }),
    parse: asNumber,
    fallback: () => 50,
    expects: "a whole number from 1 to 100000",
  }),
  /** Streams of the live feed that one process serves. */
  feedStreams: setting({
    variable: "AS_API_FEED_STREAMS",
    schema: Type.Integer({ minimum: 1, maximum: 100_000 }),
    parse: asNumber,
    fallback: () => 5_000,
    expects: "a whole number from 1 to 100000",
  }),
  /** Origins that browsers may call from; `*` for all. */
  corsOrigins: setting({
    variable: "AS_API_CORS_ORIGINS",
    schema: Type.Union([
      Type.Literal("*"),
      Type.Array(Type.String({ pattern: "^https?://[^/\\s]+$" }), { minItems: 1 }),
    ]),
    parse: asOrigins,
    fallback: () => "*" as const,
    expects: "* or origins such as https://gui.example.org, separated by commas",
  }),
  /** Whose X-Forwarded-* headers are believed: the client's address and the scheme come from them. */
  trustProxy: setting({
    variable: "AS_API_TRUST_PROXY",
    schema: Type.Union([Type.Boolean(), Type.Integer({ minimum: 1 }), Type.Array(Type.String(), { minItems: 1 })]),
    parse: parseTrustedProxies,
    fallback: () => false,
    expects: "false, true, a number of proxies, or addresses such as 10.0.0.0/8,loopback",
  }),
  /** Of the body of a request. */
  bodyLimitBytes: setting({
    variable: "AS_API_BODY_LIMIT_KB",
    schema: Type.Integer({ minimum: 1024, maximum: 1024 * 1024 * 1024 }),
    parse: asKibibytes,
    fallback: () => 4 * 1024 * 1024,
    expects: "kibibytes, a whole number from 1 to 1048576",
  }),
  /** Of a request's path and query. */
  urlLimitBytes: setting({
    variable: "AS_API_URL_LIMIT_KB",
    schema: Type.Integer({ minimum: 1024, maximum: 1024 * 1024 }),
    parse: asKibibytes,
    fallback: () => 8 * 1024,
    expects: "kibibytes, a whole number from 1 to 1024",
  }),
  /** Of a request's headers. */
  headerLimitBytes: setting({
    variable: "AS_API_HEADER_LIMIT_KB",
    schema: Type.Integer({ minimum: 4 * 1024, maximum: 1024 * 1024 }),
    parse: asKibibytes,
    fallback: () => 16 * 1024,
    expects: "kibibytes, a whole number from 4 to 1024",
  }),
  /** How long a client may take to send a request, headers and body; a slower one is cut off. */
  requestTimeoutMs: setting({
    variable: "AS_API_REQUEST_TIMEOUT_SECONDS",
    schema: Type.Number({ minimum: 1_000, maximum: 3_600_000 }),
    parse: asMilliseconds,
    fallback: () => 60_000,
    expects: "seconds, from 1 to 3600",
  }),
  /** Of one user, or one address where nobody is logged in; 0 for no limit. As are the two below. */
  readsPerMinute: requestsPerMinute("AS_API_RATE_LIMIT_READS", 12_000),
  /** Logins that are tried, and commands and settings. */
  loginsPerMinute: requestsPerMinute("AS_API_RATE_LIMIT_LOGINS", 20),
  commandsPerMinute: requestsPerMinute("AS_API_RATE_LIMIT_COMMANDS", 60),
  /** Processes that serve the port together. */
  workers: setting({
    variable: "AS_API_WORKERS",
    schema: Type.Integer({ minimum: 1, maximum: 256 }),
    parse: asNumber,
    fallback: () => 1,
    expects: "a whole number from 1 to 256",
  }),
  /** Threads of a process that build views of large experiments; an experiment always meets the same one. */
  renderThreads: setting({
    variable: "AS_API_RENDER_THREADS",
    schema: Type.Integer({ minimum: 1, maximum: 256 }),
    parse: asNumber,
    fallback: () => Math.max(1, availableParallelism() - 1),
    expects: "a whole number from 1 to 256",
  }),
  /** Views that may wait for one thread before further ones are refused. */
  renderQueueLimit: setting({
    variable: "AS_API_RENDER_QUEUE",
    schema: Type.Integer({ minimum: 1, maximum: 100_000 }),
    parse: asNumber,
    fallback: () => 100,
    expects: "a whole number from 1 to 100000",
  }),
  /** A view that takes longer is given up and its thread replaced. */
  renderTimeoutMs: setting({
    variable: "AS_API_RENDER_TIMEOUT_SECONDS",
    schema: Type.Number({ minimum: 1, maximum: 3_600_000 }),
    parse: asMilliseconds,
    fallback: () => 120_000,
    expects: "seconds, more than 0 and up to 3600",
  }),
  /**
   * A request whose thread waits that long for one call to the file system is given up, and others of the experiment at once
   * until the call ends; after a sixth of it, another thread takes its place.
   */
  fileTimeoutMs: setting({
    variable: "AS_API_FILE_TIMEOUT_SECONDS",
    schema: Type.Number({ minimum: 1_000, maximum: 3_600_000 }),
    parse: asMilliseconds,
    fallback: () => 30_000,
    expects: "seconds, from 1 to 3600",
  }),
  /** Heap of one thread; one that needs more ends and is replaced. */
  renderHeapMb: setting({
    variable: "AS_API_RENDER_HEAP_MB",
    schema: Type.Integer({ minimum: 64, maximum: 65_536 }),
    parse: asNumber,
    fallback: () => 2048,
    expects: "mebibytes, a whole number from 64 to 65536",
  }),
  /** Parsed sources that may be kept, over all threads. */
  sourceCacheBytes: setting({
    variable: "AS_API_SOURCE_CACHE_MB",
    schema: Type.Number({ minimum: 0 }),
    parse: asMebibytes,
    fallback: () => 512 * 1024 * 1024,
    expects: "mebibytes, 0 or more",
  }),
  /** Finished answers that may be kept. */
  answerCacheBytes: setting({
    variable: "AS_API_ANSWER_CACHE_MB",
    schema: Type.Number({ minimum: 0 }),
    parse: asMebibytes,
    fallback: () => 128 * 1024 * 1024,
    expects: "mebibytes, 0 or more",
  }),
  /** Who may read `/metrics`; see `metrics/metrics-access.ts`. */
  metrics: setting({
    variable: "AS_API_METRICS",
    schema: Type.Enum(["off", "token", "public"]),
    parse: asText,
    fallback: ({ AS_API_METRICS_TOKEN }) => (AS_API_METRICS_TOKEN === undefined ? "off" : "token"),
    expects: "one of off, token, public",
  }),
  /** How long requests in flight may take to finish once the process was told to stop. */
  shutdownTimeoutMs: setting({
    variable: "AS_API_SHUTDOWN_TIMEOUT_SECONDS",
    schema: Type.Number({ minimum: 0, maximum: 3_600_000 }),
    parse: asMilliseconds,
    fallback: () => 10_000,
    expects: "seconds, 0 to 3600",
  }),
  /** The YAML file with settings of runners and background tasks. */
  settingsFile: setting({
    variable: "AS_API_CONFIG_FILE",
    schema: Type.String({ minLength: 1 }),
    parse: (text) => settingsFilePath({ AS_API_CONFIG_FILE: text }),
    fallback: settingsFilePath,
    expects: "the path of a YAML file",
  }),
  casLoginUrl: optionalUrl(
    "CAS_LOGIN_URL",
    belowCasServer(() => "login"),
  ),
  /** `serviceValidate` of CAS 2; with CAS 3 the one below `p3/`, which tells attributes too. */
  casVerifyUrl: optionalUrl(
    "CAS_VERIFY_URL",
    belowCasServer(({ AS_API_CAS_PROTOCOL }) =>
      AS_API_CAS_PROTOCOL === "3" ? "p3/serviceValidate" : "serviceValidate",
    ),
  ),
  casProtocol: setting({
    variable: "AS_API_CAS_PROTOCOL",
    schema: Type.Enum(["2", "3"]),
    parse: asText,
    fallback: () => "2" as const,
    expects: "2 or 3",
  }),
  /** The attribute of CAS 3 that holds the user's groups. */
  casGroupsAttribute: optionalText("AS_API_CAS_GROUPS_ATTRIBUTE"),
  githubClientId: optionalText("GITHUB_OAUTH_CLIENT_ID"),
  githubOrganizations: textList("GITHUB_OAUTH_WHITELIST_ORGANIZATION", "^[A-Za-z0-9_-]{1,100}$", "organizations"),
  githubTeams: textList("GITHUB_OAUTH_WHITELIST_TEAM", "^[A-Za-z0-9_-]{1,100}(/[A-Za-z0-9._-]{1,100})?$", "teams"),
  githubUrl: urlSetting("AS_API_GITHUB_URL", "https://github.com"),
  githubApiUrl: optionalUrl("AS_API_GITHUB_API_URL"),
  oidcTokenUrl: optionalUrl("OIDC_TOKEN_URL"),
  oidcClientId: optionalText("OIDC_CLIENT_ID"),
  oidcUsernameSource: setting({
    variable: "OIDC_USERNAME_SOURCE",
    schema: Type.Enum(["id_token", "userinfo"]),
    parse: asText,
    fallback: () => "id_token" as const,
    expects: "id_token or userinfo",
  }),
  oidcUsernameClaim: textSetting("OIDC_USERNAME_CLAIM", "sub"),
  oidcUserinfoUrl: optionalUrl("OIDC_USERINFO_URL"),
  /** Who must have issued an id_token, spelled as the provider spells it. */
  oidcIssuer: optionalUrl("AS_API_OIDC_ISSUER"),
  oidcJwksUrl: optionalUrl("AS_API_OIDC_JWKS_URL"),
  oidcGroupsClaim: textSetting("AS_API_OIDC_GROUPS_CLAIM", "groups"),
  oidcAllowedGroups: textList("AS_API_OIDC_ALLOWED_GROUPS", "^.{1,200}$", "groups"),
  /** For everything that a login asks its provider, together. */
  loginTimeoutMs: setting({
    variable: "AS_API_LOGIN_TIMEOUT_SECONDS",
    schema: Type.Number({ exclusiveMinimum: 0, maximum: 300_000 }),
    parse: asMilliseconds,
    fallback: () => 10_000,
    expects: "seconds, more than 0 and up to 300",
  }),
  allowInsecureProviders: setting({
    variable: "AS_API_LOGIN_ALLOW_HTTP",
    schema: Type.Boolean(),
    parse: asBoolean,
    fallback: () => false,
    expects: "true or false",
  }),
};

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
