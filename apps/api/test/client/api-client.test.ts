import { createApiClient } from "@autosubmit-api/client";
import { describe, expect, test } from "vitest";
import { SECRETS, startFeed } from "../support/feed-site.js";

describe("the client of all routes", () => {
  test("answers with data, or with the error of the status", async () => {
    const { base } = await startFeed({ PROTECTION_LEVEL: "ALL", ...SECRETS });
    const client = createApiClient({ baseUrl: base, token: () => "service" });
    const path = { expid: "a000" };
    const { data, response } = await client.GET("/v4/experiments/{expid}/jobs", {
      params: { path, query: { page_size: 2, view: "quick" } },
    });
    expect([response.status, data?.jobs.length]).toEqual([200, 2]);
    const missing = await client.GET("/v4/experiments/{expid}", { params: { path: { expid: "zzzz" } } });
    expect([missing.data, missing.response.status]).toEqual([undefined, 404]);
    expect(missing.error).toMatchObject({ error: true });
    const ticket = await client.POST("/v4/events/tickets");
    expect(ticket.data?.ticket).toMatch(/./);
    const anonymous = createApiClient({ baseUrl: base });
    expect((await anonymous.GET("/v4/experiments")).response.status).toBe(401);
  });
});
