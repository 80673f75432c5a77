/**
 * Where each job of a list is, by its name; of equal names the last one. Made once and used for every other source: what
 * they say of a job is then found by its position, not by its name again and again.
 */
export type JobPositions = ReadonlyMap<string, number>;

/** @param names job names in list order */
export function jobPositions(names: readonly string[]): JobPositions {
  const positions = new Map<string, number>();
  for (let index = 0; index < names.length; index += 1) positions.set(names[index] ?? "", index);
  return positions;
}

/**
 * What a source says of each job, in list order; null for jobs that it does not name.
 * @param better of two entries of one job, whether the second one holds; always unless given
 */
export function inListOrder<Entry>(
  names: readonly string[],
  positions: JobPositions,
  entries: Iterable<Entry>,
  { nameOf, better }: { nameOf: (entry: Entry) => string; better?: (entry: Entry, than: Entry) => boolean },
): (Entry | null)[] {
  const ordered = new Array<Entry | null>(names.length).fill(null);
  for (const entry of entries) {
    const index = positions.get(nameOf(entry));
    if (index === undefined) continue;
    const known = ordered[index] ?? null;
    if (known === null || better === undefined || better(entry, known)) ordered[index] = entry;
  }
  // Jobs of one name share what is said of it.
  if (positions.size < names.length) return names.map((name) => ordered[positions.get(name) ?? -1] ?? null);
  return ordered;
}
