import { type ConfigMap, type ConfigValue, isConfigMap } from "./config-value.js";

const MASK = "***";
const SECRET_VARIABLE = /^AS_ENV.*(?:TOKEN|SECRET|KEY|PASSWORD|PASSWD|CREDENTIAL)/i;
/** Shorter secrets are masked where they stand, but not looked for elsewhere: `true` would vanish everywhere. */
const SHORTEST_SOUGHT = 6;

/**
 * A copy in which no secret can be read: values of `AS_ENV_…` variables whose names say token, secret, key or password,
 * and the password in `DATABASE_CONN_URL`; also where placeholders carried them to other places.
 * differs: the reference answers them to everybody (formats reference §6.29, §6.30).
 */
export function maskSecrets(data: ConfigMap): ConfigMap {
  const replacements = new Map<string, string>();
  const result: ConfigMap = new Map();
  for (const [key, value] of data) {
    if (SECRET_VARIABLE.test(key)) note(replacements, value, MASK);
    else if (key === "DATABASE_CONN_URL" && typeof value === "string") note(replacements, value, maskUrl(value));
  }
  for (const [key, value] of data) {
    if (SECRET_VARIABLE.test(key)) result.set(key, MASK);
    else if (key === "DATABASE_CONN_URL" && typeof value === "string") result.set(key, maskUrl(value));
    else result.set(maskText(key, replacements), maskValue(value, replacements));
  }
  return result;
}

function note(replacements: Map<string, string>, value: ConfigValue, masked: string): void {
  if (typeof value === "string" && value.length >= SHORTEST_SOUGHT && value !== masked) replacements.set(value, masked);
}

function maskValue(value: ConfigValue, replacements: ReadonlyMap<string, string>): ConfigValue {
  if (replacements.size === 0) return value;
  if (typeof value === "string") return maskText(value, replacements);
  if (Array.isArray(value)) return value.map((item) => maskValue(item, replacements));
  if (isConfigMap(value)) {
    const entries = Array.from(
      value,
      ([key, item]) => [maskText(key, replacements), maskValue(item, replacements)] as const,
    );
    return new Map(entries);
  }
  if (typeof value === "object" && value !== null && "text" in value) {
    return { kind: value.kind, text: maskText(value.text, replacements) };
  }
  return value;
}

function maskText(text: string, replacements: ReadonlyMap<string, string>): string {
  let result = text;
  for (const [secret, masked] of replacements) result = result.replaceAll(secret, () => masked);
  return result;
}

/** The password between user and host, and `password=` parameters. */
export function maskUrl(url: string): string {
  const start = url.indexOf("://") + 3;
  const colon = url.indexOf(":", start);
  const at = url.lastIndexOf("@");
  const hasPassword = start > 2 && colon >= 0 && colon < at;
  const masked = hasPassword ? `${url.slice(0, colon + 1)}${MASK}${url.slice(at)}` : url;
  return masked.replace(/([?&](?:password|passwd|pwd|sslpassword)=)[^&]*/gi, `$1${MASK}`);
}
