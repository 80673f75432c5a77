import type { FastifyReply } from "fastify";
import type { ContentCoding } from "../render/compress.js";

/** What we have, the best first. */
const CODINGS: readonly ContentCoding[] = ["br", "gzip", "identity"];

/**
 * The coding that an Accept-Encoding header asks for (RFC 9110 §12.5.3): the one of the highest weight, of equal ones the one
 * that packs better. Without the header, or when nothing that we have is acceptable, the content as it is.
 */
export function negotiateCoding(header: string | undefined): ContentCoding {
  if (header === undefined) return "identity";
  const weights = parseWeights(header);
  const others = weights.get("*");
  // Identity is acceptable unless it is excluded, but only preferred where it is named.
  const weightOf = (coding: ContentCoding) =>
    weights.get(coding) ?? (coding === "identity" ? LEAST_WEIGHT : (others ?? 0));
  let best: ContentCoding = "identity";
  let bestWeight = 0;
  for (const coding of CODINGS) {
    const weight = weightOf(coding);
    if (weight > bestWeight) [best, bestWeight] = [coding, weight];
  }
  return best;
}

/** Less than any weight that a client can give. */
const LEAST_WEIGHT = 0.000_1;
const MEMBER = /^([a-z0-9*!#$%&'+.^_`|~-]+)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

/** Members that are malformed are passed over. */
function parseWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const member of header.toLowerCase().split(",")) {
    const [, name, weight] = MEMBER.exec(member.trim()) ?? [];
    if (name !== undefined) weights.set(name === "x-gzip" ? "gzip" : name, weight === undefined ? 1 : Number(weight));
  }
  return weights;
}

/** Tells caches that the answer depends on that request header too, beside those that were named before. */
export function varyOn(reply: FastifyReply, header: string): void {
  const before = reply.getHeader("Vary");
  const names = [before ?? []].flat().flatMap((names) => String(names).split(/\s*,\s*/));
  if (names.includes("*") || names.some((name) => name.toLowerCase() === header.toLowerCase())) return;
  reply.header("Vary", [...names, header].join(", "));
}
