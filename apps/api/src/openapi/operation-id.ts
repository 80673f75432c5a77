import type { HttpMethod } from "./document.js";

/**
 * The name of an operation in clients that are generated: the method, the words of the path, and `By` with the parameters it
 * ends in. `GET /v4/experiments/{expid}/jobs/{job_name}` is `getV4ExperimentsJobsByJobName`. It changes only with the path.
 */
export function operationId(method: HttpMethod, path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "");
  const isParameter = (segment: string) => segment.startsWith("{");
  const last = segments.findLastIndex((segment) => !isParameter(segment));
  const words = segments.filter((segment) => !isParameter(segment)).map(pascalCase);
  const ending = segments.slice(last + 1).map(pascalCase);
  return [method, ...(words.length === 0 ? ["Home"] : words), ...(ending.length === 0 ? [] : ["By", ...ending])].join(
    "",
  );
}

function pascalCase(segment: string): string {
  return segment
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
