import { onTestFinished } from "vitest";

/** An event of a stream as a browser would dispatch it. */
export interface StreamedEvent {
  id: string;
  event: string;
  data: unknown;
}

/** Reads a stream of server-sent events over real HTTP. */
export interface EventReader {
  response: Response;
  events: StreamedEvent[];
  /** Resolves when so many events came. */
  received(count: number): Promise<StreamedEvent[]>;
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  close(): void;
}

export async function readEvents(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(url, {
    headers: { accept: "text/event-stream", ...headers },
    signal: abort.signal,
  });
  const events: StreamedEvent[] = [];
  let wake = () => {};
  const read = async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const event = parseFrame(text.slice(0, end));
        text = text.slice(end + 2);
        if (event !== null) events.push(event);
      }
      wake();
    }
  };
  const ended = read().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return {
    response,
    events,
    ended,
    close: () => abort.abort(),
    received: async (count) => {
      while (events.length < count) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const isOver = await Promise.race([more.then(() => false), ended.then(() => true)]);
        if (isOver && events.length < count) throw new Error(`the stream ended after ${events.length} events`);
      }
      return events;
    },
  };
}

function parseFrame(frame: string): StreamedEvent | null {
  const fields = new Map(
    frame
      .split("\n")
      .filter((line) => !line.startsWith(":"))
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)] as const),
  );
  const data = fields.get("data");
  return data === undefined
    ? null
    : { id: fields.get("id") ?? "", event: fields.get("event") ?? "message", data: JSON.parse(data) };
}
