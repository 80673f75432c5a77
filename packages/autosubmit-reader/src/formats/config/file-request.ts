/**
 * How the loader, which does no I/O itself, asks for files: it yields a path and is resumed with what is there. Whoever
 * runs it decides where files come from (`sources/configuration-files.ts`, or a Map in tests).
 */
export type FileRequest = string;

/** What stands at a path, symbolic links followed. */
export type FileAnswer =
  | { kind: "file"; text: string }
  | { kind: "folder"; entries: readonly FolderEntry[] }
  /** `reason`: there is something, but it cannot be read; null when there is nothing. */
  | { kind: "missing"; reason: string | null };

/** A configuration file in a folder. */
export interface FolderEntry {
  name: string;
  /** Absolute, symbolic links resolved; decides the order of loading. */
  resolvedPath: string;
}

/** A computation that asks for files on its way. */
export type FileReader<Result> = Generator<FileRequest, Result, FileAnswer>;

const YAML_SUFFIX = /.\.(?:yml|yaml)$/;
const MINIMAL = /minimal\.(?:yml|yaml)$/;

/** Whether a file of a configuration folder is loaded: `*.yml` and `*.yaml`, hidden ones too, but not `.yml` itself. */
export function isConfigurationFile(name: string): boolean {
  return YAML_SUFFIX.test(name);
}

/** Whether the values of a file are the weakest ones: `minimal.yml`, and any name that ends so. */
export function isMinimalFile(name: string): boolean {
  return MINIMAL.test(name);
}

/** Files in the order in which they are loaded: by their path, component by component. */
export function inLoadingOrder(entries: readonly FolderEntry[]): FolderEntry[] {
  return entries.toSorted((left, right) => comparePaths(left.resolvedPath, right.resolvedPath));
}

function comparePaths(left: string, right: string): number {
  const leftParts = left.split("/");
  const rightParts = right.split("/");
  for (const [i, part] of leftParts.entries()) {
    const other = rightParts[i];
    if (other === undefined) return 1;
    const order = compareCodePoints(part, other);
    if (order !== 0) return order;
  }
  return leftParts.length - rightParts.length;
}

/** Python compares texts by code point, JavaScript by UTF-16 unit; they differ beyond U+FFFF. */
function compareCodePoints(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
