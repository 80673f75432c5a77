// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be shown as text
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** Text from files as a terminal may show it: control characters, which could move the cursor or worse, are spelled out. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
