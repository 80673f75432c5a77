import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CLIENT_TYPES, clientTypes } from "../../../../scripts/client-types.js";

test("the client has the types of the present routes; `npm run client-types` makes them anew", async () => {
  expect(readFileSync(CLIENT_TYPES, "utf8") === (await clientTypes())).toBe(true);
});
