// Writes the types of every route for packages/client, from the API's own description: `npm run client-types`.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTypescript, { astToString } from "openapi-typescript";
import { describeApi } from "../apps/api/src/openapi/describe-api.js";

/** Where the types are. */
export const CLIENT_TYPES = join(dirname(fileURLToPath(import.meta.url)), "../packages/client/src/api-types.ts");

const HEAD = `// Made by \`npm run client-types\` from the API's description; not to be edited.
`;

/** The types as they should be. */
export async function clientTypes(): Promise<string> {
  const document = JSON.stringify(await describeApi());
  return HEAD + astToString(await openapiTypescript(document, { alphabetize: true, emptyObjectsUnknown: true }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(CLIENT_TYPES, await clientTypes());
