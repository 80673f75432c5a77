import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LiveEvent as WireEvent } from "@autosubmit-api/shared-types";
import ts from "typescript";
import { describe, expect, expectTypeOf, onTestFinished, test } from "vitest";
import { createApiClient, type LiveEvent } from "../src/index.js";

// What follows is checked when this file is compiled, which the last test does.
const client = createApiClient({ baseUrl: "http://127.0.0.1:1", fetch: async () => Response.json({ jobs: [] }) });

describe("types of the client", () => {
  test("parameters and bodies are those of the routes", async () => {
    const params = { path: { expid: "a000" } };
    const jobs = await client.GET("/v4/experiments/{expid}/jobs", { params });
    expectTypeOf(jobs.data?.jobs[0]?.name).toEqualTypeOf<string | undefined>();
    // @ts-expect-error there is no such route
    await client.GET("/v4/nothing");
    // @ts-expect-error the experiment is missing
    await client.GET("/v4/experiments/{expid}/jobs", { params: { path: {} } });
    // @ts-expect-error there is no such view
    await client.GET("/v4/experiments/{expid}/jobs", { params: { ...params, query: { view: "all" } } });
    // @ts-expect-error it is read only
    await client.POST("/v4/experiments/{expid}", { params });
  });

  test("the kind of an event tells its data, as the API's own types have it", () => {
    const read = (event: LiveEvent) => {
      if (event.kind === "job-status") expectTypeOf(event.data.name).toEqualTypeOf<string>();
      if (event.kind === "run-finished") expectTypeOf(event.data.failed).toEqualTypeOf<number>();
    };
    expectTypeOf(read).parameter(0).toExtend<LiveEvent>();
    expectTypeOf<LiveEvent["kind"]>().toEqualTypeOf<WireEvent["kind"]>();
    expectTypeOf<WireEvent>().toExtend<LiveEvent>();
  });

  test("this file, and every example of the README, compile", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, text = ""], index) => {
      const file = fileURLToPath(new URL(`./readme-example-${index}.ts`, import.meta.url));
      writeFileSync(file, text.replaceAll('"@autosubmit-api/client"', '"../src/index.js"'));
      onTestFinished(() => rmSync(file));
      return file;
    });
    expect(examples).toHaveLength(3);
    expect(problemsOf([...examples, fileURLToPath(import.meta.url)])).toEqual([]);
  });
});

function problemsOf(files: readonly string[]): string[] {
  const path = fileURLToPath(new URL("../../../tsconfig.base.json", import.meta.url));
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...ts.readConfigFile(path, ts.sys.readFile).config.compilerOptions,
      lib: ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
    },
    fileURLToPath(new URL("..", import.meta.url)),
  );
  const program = ts.createProgram([...files], options);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}
