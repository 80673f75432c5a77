import { ProviderError } from "./login-outcome.js";

/** A provider as messages name it, and until when it may be asked. */
export interface ProviderCall {
  /** Completes "… did not answer", such as "The CAS server". */
  provider: string;
  /** Ends when the time is up or the client has gone away. */
  signal: AbortSignal;
}

const MOST_BYTES = 1024 * 1024;
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);

/**
 * Asks a provider. Redirects are not followed: they could lead anywhere, with our secret. The body is there when this
 * returns, and is not larger than a limit.
 * @throws ProviderError that no answer came, or one that is too large
 */
export async function fetchFromProvider(
  { provider, signal }: ProviderCall,
  url: string | URL,
  request: RequestInit = {},
): Promise<Response> {
  try {
    const response = await fetch(url, {
      ...request,
      redirect: "manual",
      signal: request.signal ? AbortSignal.any([signal, request.signal]) : signal,
    });
    const bytes = await readBody(response, provider);
    // Already decoded: what the headers say of it no longer holds.
    const headers = new Headers(response.headers);
    headers.delete("content-encoding");
    headers.delete("content-length");
    const { status } = response;
    return new Response(WITHOUT_BODY.has(status) ? null : bytes, { status, headers });
  } catch (cause) {
    if (cause instanceof ProviderError) throw cause;
    throw new ProviderError(`${provider} ${isTimeout(cause) ? "did not answer in time" : "cannot be reached"}`, {
      cause,
    });
  }
}

async function readBody(response: Response, provider: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      size += chunk.byteLength;
      // Leaving the loop ends the connection.
      if (size > MOST_BYTES) throw new ProviderError(`${provider} sent an answer that is too large`);
      chunks.push(chunk);
    }
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

/**
 * The JSON object that a provider answered with.
 * @throws ProviderError that it is none
 */
export async function readJsonObject(response: Response, provider: string): Promise<Record<string, unknown>> {
  const body = parseJson(await response.text());
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new ProviderError(`${provider} answered with something else than JSON`, {
    cause: new Error(`status ${response.status}`),
  });
}

/** Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
