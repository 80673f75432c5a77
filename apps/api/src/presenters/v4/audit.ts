import type { AuditEntry } from "@autosubmit-api/db";
import { isoInstant } from "@autosubmit-api/domain";
import type { AuditEntryV4Body, AuditV4Body, TimeZone } from "@autosubmit-api/shared-types";

/** @param entries of the page and, when there is one, the first of the next page */
export function presentAudit(entries: readonly AuditEntry[], limit: number, zone: TimeZone): AuditV4Body {
  const page = entries.slice(0, limit);
  const next = entries.length > limit ? (page.at(-1)?.id ?? null) : null;
  return { entries: page.map((entry) => presentEntry(entry, zone)), next };
}

function presentEntry({ at, detail, requestId, keepUntil: _, ...entry }: AuditEntry, zone: TimeZone): AuditEntryV4Body {
  return {
    ...entry,
    at: isoInstant(at.getTime() / 1000, zone) ?? at.toISOString(),
    detail: detail === null ? null : (JSON.parse(detail) as unknown),
    request_id: requestId,
  };
}
