/** A word that no shell can be given: nothing is run then. */
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
  if (word.includes("\0")) throw new UnquotableWordError("The text holds a NUL character, which no argument can hold");
  if (!isWellFormed(word)) throw new UnquotableWordError("The text is not well-formed Unicode");
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Words as a shell's command line that hands over exactly these. @throws UnquotableWordError */
export function shellQuoteAll(words: readonly string[]): string {
  return words.map(shellQuote).join(" ");
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
