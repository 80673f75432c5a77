import { userInfo } from "node:os";
import { expect, test } from "vitest";
import { findUserName } from "../../src/site/user-name.js";

test("a user id of this machine has its login name", async () => {
  const { uid, username } = userInfo();
  expect(await findUserName(uid)).toBe(username);
});

test("an id that nobody has is null, as is what is no id", async () => {
  expect(await findUserName(3_999_999_999)).toBeNull();
  expect(await findUserName(-1)).toBeNull();
  expect(await findUserName(0.5)).toBeNull();
});
