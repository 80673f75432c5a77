import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./api-types.js";
import { authorizationOf, type Token } from "./token.js";

/**
 * Every route of the API, with the types of its parameters and answers. Texts (`format: "csv"`) are asked for with
 * `parseAs: "text"`.
 */
export type ApiClient = Client<paths, "application/json">;

export interface ApiClientOptions {
  /** Where the API is, with its root path if it has one: `https://host/api`. */
  baseUrl: string;
  token?: Token;
  /** Instead of the global one. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client of all routes: `client.GET("/v4/experiments/{expid}", { params: { path: { expid } } })` resolves to `{ data }` or, for
 * statuses of errors, `{ error }`, with `response` beside them. Rejects only when there is no answer.
 */
export function createApiClient({ baseUrl, token, fetch }: ApiClientOptions): ApiClient {
  const client = createClient<paths, "application/json">({ baseUrl, ...(fetch !== undefined && { fetch }) });
  client.use({
    onRequest: async ({ request }) => {
      const authorization = await authorizationOf(token);
      if (authorization !== null) request.headers.set("Authorization", authorization);
      return request;
    },
  });
  return client;
}
