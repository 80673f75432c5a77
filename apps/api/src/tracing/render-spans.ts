import type { ObservedRender, RenderObserver } from "../render/render-observer.js";

/** The library as it was loaded. */
export type OpenTelemetry = typeof import("@opentelemetry/api");

export const TRACER = "autosubmit-api";

/** Makes a span of each view that was built for a request, and below it one of each source that was read. */
export function renderSpans(api: OpenTelemetry): RenderObserver {
  const tracer = api.trace.getTracer(TRACER);
  return {
    joined: (view) => api.trace.getActiveSpan()?.addEvent("shared an answer", { "autosubmit.view": view }),
    answered: (render) => {
      const { view, expid, outcome, startedAtMs, durationMs } = render;
      const span = tracer.startSpan(`render ${view}`, {
        startTime: startedAtMs,
        attributes: {
          "autosubmit.view": view,
          "autosubmit.outcome": outcome,
          ...(expid && { "autosubmit.expid": expid }),
        },
      });
      addReads(api, render, api.trace.setSpan(api.context.active(), span));
      if (FAILURES.has(outcome)) span.setStatus({ code: api.SpanStatusCode.ERROR, message: outcome });
      span.end(startedAtMs + durationMs);
    },
  };
}

const FAILURES: ReadonlySet<string> = new Set(["failed", "overloaded", "timeout", "lost"]);

function addReads(
  api: OpenTelemetry,
  { work }: ObservedRender,
  parent: ReturnType<OpenTelemetry["context"]["active"]>,
): void {
  const tracer = api.trace.getTracer(TRACER);
  for (const { source, startedAtMs, durationMs, error } of work?.reads ?? []) {
    const options = { startTime: startedAtMs, attributes: { "autosubmit.source": source } };
    const span = tracer.startSpan(`read ${source}`, options, parent);
    if (error !== null) span.setStatus({ code: api.SpanStatusCode.ERROR, message: error });
    span.end(startedAtMs + durationMs);
  }
}
