import type { JobStatusName } from "@autosubmit-api/shared-types";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as HTML content or attribute: names from experiment files never become markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Colours of the statuses, which GUIs also use in their legends (reference: monitor/monitor.py). */
export const STATUS_COLOURS: Record<JobStatusName, string> = {
  UNKNOWN: "white",
  WAITING: "#aaaaaa",
  READY: "lightblue",
  PREPARED: "lightsalmon",
  SUBMITTED: "cyan",
  HELD: "salmon",
  QUEUING: "lightpink",
  RUNNING: "green",
  COMPLETED: "yellow",
  FAILED: "red",
  SUSPENDED: "orange",
  SKIPPED: "lightyellow",
  DELAYED: "lightcyan",
};

/** A job's name with a badge of its status. */
export function jobTitle(name: string, status: JobStatusName): string {
  return `${escapeHtml(name)} <span class='badge' style='background-color: ${STATUS_COLOURS[status]}'>#${status}</span>`;
}

/** The badge of a job that is in a wrapper. */
export function wrappedBadge(wrapper: string): string {
  return `<span class='badge' style='background-color:#94b8b8'>Wrapped ${escapeHtml(wrapper)}</span>`;
}
