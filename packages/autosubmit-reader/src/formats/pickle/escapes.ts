const STRING_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * Undoes the escapes of a Python 2 `repr`, each byte as the code point of the same number (latin1). Escapes that Python
 * does not know stay as they are.
 */
export function unescapeString(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))/gs, (sequence, hex, octal, letter) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    return STRING_ESCAPES[letter] ?? sequence;
  });
}

/** Undoes Python's raw-unicode-escape: only `\uXXXX` and `\UXXXXXXXX`, after an even number of backslashes. */
export function unescapeRawUnicode(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/(\\+)(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g, (sequence, slashes: string, four, eight) => {
    if (slashes.length % 2 === 0) return sequence;
    const code = Number.parseInt(four ?? eight, 16);
    return code > 0x10ffff ? sequence : slashes.slice(1) + String.fromCodePoint(code);
  });
}
