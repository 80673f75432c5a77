import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSite, type Site } from "autosubmit-reader";

/** An empty site in a temporary folder. */
export async function temporarySite(): Promise<{ root: string; site: Site }> {
  const root = mkdtempSync(join(tmpdir(), "api-site-"));
  for (const folder of ["metadata/data", "metadata/structures", "metadata/graph"])
    mkdirSync(join(root, folder), { recursive: true });
  const configurationFile = join(root, ".autosubmitrc");
  writeFileSync(
    configurationFile,
    [
      ...["[database]", `path = ${root}`, "filename = autosubmit.db", "[local]", `path = ${root}`],
      ...["[historicdb]", `path = ${root}/metadata/data`, "[structures]", `path = ${root}/metadata/structures`],
      ...["[graph]", `path = ${root}/metadata/graph`, ""],
    ].join("\n"),
  );
  return { root, site: await openSite({ environment: { HOME: root }, configurationFile }) };
}
