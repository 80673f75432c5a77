import type { ContentCoding } from "../render/compress.js";

/**
 * Entity tags are strong, so that each coding of a content has its own (RFC 9110 §8.8.3.3): the content's, as threads make
 * it, with the coding's name at its end. The separator occurs in no tag of a content.
 */
export function entityTag(contentTag: string, coding: ContentCoding): string {
  return coding === "identity" ? contentTag : `${contentTag.slice(0, -1)}.${coding}"`;
}

/** Weak forms match too, as they do for GET (RFC 9110 §13.1.2). */
const TAG = /^(?:W\/)?("[^"]*")$/;
const CODING_AT_END = /\.(?:br|gzip)"$/;

/**
 * The tag of an If-None-Match header that names this content in whichever coding, as the client has it; null when none does.
 * A client that holds the content in another coding than it would get now need not be sent it again.
 * @param coding what the client would get, which `*` stands for
 */
export function findEntityTag(header: string | undefined, contentTag: string, coding: ContentCoding): string | null {
  if (header === undefined) return null;
  for (const candidate of header.split(",")) {
    const trimmed = candidate.trim();
    if (trimmed === "*") return entityTag(contentTag, coding);
    const tag = TAG.exec(trimmed)?.[1];
    if (tag !== undefined && contentTagOf(tag) === contentTag) return tag;
  }
  return null;
}

/** The content's tag, of a header that names one and no list or `*`; those are only compared with an answer that was built. */
export function singleContentTag(header: string | undefined): string | undefined {
  const tag = /^(?:W\/)?("[\w.-]+")$/.exec(header?.trim() ?? "")?.[1];
  return tag === undefined ? undefined : contentTagOf(tag);
}

const contentTagOf = (tag: string) => tag.replace(CODING_AT_END, '"');
