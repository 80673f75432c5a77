import { stat } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { type Environment, SECRET_VARIABLES } from "@autosubmit-api/settings";
import type { Config } from "../config/config.js";
import { describeUnknownVariables } from "../config/unknown-variables.js";
import { type Finding, ok, warning } from "./finding.js";

/** Bytes of a key that cannot be guessed, as RFC 7518 §3.2 has it for HS256. */
const SHORTEST_KEY = 32;
const OTHERS_MAY_READ = 0o004;

/** Looks for settings that are allowed and dangerous. */
export async function* examineSettings(config: Config, environment: Environment): AsyncIterable<Finding> {
  const open = isOpenToOthers(config.host);
  yield examineProtection(config, open);
  if (config.trustProxy && open)
    yield warning(
      "proxy headers",
      `AS_API_TRUST_PROXY is on and ${config.host} can be reached without the proxy`,
      "set HOST=127.0.0.1, or let a firewall pass only the proxy: clients could forge their addresses",
    );
  if (config.corsOrigins === "*" && config.protectionLevel !== "NONE")
    yield warning(
      "browsers",
      "pages of any site may call this API from its users' browsers",
      "set AS_API_CORS_ORIGINS to the address of the GUI",
    );
  for (const finding of examineKeys(environment)) yield finding;
  if (process.getuid?.() === 0)
    yield warning("user", "root", "run it as a user of its own that may only read: User= of the systemd unit");
  yield* examineSecretFiles(config, environment);
  for (const detail of describeUnknownVariables(environment))
    yield warning("variables", detail, "correct the name or remove it");
}

function examineProtection({ protectionLevel, host, port }: Config, open: boolean): Finding {
  const detail = `PROTECTION_LEVEL is ${protectionLevel}, listening on ${host}:${port}`;
  return protectionLevel === "ALL" || !open
    ? ok("protection", detail)
    : warning("protection", detail, "everybody who reaches the port may read: set PROTECTION_LEVEL or HOST=127.0.0.1");
}

/** Whether more than this machine can reach the address; a name may be anything. */
function isOpenToOthers(host: string): boolean {
  if (host === "localhost" || host === "::1") return false;
  return isIP(host) === 4 ? !host.startsWith("127.") : true;
}

function examineKeys(environment: Environment): Finding[] {
  return ["SECRET_KEY", "AS_API_SECRET_TOKEN"].flatMap((name) => {
    const key = environment[name];
    if (key === undefined) return [];
    const length = Buffer.byteLength(key);
    if (length >= SHORTEST_KEY) return [ok("secrets", `${name} is long enough`)];
    return [warning("secrets", `${name} has ${length} bytes`, `use ${SHORTEST_KEY} or more: openssl rand -base64 48`)];
  });
}

/** Files that hold secrets, or may. */
async function* examineSecretFiles(config: Config, environment: Environment): AsyncIterable<Finding> {
  const holdsSecrets = SECRET_VARIABLES.some((name) => environment[name] !== undefined);
  const files = [config.settingsFile, ...(holdsSecrets ? [join(process.cwd(), ".env")] : [])];
  for (const file of files) {
    const found = await stat(file).catch(() => null);
    if (found === null || (found.mode & OTHERS_MAY_READ) === 0) continue;
    yield warning("secrets", `every user of this machine may read ${file}`, `chmod o-rwx ${file}`);
  }
}
