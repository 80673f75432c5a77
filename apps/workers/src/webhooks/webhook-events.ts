import type { JournalEvent } from "@autosubmit-api/db";
import type { LiveEventData } from "@autosubmit-api/shared-types";
import type { Webhook } from "../config/webhook-settings.js";

/** Whether a webhook is to be told of an event. */
export function wantsEvent(
  { kinds, expids, statuses, sections }: Webhook,
  { kind, expid, data }: JournalEvent,
): boolean {
  if (kinds !== null && !(kinds as ReadonlySet<string>).has(kind)) return false;
  if (expids !== null && !expids.some((pattern) => matches(pattern, expid))) return false;
  if (kind !== "job-status" || (statuses === null && sections === null)) return true;
  const job = JSON.parse(data) as LiveEventData["job-status"];
  return (statuses === null || statuses.has(job.new)) && (sections === null || sections.has(job.section));
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}
