import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScriptedApp, scriptedApp } from "./support/scripted-app.js";

interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema?: { default?: unknown } }[];
  responses: Record<string, { content?: Record<string, { schema?: { $ref?: string; anyOf?: { $ref?: string }[] } }> }>;
}

interface Document {
  openapi: string;
  info: { title: string; version: string; license: { name: string } };
  servers?: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, object>>;
}

let made: ScriptedApp;
let document: Document;
beforeAll(async () => {
  made = await scriptedApp();
  document = (await made.app.inject("/openapi.json")).json<Document>();
});
afterAll(() => made.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  );

describe("the OpenAPI document", () => {
  test("says what it describes", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(document.info).toMatchObject({ title: "Autosubmit API", version: "4.1.2b6" });
    expect(document.info.license.name).toBe("GPL-3.0-or-later");
  });

  test("describes every route with a summary, a tag and its answer by reference", () => {
    expect(operations().map(({ name }) => name)).toEqual(
      expect.arrayContaining(["get /", "get /v4", "get /v4/experiments/{expid}/jobs", "get /v3/quick/{expid}"]),
    );
    const incomplete = operations().filter(({ operation }) => {
      const { "application/json": json, ...texts } = operation.responses["200"]?.content ?? {};
      // A command answers with what it did, or with what it would do.
      const { $ref, anyOf = [] } = json?.schema ?? {};
      const answers = $ref === undefined ? anyOf.map((one) => one.$ref) : [$ref];
      const isDescribed =
        json === undefined
          ? Object.keys(texts).length > 0
          : answers.length > 0 && answers.every((answer) => answer?.startsWith("#/components/schemas/"));
      return !operation.summary || operation.tags?.length !== 1 || !isDescribed;
    });
    // It is itself.
    expect(incomplete.map(({ name }) => name)).toEqual(["get /openapi.json"]);
  });

  test("refers only to components that exist", () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g);
    const known = Object.entries(document.components).flatMap(([kind, components]) =>
      Object.keys(components).map((name) => `#/components/${kind}/${name}`),
    );
    expect([...references].map((match) => match[1]).filter((reference) => !known.includes(reference ?? ""))).toEqual(
      [],
    );
  });

  test("marks parameters with a default as optional, and those of the path as required", () => {
    const wrong = operations().flatMap(({ name, operation }) =>
      (operation.parameters ?? [])
        .filter(({ in: place, required = false, schema }) =>
          place === "path" ? !required : required && schema?.default !== undefined,
        )
        .map((parameter) => `${name}: ${parameter.name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("names the root path as the server", async () => {
    const below = await scriptedApp({ AS_API_ROOT_PATH: "/api" });
    expect((await below.app.inject("/openapi.json")).json<Document>().servers).toEqual([{ url: "/api" }]);
    await below.close();
  });
});

describe("the pages to try it out", () => {
  test("are served from here, and load nothing from elsewhere", async () => {
    const page = await made.app.inject("/docs");
    expect(page.statusCode).toBe(200);
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).not.toMatch(/^(https?:)?\/\//);
      expect((await made.app.inject(new URL(asset, "http://x/docs/").pathname)).statusCode).toBe(200);
    }
  });

  test("find their files below a root path that the proxy removes", async () => {
    const below = await scriptedApp({ AS_API_ROOT_PATH: "/api" });
    const page = await below.app.inject("/docs");
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
    // As a browser at https://host/api/docs would ask, with and without the prefix.
    for (const asset of assets) {
      const { pathname } = new URL(asset, "http://x/api/docs/");
      expect(pathname).toMatch(/^\/api\/docs\//);
      expect((await below.app.inject(pathname)).statusCode).toBe(200);
    }
    await below.close();
  });
});
