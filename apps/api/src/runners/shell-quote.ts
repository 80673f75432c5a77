/** A word that no program can be given: nothing is run then. */
export class UnquotableWordError extends Error {
  override readonly name = "UnquotableWordError";
}

/**
 * `word` as one word of a POSIX shell, whatever it holds; what is inside single quotes means itself, line ends included.
 * The only place where text becomes part of a shell script.
 * @throws UnquotableWordError for NUL, which no argument can hold, and for half of a surrogate pair, which would arrive
 *   as another character
 */
export function shellQuote(word: string): string {
  requireWord(word);
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Words as a shell's command line that hands over exactly these. @throws UnquotableWordError */
export function shellQuoteAll(words: readonly string[]): string {
  return words.map(shellQuote).join(" ");
}

/** What `shellQuote` refuses, for where there is no shell. @throws UnquotableWordError */
export function requireWord(word: string): void {
  if (word.includes("\0")) throw new UnquotableWordError("The text holds a NUL character, which no argument can hold");
  if (/\p{Surrogate}/u.test(word)) throw new UnquotableWordError("The text is not well-formed Unicode");
}
