import type { JournalEvent } from "@autosubmit-api/db";
import { isoInstant } from "@autosubmit-api/domain";
import type { LiveEvent, TimeZone } from "@autosubmit-api/shared-types";
import type { WebhookTemplate } from "../config/webhook-settings.js";

/** What a receiver is sent, JSON. */
export function webhookBody(template: WebhookTemplate, event: JournalEvent, timeZone: TimeZone): string {
  const told = toLiveEvent(event, timeZone);
  return JSON.stringify(template === "json" ? told : { text: chatText(told) });
}

function toLiveEvent({ id, at, expid, kind, data }: JournalEvent, timeZone: TimeZone): LiveEvent {
  const noticed = isoInstant(at.getTime() / 1000, timeZone) ?? at.toISOString();
  // The watcher wrote kind and data together, from one type.
  return { id, at: noticed, expid, kind, data: JSON.parse(data) } as LiveEvent;
}

/** A line for people. Names come from files of other users: what chats would take for markup or a mention is defused. */
function chatText(event: LiveEvent): string {
  const { expid } = event;
  switch (event.kind) {
    case "job-status":
      return `${code(expid)}: job ${code(event.data.name)} is ${event.data.new} (was ${event.data.old})`;
    case "job-list":
      return `${code(expid)}: the job list changed: ${event.data.added} jobs added, ${event.data.removed} removed`;
    case "status-counts":
      return `${code(expid)}: ${countsText(event.data.counts)} of ${event.data.total}`;
    case "run-started":
      return `${code(expid)}: run ${event.data.runId} started with ${event.data.total} jobs`;
    case "run-finished":
      return `${code(expid)}: run ${event.data.runId} finished: ${event.data.completed} of ${event.data.total} completed, ${event.data.failed} failed`;
    case "experiment-status":
      return `${code(expid)} is ${event.data.new}: ${event.data.reasons[0] ?? ""}`;
    case "log-added":
      return `${code(expid)}: new log ${code(event.data.name)}`;
  }
}

const countsText = (counts: Record<string, number | undefined>) =>
  Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(", ");

/** As code, which chats leave alone; a backtick would end it, and a line break the line. */
const code = (text: string) => `\`${text.replace(/[`\s\p{Cc}]/gu, "_").slice(0, 200)}\``;
