import { dirname } from "node:path";
import type { ConfigMap, ConfigValue } from "../../../src/formats/config/config-value.js";
import { isConfigFloat, isConfigMap } from "../../../src/formats/config/config-value.js";
import type { FileAnswer, FileReader } from "../../../src/formats/config/file-request.js";
import { createLoadContext } from "../../../src/formats/config/load-context.js";
import { loadYamlConfiguration } from "../../../src/formats/config/yaml-configuration.js";
import { parseAutosubmitrc } from "../../../src/site/autosubmitrc.js";

/** Texts by absolute path; folders are those that a path leads through. */
export type Files = Record<string, string>;

/** Runs a computation that asks for files on texts in memory. */
export function runInMemory<Result>(reader: FileReader<Result>, files: Files): Result {
  let step = reader.next();
  while (!step.done) step = reader.next(answer(step.value, files));
  return step.value;
}

function answer(path: string, files: Files): FileAnswer {
  const text = files[path];
  if (text !== undefined) return { kind: "file", text };
  const entries = Object.keys(files).filter((file) => dirname(file) === path);
  if (entries.length === 0) return { kind: "missing", reason: null };
  return {
    kind: "folder",
    entries: entries.map((file) => ({ name: file.slice(path.length + 1), resolvedPath: file })),
  };
}

/** Paths below `conf` where they are relative. */
export interface MemoryExperiment {
  files: Files;
  description?: string;
  environment?: { user?: string | null; sudoUser?: string | null; autosubmitVariables?: Record<string, string> };
}

/** The configuration of experiment `a000` of a site at `/site`, whose only own file names are relative ones. */
export function loadInMemory({ files, description = "", environment = {} }: MemoryExperiment): {
  data: ConfigMap;
  warnings: readonly string[];
} {
  const text = "[database]\npath = /site\n[local]\npath = /site\n";
  const settings = {
    ...parseAutosubmitrc([{ path: "/site/.autosubmitrc", text }], { home: "/home/u", workingDirectory: "/" }),
    warnings: [],
  };
  const all = Object.entries(files).map(([name, content]) => [
    name.startsWith("/") ? name : `/site/a000/conf/${name}`,
    content,
  ]);
  const context = createLoadContext("a000");
  const reader = loadYamlConfiguration(
    {
      expid: "a000",
      confFolder: "/site/a000/conf",
      settings,
      environment: { user: null, sudoUser: null, home: "/home/u", autosubmitVariables: {}, ...environment },
      description,
    },
    context,
  );
  const data = runInMemory(reader, { "/site/a000/conf/.keep": "", ...Object.fromEntries(all) });
  return { data, warnings: context.warnings };
}

/** Plain objects and arrays, for expectations; floats are `{float}`, opaque values `{kind, text}`. */
export function show(value: ConfigValue | undefined): unknown {
  if (isConfigMap(value)) return Object.fromEntries(Array.from(value, ([key, item]) => [key, show(item)]));
  if (Array.isArray(value)) return value.map(show);
  return isConfigFloat(value) ? { float: value.value } : value;
}
