import { isIP } from "node:net";

const NAMED_RANGES = ["loopback", "linklocal", "uniquelocal"];

/**
 * Which proxies' X-Forwarded-* headers are believed: nobody's, everybody's, those of the last so many before us, or those
 * from such addresses.
 */
export type TrustedProxies = boolean | number | string[];

/** What the text means; a text that means nothing is returned as it is. */
export function parseTrustedProxies(text: string): TrustedProxies | string {
  if (["True", "T", "true", "yes"].includes(text)) return true;
  if (["False", "F", "false", "no", "0"].includes(text)) return false;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const ranges = text.split(",").map((range) => range.trim());
  return ranges.every(isAddressRange) ? ranges : text;
}

function isAddressRange(text: string): boolean {
  if (NAMED_RANGES.includes(text)) return true;
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** The setting as Fastify takes it. The last proxy before us is hop 0. */
export function trustOf(proxies: TrustedProxies): boolean | string[] | ((address: string, hop: number) => boolean) {
  return typeof proxies === "number" ? (_address, hop) => hop < proxies : proxies;
}
