/** The parts of an OpenAPI 3.1 document that are read or completed here. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  servers?: { url: string }[];
  tags?: { name: string; description?: string }[];
  paths: Record<string, Partial<Record<HttpMethod, Operation>>>;
  components: Components;
}

export interface Components {
  schemas: Record<string, Schema>;
  responses?: Record<string, Response>;
  headers?: Record<string, Header>;
  parameters?: Record<string, Parameter>;
  securitySchemes?: Record<string, object>;
}

export const HTTP_METHODS = ["get", "put", "post", "delete", "patch"] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: (Parameter | Referral)[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, Response | Referral>;
  security?: Record<string, string[]>[];
  /** Who may use it; see `Access`. */
  "x-access"?: string;
}

export interface Parameter {
  name: string;
  in: "query" | "path" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

export interface Response {
  description: string;
  headers?: Record<string, Header | Referral>;
  content?: Record<string, Media>;
}

export interface Header {
  description: string;
  schema: Schema;
}

export interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

/** A JSON schema; only what is looked at is typed. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  [keyword: string]: unknown;
}

export interface Referral {
  $ref: string;
}
