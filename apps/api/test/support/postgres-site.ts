import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSite } from "autosubmit-reader";
import { planImport } from "../../src/import-site/plan-import.js";
import { runPlan } from "../../src/import-site/run-import.js";

/** A configuration file like another, with the tables in PostgreSQL. */
export function postgresConfiguration(configurationFile: string, url: string): string {
  const text = readFileSync(configurationFile, "utf8").replace(/^backend.*$/m, "");
  const moved = `${configurationFile}-${new URL(url).pathname.slice(1)}`;
  writeFileSync(
    moved,
    text.replace("[database]", `[database]\nbackend = postgres\nconnection_url = ${url.replaceAll("%", "%%")}`),
  );
  return moved;
}

/** Copies the tables of a site into a database. @returns the configuration file of the site there */
export async function moveToPostgres(root: string, url: string): Promise<string> {
  const configurationFile = join(root, ".autosubmitrc");
  const moved = postgresConfiguration(configurationFile, url);
  const environment = { HOME: root };
  const from = await openSite({ environment, configurationFile });
  const target = await openSite({ environment, configurationFile: moved });
  const { failures } = await runPlan(await planImport(from, null), target);
  if (failures.length > 0) throw new Error(failures.join("\n"));
  return moved;
}
