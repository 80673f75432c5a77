import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../support/test-api.js";

const URL = "/v3/tree/a000";
const CODINGS = ["br", "gzip", "identity"] as const;
const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Buffer) => bytes };

let api: TestApi;
beforeAll(async () => {
  // Nothing runs in it, so that its answers stay the same.
  api = await startTestApi([{ expid: "a000", jobs: 200, progress: 1, version: "4.1.17" }], {
    environment: { AS_API_CORS_ORIGINS: "https://gui.example.org" },
  });
});
afterAll(() => api.close());

const ask = (acceptEncoding: string, headers: Record<string, string> = {}, url = URL) =>
  api.app.inject({ url, headers: { "accept-encoding": acceptEncoding, ...headers } });

describe("packed answers", () => {
  test.each(CODINGS)("are the same content: %s", async (coding) => {
    const [plain, packed] = [await api.app.inject(URL), await ask(coding)];
    expect(packed.headers["content-encoding"]).toBe(coding === "identity" ? undefined : coding);
    expect(packed.headers["content-length"]).toBe(String(packed.rawPayload.length));
    expect(Buffer.compare(UNPACK[coding](packed.rawPayload), plain.rawPayload)).toBe(0);
  });

  test("say that they depend on the header, the unpacked and the unchanged ones too", async () => {
    const { headers } = await ask("br", { origin: "https://gui.example.org" });
    const unchanged = await ask("br", { "if-none-match": String(headers.etag) });
    const vary = [headers, (await api.app.inject(URL)).headers, unchanged.headers].map(({ vary }) => String(vary));
    expect(vary.map((names) => names.split(/, */).includes("Accept-Encoding"))).toEqual([true, true, true]);
    expect(vary[0]).toContain("Origin");
  });

  test("have an ETag for each coding; a client with any of them is told that nothing changed", async () => {
    const tags = await Promise.all(CODINGS.map(async (coding) => String((await ask(coding)).headers.etag)));
    expect(new Set(tags).size).toBe(3);
    for (const coding of CODINGS) {
      for (const tag of tags) {
        const answer = await ask(coding, { "if-none-match": tag });
        expect([answer.statusCode, answer.headers.etag, answer.body]).toEqual([304, tag, ""]);
      }
      expect((await ask(coding, { "if-none-match": '"x.br"' })).statusCode).toBe(200);
    }
  });

  test("HEAD has the headers of GET", async () => {
    const get = await ask("br");
    const head = await api.app.inject({ method: "HEAD", url: URL, headers: { "accept-encoding": "br" } });
    const names = ["content-encoding", "content-length", "etag", "vary"];
    expect(names.map((name) => head.headers[name])).toEqual(names.map((name) => get.headers[name]));
  });

  test("are those of v4 too, and of texts to save; small ones and errors are sent as they are", async () => {
    const packed = await ask("br", {}, "/v4/experiments/a000/jobs");
    expect(packed.headers["content-encoding"]).toBe("br");
    expect((await ask("br", {}, "/v4/experiments/a000/wrappers")).headers["content-encoding"]).toBeUndefined();
    expect((await ask("br", {}, "/v4/experiments/none/jobs")).headers["content-encoding"]).toBeUndefined();
  });
});
