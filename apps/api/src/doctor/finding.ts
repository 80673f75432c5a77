/** What was found out about one thing. */
export interface Finding {
  /** A problem keeps something from working; a warning will, or may. */
  state: "ok" | "warning" | "problem";
  /** What was looked at. */
  subject: string;
  /** What is there. */
  detail: string;
  /** What to do; null when nothing is. */
  remedy: string | null;
}

export const ok = (subject: string, detail: string): Finding => ({ state: "ok", subject, detail, remedy: null });
export const warning = (subject: string, detail: string, remedy: string): Finding => ({
  state: "warning",
  subject,
  detail,
  remedy,
});
export const problem = (subject: string, detail: string, remedy: string): Finding => ({
  state: "problem",
  subject,
  detail,
  remedy,
});

/** One line, and the remedy below it. Control characters, which a name on disk may hold, are left out. */
export function findingLines({ state, subject, detail, remedy }: Finding): string {
  const line = `${state.padEnd(9)}${subject.padEnd(20)}${detail}`;
  const text = remedy === null ? line : `${line}\n${" ".repeat(29)}-> ${remedy}`;
  return text.replace(/[^\P{C}\n]/gu, "?");
}
