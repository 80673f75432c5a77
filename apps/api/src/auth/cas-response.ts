// biome-ignore lint/suspicious/noDeprecatedImports: the validator has only moved to a package of its own, which we do not need
import { XMLParser, XMLValidator } from "fast-xml-parser";

/** What a CAS server says of a ticket. */
export type CasAnswer =
  | { user: string; attributes: Readonly<Record<string, readonly string[]>> }
  | { failure: string }
  | { malformed: string };

const CAS_NAMESPACE = "http://www.yale.edu/tp/cas";
const MOST_CHARACTERS = 256 * 1024;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  // Only the five entities that XML itself has: documents that declare others are refused before.
  processEntities: true,
  htmlEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

type Node = Record<string, unknown>;

/**
 * Reads the answer of `serviceValidate` (CAS protocol 2 and 3, appendix A). Elements count only in CAS's namespace, and what
 * is ambiguous, such as two users, is malformed: nobody is let in by a document that can be read in two ways.
 */
export function parseCasResponse(text: string): CasAnswer {
  if (text.length > MOST_CHARACTERS) return { malformed: "the document is too large" };
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return { malformed: "the document declares a type or entities" };
  const document = parseXml(text);
  if (document === null) return { malformed: "the document is not XML" };
  const [root, ...others] = Object.keys(document);
  if (root === undefined || others.length > 0) return { malformed: "the document has no single root" };

  const [, prefix = ""] = /^(?:([^:]*):)?serviceResponse$/.exec(root) ?? [null, null];
  const response = asNode(document[root]);
  if (prefix === null || response === null) return { malformed: "the document is no serviceResponse" };
  const namespace = response[prefix === "" ? "@xmlns" : `@xmlns:${prefix}`];
  if (namespace !== CAS_NAMESPACE) return { malformed: "the document is not in CAS's namespace" };
  return readServiceResponse(response, (name) => (prefix === "" ? name : `${prefix}:${name}`));
}

function readServiceResponse(response: Node, named: (name: string) => string): CasAnswer {
  const children = Object.keys(response).filter((key) => !key.startsWith("@") && key !== "#text");
  const [child, ...others] = children;
  if (child === undefined || others.length > 0) return { malformed: "the response is not exactly one thing" };
  if (child === named("authenticationFailure")) {
    const code = asNode(response[child])?.["@code"];
    return typeof code === "string" && /^\w{1,40}$/.test(code) ? { failure: code } : { failure: "unknown" };
  }
  const success = child === named("authenticationSuccess") ? asNode(response[child]) : null;
  if (success === null || redeclares(success)) return { malformed: "the response is neither success nor failure" };
  const user = success[named("user")];
  if (typeof user !== "string" || user === "") return { malformed: "the response does not name exactly one user" };
  return { user, attributes: readAttributes(asNode(success[named("attributes")]) ?? {}, named("")) };
}

/** Repeated attributes are lists; their names go without the prefix. What holds further elements is left out. */
function readAttributes(attributes: Node, prefix: string): Record<string, readonly string[]> {
  const entries = Object.entries(attributes).flatMap(([key, value]) => {
    if (!key.startsWith(prefix) || key.startsWith("@") || key === "#text") return [];
    const texts = [value].flat().filter((text) => typeof text === "string");
    return [[key.slice(prefix.length), texts] as const];
  });
  return Object.fromEntries(entries);
}

/** A single element with something in it; an array means that it was repeated. */
function asNode(value: unknown): Node | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Node) : null;
}

/** A prefix may mean another namespace further down; CAS servers have no reason to. */
const redeclares = (node: Node) => Object.keys(node).some((key) => key.startsWith("@xmlns"));

function parseXml(text: string): Node | null {
  try {
    return XMLValidator.validate(text) === true ? asNode(parser.parse(text)) : null;
  } catch (error) {
    // The parser has no error class of its own; whatever it objects to is no answer that we accept.
    if (error instanceof Error) return null;
    throw error;
  }
}
