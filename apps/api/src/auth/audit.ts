import type { AuditOutcome, AuditRepository } from "@autosubmit-api/db";
import type { Logger } from "pino";
import type { Principal } from "./principal.js";

/** A request as far as the audit trail tells of it. */
export interface AuditRequest {
  readonly id: string;
  readonly ip: string;
  readonly principal: Principal | null;
}

/** What somebody did, or tried to do. */
export interface AuditEvent {
  /** A dotted constant: `login.cas`, `settings.preferred-username`, `command.stop-experiment`. */
  action: `${string}.${string}`;
  /** Null for what is not about one experiment. */
  expid: string | null;
  /** `allowed` before something is done, `done` or `failed` after it; `refused` when it is not done at all. */
  outcome: AuditOutcome;
  /** More about it; never a secret. Null when there is nothing to say. */
  detail: Readonly<Record<string, unknown>> | null;
  /** Who it was, where the request itself does not tell, as with logins. */
  user?: string;
}

export interface AuditTrail {
  /**
   * Writes an entry; what it tells of must not be done before this resolves.
   * @throws DatabaseError when it cannot be written: then it must not be done at all
   */
  record(request: AuditRequest, event: AuditEvent): Promise<void>;
  /** The same for what happens in any case, such as a login; an entry that cannot be written is only logged. */
  note(request: AuditRequest, event: AuditEvent): Promise<void>;
}

export interface AuditSettings {
  entries: AuditRepository;
  /** Gets every entry too, so that a copy leaves the machine where logs do. */
  logger: Logger;
  clock: () => Date;
  /** How long the database refuses to delete entries; null for ever. */
  retentionMs: number | null;
}

const LONGEST_DETAIL = 4_000;
const LONGEST_NAME = 256;

/** JSON in any case, also of what is too long. */
function detailText(detail: AuditEvent["detail"]): string | null {
  if (detail === null) return null;
  const text = JSON.stringify(detail);
  return text.length <= LONGEST_DETAIL ? text : JSON.stringify({ cut: text.slice(0, LONGEST_DETAIL) });
}

export function createAuditTrail({ entries, logger, clock, retentionMs }: AuditSettings): AuditTrail {
  const log = logger.child({ component: "audit" });
  async function record({ id, ip, principal }: AuditRequest, event: AuditEvent): Promise<void> {
    const at = clock();
    const entry = {
      at,
      user: (event.user ?? principal?.user ?? null)?.slice(0, LONGEST_NAME) ?? null,
      kind: principal?.kind ?? "anonymous",
      address: ip,
      action: event.action,
      expid: event.expid?.slice(0, LONGEST_NAME) ?? null,
      outcome: event.outcome,
      detail: detailText(event.detail),
      requestId: id,
      keepUntil: retentionMs === null ? null : new Date(at.getTime() + retentionMs),
    };
    const { keepUntil: _, at: __, ...told } = entry;
    log.info({ audit: { ...told, detail: event.detail } }, "audit");
    await entries.append(entry);
  }
  return {
    record,
    note: async (request, event) => {
      try {
        await record(request, event);
      } catch (error) {
        log.error({ err: error }, "an audit entry could not be written");
      }
    },
  };
}
