import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCasResponse } from "../../src/auth/cas-response.js";

const NAMESPACE = "http://www.yale.edu/tp/cas";
const response = (inner: string, namespace = NAMESPACE) =>
  `<?xml version="1.0"?>\n<cas:serviceResponse xmlns:cas="${namespace}">${inner}</cas:serviceResponse>`;
const success = (inner: string) => response(`<cas:authenticationSuccess>${inner}</cas:authenticationSuccess>`);
const userOf = (text: string) => {
  const answer = parseCasResponse(text);
  return "user" in answer ? answer.user : null;
};

describe("success", () => {
  test("names the user, as text, without the white space around it", () => {
    expect(userOf(success("\n  <cas:user>\n  007 </cas:user>\n"))).toBe("007");
  });

  test("in the default namespace and with any prefix", () => {
    const plain = `<serviceResponse xmlns="${NAMESPACE}"><authenticationSuccess><user>ann</user></authenticationSuccess></serviceResponse>`;
    expect(userOf(plain)).toBe("ann");
    expect(userOf(success("<cas:user>ann</cas:user>").replaceAll("cas:", "c:").replace("xmlns:cas", "xmlns:c"))).toBe(
      "ann",
    );
  });

  test("with attributes, repeated ones as lists, the entities of XML decoded", () => {
    const attributes =
      "<cas:mail>a@b.c</cas:mail><cas:memberOf>R&amp;D</cas:memberOf><cas:memberOf>ops</cas:memberOf>" +
      "<cas:deep><cas:x>1</cas:x></cas:deep><other>left out</other>";
    expect(parseCasResponse(success(`<cas:user>ann</cas:user><cas:attributes>${attributes}</cas:attributes>`))).toEqual(
      {
        user: "ann",
        attributes: { mail: ["a@b.c"], memberOf: ["R&D", "ops"], deep: [] },
      },
    );
  });

  test("a comment inside a name does not cut it", () => {
    expect(userOf(success("<cas:user>root<!-- -->.evil</cas:user>"))).toBe("root.evil");
  });

  test("a name in CDATA is a name", () => {
    expect(userOf(success("<cas:user><![CDATA[ann]]></cas:user>"))).toBe("ann");
  });
});

describe("failure", () => {
  test("tells its code", () => {
    expect(
      parseCasResponse(response('<cas:authenticationFailure code="INVALID_TICKET">x</cas:authenticationFailure>')),
    ).toEqual({ failure: "INVALID_TICKET" });
  });

  test("without a sensible code is a failure all the same", () => {
    expect(parseCasResponse(response("<cas:authenticationFailure/>"))).toEqual({ failure: "unknown" });
    expect(
      parseCasResponse(response('<cas:authenticationFailure code="&lt;x&gt;">no</cas:authenticationFailure>')),
    ).toEqual({ failure: "unknown" });
  });
});

const USER = "<cas:user>ann</cas:user>";
const LAUGHS = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");

describe("nobody is let in by", () => {
  test.each([
    ["billions of laughs", `<!DOCTYPE x [<!ENTITY l0 "ha">${LAUGHS}]>${success("<cas:user>&l9;</cas:user>")}`],
    [
      "an external entity",
      `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${success("<cas:user>&f;</cas:user>")}`,
    ],
    ["a document type alone", `<!doctype x>${success(USER)}`],
    ["another namespace", response(`<cas:authenticationSuccess>${USER}</cas:authenticationSuccess>`, "urn:evil")],
    ["no namespace", success(USER).replace(` xmlns:cas="${NAMESPACE}"`, "")],
    ["a namespace of another prefix", success(USER).replace("xmlns:cas", "xmlns:x")],
    [
      "a prefix that means something else further down",
      response(`<cas:authenticationSuccess xmlns:cas="urn:evil">${USER}</cas:authenticationSuccess>`),
    ],
    ["a user that means something else", success('<cas:user xmlns:cas="urn:evil">ann</cas:user>')],
    ["a user of another prefix", success("<evil:user>ann</evil:user>")],
    ["two users", success(`${USER}<cas:user>root</cas:user>`)],
    ["users inside a user", success(`<cas:user>${USER}</cas:user>`)],
    ["no user", success("")],
    ["an empty user", success("<cas:user>  </cas:user>")],
    ["two successes", response(`<cas:authenticationSuccess>${USER}</cas:authenticationSuccess>`.repeat(2))],
    [
      "success beside failure",
      response(
        `<cas:authenticationFailure code="X">no</cas:authenticationFailure><cas:authenticationSuccess>${USER}</cas:authenticationSuccess>`,
      ),
    ],
    ["success outside the response", `<x>${success(USER).replace(/<\?.*\?>/, "")}</x>`],
    ["two documents", success(USER) + success(USER).replace(/<\?.*\?>/, "")],
    ["half a document", success(USER).slice(0, -10)],
    ["tags that do not match", success("<cas:user>ann</cas:use>")],
    ["HTML", "<html><body>Log in <b>here</body></html>"],
    ["JSON", '{"user":"ann"}'],
    ["nothing", ""],
    ["names of object prototypes", success(`<cas:__proto__>${USER}</cas:__proto__>`)],
    ["a megabyte", success(`<cas:user>${"a".repeat(1_000_000)}</cas:user>`)],
    ["ten thousand levels", success(`<cas:user>${"<a>".repeat(10_000)}${"</a>".repeat(10_000)}</cas:user>`)],
  ])("%s", (_what, text) => {
    expect(parseCasResponse(text)).toEqual({ malformed: expect.any(String) });
  });

  test("entities that XML does not have stay as they are written", () => {
    expect(userOf(success("<cas:user>&#114;oot</cas:user>"))).not.toBe("root");
    expect(userOf(success("<cas:user>&evil;</cas:user>"))).toBe("&evil;");
  });
});

describe("whatever the server sends", () => {
  const whole = success(`${USER}<cas:attributes><cas:memberOf>ops</cas:memberOf></cas:attributes>`);
  const pieces = fc.constantFrom(
    ...["<", ">", "/", "&", ";", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE x [", "cas:user", "]>"],
    ...["<cas:user>", "</cas:user>", "<cas:user>root</cas:user>", "</cas:serviceResponse>", 'xmlns:cas="urn:x"', "\0"],
  );

  test("it is an answer of one of three kinds, never an error", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(pieces).map((list) => list.join("")),
        ),
        (text) => {
          expect(Object.keys(parseCasResponse(text))[0]).toMatch(/^(user|failure|malformed)$/);
        },
      ),
    );
  });

  test("changed in one place, a success names the same user, one that was put there, or nobody", () => {
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(5), pieces, (at, removed, piece) => {
        const user = userOf(whole.slice(0, at) + piece + whole.slice(at + removed));
        if (user === null) return;
        // Nothing of what surrounds the name may become part of it.
        expect(user).not.toContain("ops");
        expect(user).not.toMatch(/\n/);
      }),
      { numRuns: 1_000 },
    );
  });
});
