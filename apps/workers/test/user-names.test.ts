import { readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { userNames } from "../src/user-names.js";
import { temporaryFolder } from "./support/temporary-site.js";

describe("userNames", () => {
  it("knows the user of this process", async () => {
    const { uid, username } = userInfo();
    expect(await userNames().nameOf(uid)).toBe(username);
  });

  it("answers an empty name for a user id that nobody has", async () => {
    expect(await userNames().nameOf(3_999_999_999)).toBe("");
  });

  it("reads the list of local users where there is no program to ask", async () => {
    const passwd = join(temporaryFolder(), "passwd");
    writeFileSync(passwd, "root:x:0:0::/root:/bin/sh\nann:x:1042:100:Ann:/home/ann:/bin/sh\n");
    const names = userNames("no-such-program-anywhere", passwd);
    expect(await names.nameOf(1042)).toBe("ann");
    expect(await names.nameOf(1043)).toBe("");
  });

  it("does not take a failure for a missing user", async () => {
    const script = join(temporaryFolder(), "id");
    writeFileSync(script, "#!/bin/sh\nexit 7\n", { mode: 0o755 });
    await expect(userNames(script).nameOf(1)).rejects.toThrow(/failed \(7\)/);
  });

  it("asks once for each user id", async () => {
    const folder = temporaryFolder();
    const script = join(folder, "id");
    writeFileSync(script, `#!/bin/sh\necho x >> ${folder}/calls\necho "user$2"\n`, { mode: 0o755 });
    const names = userNames(script);
    expect(await Promise.all([names.nameOf(5), names.nameOf(5), names.nameOf(6)])).toEqual(["user5", "user5", "user6"]);
    expect(readFileSync(join(folder, "calls"), "utf8")).toBe("x\nx\n");
  });
});
