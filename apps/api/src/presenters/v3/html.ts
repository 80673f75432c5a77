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

/** Statuses whose colour is too dark for black text. */
const LIGHT_TEXT: ReadonlySet<JobStatusName> = new Set(["RUNNING", "FAILED", "HELD"]);

/** As `jobTitle`, with a text colour that can be read on the badge. */
export function treeJobTitle(name: string, status: JobStatusName): string {
  const style = `background-color: ${STATUS_COLOURS[status]}; color:${LIGHT_TEXT.has(status) ? "#fff" : "#000"};`;
  return `${escapeHtml(name)} <span class='badge' style='${style}'>#${status}</span>`;
}

/** Badges of jobs in trees; each begins with a blank, to be added to a title. */
export const TREE_BADGES = {
  /** Waits for no job. */
  source: " <span class='badge' style='background-color:#80d4ff'>SOURCE</span>",
  /** No job waits for it. */
  target: " <span class='badge' style='background-color:#99ff66'>TARGET</span>",
  /** Has a start date and no member. */
  sync: " <span class='badge' style='background-color:#0066ff; color:white'>SYNC</span>",
  checkmark: " <span class='badge' style='background-color:#4dffa6'>&#10004;</span>",
} as const;

/** The badge of a wrapped job in trees, with the wrapper's whole name. */
export function treeWrappedBadge(wrapper: string): string {
  return ` <span class='badge' style='background-color:#94b8b8'>Wrapped ${escapeHtml(wrapper)} </span>`;
}

/** What a folder's badges count. */
export interface FolderCounts {
  completed: number;
  failed: number;
  running: number;
  queuing: number;
  held: number;
  total: number;
}

/** The two looks of folder badges: the tree's, and the tree's of a past run. */
export type FolderLook = "tree" | "run";

const RUNNING_TEXT: Record<FolderLook, string> = { tree: "#fff", run: "white" };

/** The badge of a folder with the number of its completed jobs, yellow when these are all. */
export function completedBadge({ completed, total }: FolderCounts, look: FolderLook): string {
  const colour = completed === total ? "yellow" : "#ffffb3";
  const indent = look === "tree" ? " " : "";
  return `<span class='badge' style='background-color:${colour}'>${indent}${completed} / ${total} COMPLETED</span>`;
}

/** The badges of a folder for the other statuses that its jobs have. */
export function statusBadges({ failed, running, queuing, held }: FolderCounts, look: FolderLook): string {
  const runningStyle = `background-color:green; color:${RUNNING_TEXT[look]}`;
  return (
    countBadge(failed, "FAILED", "background-color:red") +
    countBadge(running, "RUNNING", runningStyle) +
    countBadge(queuing, "QUEUING", "background-color:pink") +
    (look === "tree" ? countBadge(held, "HELD", "background-color:#fa8072; color:#fff") : "")
  );
}

function countBadge(count: number, status: string, style: string): string {
  return count === 0 ? "" : ` <span class='badge' style='${style}'>${count} ${status}</span>`;
}

const UNIFORM_COLOURS = { COMPLETED: "yellow", WAITING: "#aaa", SUSPENDED: "orange" } as const;

/** The badge of a start date whose jobs all have one status. */
export function uniformBadge(status: keyof typeof UNIFORM_COLOURS, jobCount: number): string {
  const style = `background-color:${UNIFORM_COLOURS[status]}`;
  return `<span class='badge' style='${style}'> ${jobCount} / ${jobCount} ${status} </span>`;
}

/** Badges that GUIs fill in themselves while they monitor: %C completed, %T total, %B colour, %R, %Q, %F, %H counts. */
export function badgeTemplates(look: FolderLook) {
  return {
    completed_tag: " <span class='badge' style='background-color:%B'> %C / %T COMPLETED</span>",
    running_tag: ` <span class='badge' style='background-color:green; color:${RUNNING_TEXT[look]}'>%R RUNNING</span>`,
    queuing_tag: " <span class='badge' style='background-color:pink'>%Q QUEUING</span>",
    failed_tag: " <span class='badge' style='background-color:red'>%F FAILED</span>",
    held_tag: " <span class='badge' style='background-color:#fa8072; color:#fff'>%H HELD</span>",
    checkmark: TREE_BADGES.checkmark,
  };
}

/** Stands beside the times of a job whose files contradict each other. */
export const SUSPICIOUS_MARK = " <small><i><b>SUSPICIOUS</b></i></small>";
