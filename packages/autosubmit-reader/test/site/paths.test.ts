import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAutosubmitrc } from "../../src/site/autosubmitrc.js";
import { experimentPaths, findExpidOfPath } from "../../src/site/paths.js";
import type { SiteSettings } from "../../src/site/site-settings.js";

const PLACE = { home: "/home/u", workingDirectory: "/" };
const text = "[local]\npath = /site\n[historicdb]\npath = /data\n[graph]\npath = /graphs";
const settings: SiteSettings = { ...parseAutosubmitrc([{ path: "/rc", text }], PLACE), warnings: [] };

test("a path tells its experiment, wherever the site keeps it", () => {
  const { folder, tmp, ...others } = experimentPaths(settings, "a000");
  const paths = [folder, join(tmp, "LOG_a000/x.out"), `${others.jobDataDb}-wal`, ...Object.values(others)];
  expect(new Set(paths.map((path) => findExpidOfPath(settings, path)))).toEqual(new Set(["a000"]));
});

test("a path of the site alone tells none", () => {
  const paths = ["autosubmit.db", "as_times.db", "", "metadata/data", "logs/x"];
  expect(paths.map((path) => findExpidOfPath(settings, join(settings.localRootDir, path)))).toEqual(
    paths.map(() => null),
  );
});
