/** One block of a stream of server-sent events. A heartbeat has no data. */
export interface Frame {
  id: string | null;
  event: string;
  data: string | null;
  /** When to come back after the stream ends, in milliseconds. */
  retryMs: number | null;
}

/**
 * Reads frames out of text that comes in pieces (HTML standard, "parsing an event stream"). A frame that is not complete
 * when the stream ends was never sent.
 */
export function frameReader(): (piece: string) => Frame[] {
  let rest = "";
  let lines: string[] = [];
  return (piece) => {
    const frames: Frame[] = [];
    const text = rest + piece;
    // A carriage return at the end may be half of a line's end.
    const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
    const complete = whole.split(/\r\n|\n|\r/);
    rest = (complete.pop() ?? "") + text.slice(whole.length);
    for (const line of complete) {
      if (line !== "") {
        lines.push(line);
        continue;
      }
      const frame = parseFrame(lines);
      lines = [];
      if (frame !== null) frames.push(frame);
    }
    return frames;
  };
}

function parseFrame(lines: readonly string[]): Frame | null {
  const frame: Frame = { id: null, event: "message", data: null, retryMs: null };
  let isEmpty = true;
  for (const line of lines) {
    const colon = line.indexOf(":");
    isEmpty = false;
    if (colon === 0) continue;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "id") frame.id = value;
    else if (name === "event") frame.event = value;
    else if (name === "data") frame.data = frame.data === null ? value : `${frame.data}\n${value}`;
    else if (name === "retry" && /^\d{1,9}$/.test(value)) frame.retryMs = Number(value);
  }
  return isEmpty ? null : frame;
}
