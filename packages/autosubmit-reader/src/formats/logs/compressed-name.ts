const SUFFIXES = [".xz", ".gz"] as const;

/** A log's name without the suffix of its compression. */
export function stripCompression(name: string): string {
  const suffix = SUFFIXES.find((end) => name.endsWith(end));
  return suffix === undefined ? name : name.slice(0, -suffix.length);
}

/** The names under which a log may be kept: as it is called, plain, and compressed; the first is `name` itself. */
export function compressedVariants(name: string): string[] {
  const plain = stripCompression(name);
  return [...new Set([name, plain, ...SUFFIXES.map((suffix) => plain + suffix)])];
}
