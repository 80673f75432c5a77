import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

const READER = "autosubmit-reader";
const OURS = "@autosubmit-api/";

/** What each package's sources may import from the workspace. `types` only as `import type`. */
const RULES: Record<string, { values: string[]; types?: string[]; nodeModules: boolean }> = {
  "packages/shared-types": { values: [], nodeModules: false },
  "packages/domain": { values: [`${OURS}shared-types`], types: [READER], nodeModules: false },
  "packages/client": { values: [], nodeModules: false },
  "packages/settings": { values: [], nodeModules: true },
  "packages/autosubmit-reader": { values: [`${OURS}shared-types`], nodeModules: true },
  "packages/db": { values: [`${OURS}shared-types`], nodeModules: true },
  "apps/api": {
    values: [READER, `${OURS}client`, `${OURS}db`, `${OURS}domain`, `${OURS}settings`, `${OURS}shared-types`],
    nodeModules: true,
  },
  "apps/workers": {
    values: [READER, `${OURS}db`, `${OURS}domain`, `${OURS}settings`, `${OURS}shared-types`],
    nodeModules: true,
  },
  fixtures: { values: [`${OURS}shared-types`], nodeModules: true },
};

/** Where the web framework may be known. */
const FASTIFY_PLACES = /^apps\/api\/src\/(server|app|cli)\.ts$|^apps\/api\/src\/(plugins|routes)\//;

interface Import {
  file: string;
  specifier: string;
  typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}

function importsOf(packageFolder: string): Import[] {
  return sourceFiles(join(root, packageFolder, "src")).flatMap((path) => {
    const text = readFileSync(path, "utf8");
    const statements = text.matchAll(/^\s*(import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm);
    const dynamic = text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g);
    const file = relative(root, path);
    return [
      ...[...statements].map((match) => ({ file, specifier: match[3] ?? "", typeOnly: match[2] !== undefined })),
      ...[...dynamic].map((match) => ({ file, specifier: match[1] ?? "", typeOnly: false })),
    ];
  });
}

const isWorkspace = (specifier: string) =>
  specifier === READER || specifier.startsWith(`${READER}/`) || specifier.startsWith(OURS);

describe.each(Object.entries(RULES))("%s", (packageFolder, rule) => {
  const imports = importsOf(packageFolder);

  test("has sources to look at", () => {
    expect(sourceFiles(join(root, packageFolder, "src")).length).toBeGreaterThan(0);
  });

  test("imports only the packages below it", () => {
    const wrong = imports.filter(({ specifier, typeOnly }) => {
      if (!isWorkspace(specifier)) return false;
      return !rule.values.includes(specifier) && !(typeOnly && rule.types?.includes(specifier));
    });
    expect(wrong).toEqual([]);
  });

  test("reaches no other package by a relative path", () => {
    const wrong = imports.filter(({ file, specifier }) => {
      if (!specifier.startsWith(".")) return false;
      return !join(dirname(file), specifier).startsWith(`${packageFolder}/`);
    });
    expect(wrong).toEqual([]);
  });

  test.runIf(!rule.nodeModules)("does no I/O: nothing of Node is imported", () => {
    expect(imports.filter(({ specifier }) => specifier.startsWith("node:"))).toEqual([]);
  });

  test("knows the web framework only where requests arrive", () => {
    const wrong = imports.filter(
      ({ file, specifier }) => /^(fastify$|@fastify\/)/.test(specifier) && !FASTIFY_PLACES.test(file),
    );
    expect(wrong).toEqual([]);
  });
});
