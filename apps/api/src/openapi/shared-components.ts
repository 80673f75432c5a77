import type { Components, Header, Referral, Response, Schema } from "./document.js";

const component = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const header = (name: string): Referral => ({ $ref: `#/components/headers/${name}` });

function refusal(description: string, message: string, headers: Record<string, Referral> = {}): Response {
  const example = { error: true, error_message: message, detail: message };
  return {
    description,
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { "application/json": { schema: component("RefusalV4"), example } },
  };
}

const count = (description: string): Header => ({ description, schema: { type: "integer", minimum: 0 } });

/** How often a user, or an address where nobody is logged in, may still ask; on every answer that is counted. */
export const RATE_HEADERS = {
  "X-RateLimit-Limit": header("X-RateLimit-Limit"),
  "X-RateLimit-Remaining": header("X-RateLimit-Remaining"),
  "X-RateLimit-Reset": header("X-RateLimit-Reset"),
} as const;

/** What operations refer to instead of repeating it. */
export const SHARED_COMPONENTS = {
  securitySchemes: {
    bearer: {
      type: "http",
      scheme: "bearer",
      bearerFormat: "JWT",
      description:
        "The token of a login, or the service token of the site. Needed for reading where PROTECTION_LEVEL is ALL.",
    },
    ticket: {
      type: "apiKey",
      in: "query",
      name: "ticket",
      description: "Of `POST /v4/events/tickets`: opens feeds of events, where EventSource cannot send a header.",
    },
  },
  headers: {
    ETag: { description: "Names this content, for If-None-Match", schema: { type: "string" } },
    "Retry-After": count("Seconds after which to ask again"),
    "X-RateLimit-Limit": count("Requests of this kind in a minute; absent where they are not limited"),
    "X-RateLimit-Remaining": count("How many of them are left"),
    "X-RateLimit-Reset": count("Seconds until all of them are there again"),
  },
  parameters: {
    IfNoneMatch: {
      name: "If-None-Match",
      in: "header",
      required: false,
      description: "ETags of the contents that the client has",
      schema: { type: "string" },
      example: '"none-of-ours"',
    },
  },
  responses: {
    Unauthorized: refusal("A token is needed, and there is none that is good", "Unauthorized"),
    Forbidden: refusal("The user may not do that", "You do not have permission to perform this operation"),
    TooManyRequests: refusal(
      "Too many requests of this kind in this minute",
      "More than 600 requests of this kind in a minute; please ask again in 12 s",
      { "Retry-After": header("Retry-After"), ...RATE_HEADERS },
    ),
    UrlTooLong: refusal("The address is longer than any of ours", "The address is longer than 8192 bytes"),
    BodyMalformed: refusal(
      "The body is not as long as its headers say",
      "Request body size did not match Content-Length",
    ),
    BodyTooLarge: refusal("The body is too large", "Request body is too large"),
    MediaTypeUnsupported: refusal("The body is not JSON", "Unsupported Media Type"),
  },
} as const satisfies Omit<Components, "schemas">;

export type SharedResponse = keyof typeof SHARED_COMPONENTS.responses;

export const sharedResponse = (name: SharedResponse): Referral => ({ $ref: `#/components/responses/${name}` });
export const sharedHeader = header;
export const schemaComponent = component;
