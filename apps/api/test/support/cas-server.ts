import { randomBytes } from "node:crypto";
import { type HttpPeer, type PeerHandler, startPeer } from "./http-peer.js";

/** A CAS server that speaks the protocol's versions 2 and 3 over HTTP. */
export interface CasServer extends HttpPeer {
  /** What `CAS_SERVER_URL` is to be. */
  casUrl: string;
  /** Somebody has logged in and is sent back to the service with this ticket. */
  grant(user: string, service: string, options?: TicketOptions): string;
  /** Answers validations in this way instead, until null. */
  misbehave(handler: PeerHandler | null): void;
}

interface TicketOptions {
  attributes?: Record<string, string[]>;
  lifetimeMs?: number;
}

interface Ticket extends Required<TicketOptions> {
  user: string;
  service: string;
  grantedAt: number;
}

const escapeXml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export const casXml = (inner: string) =>
  `<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'>\n${inner}\n</cas:serviceResponse>\n`;
export const casSuccess = (inner: string) =>
  casXml(`  <cas:authenticationSuccess>${inner}</cas:authenticationSuccess>`);
const failure = (code: string) =>
  casXml(`<cas:authenticationFailure code="${code}">Ticket not recognized</cas:authenticationFailure>`);

export async function startCasServer(): Promise<CasServer> {
  const tickets = new Map<string, Ticket>();
  let special: PeerHandler | null = null;

  const grant: CasServer["grant"] = (user, service, { attributes = {}, lifetimeMs = 10_000 } = {}) => {
    const ticket = `ST-${tickets.size + 1}-${randomBytes(12).toString("base64url")}-cas`;
    tickets.set(ticket, { user, service, attributes, lifetimeMs, grantedAt: Date.now() });
    return ticket;
  };

  /** A ticket is used up by the first question, whatever the answer (CAS protocol §3.1.1). */
  function validate(service: string | null, name: string | null, withAttributes: boolean): string {
    if (service === null || name === null) return failure("INVALID_REQUEST");
    const ticket = tickets.get(name);
    tickets.delete(name);
    if (ticket === undefined || Date.now() - ticket.grantedAt > ticket.lifetimeMs) return failure("INVALID_TICKET");
    if (ticket.service !== service) return failure("INVALID_SERVICE");
    const attributes = Object.entries(ticket.attributes).flatMap(([key, values]) =>
      values.map((value) => `<cas:${key}>${escapeXml(value)}</cas:${key}>`),
    );
    const told = withAttributes ? `<cas:attributes>${attributes.join("")}</cas:attributes>` : "";
    return casSuccess(`<cas:user>${escapeXml(ticket.user)}</cas:user>${told}`);
  }

  const peer = await startPeer((request, response) => {
    const url = new URL(request.url ?? "/", "http://cas.test");
    const service = url.searchParams.get("service");
    if (url.pathname === "/cas/login" && service !== null) {
      // As if the browser had sent name and password.
      const back = new URL(service);
      back.searchParams.set("ticket", grant(String(request.headers["x-user"] ?? "ann"), service));
      return response.writeHead(302, { Location: back.href }).end();
    }
    if (!/^\/cas\/(?:p3\/)?serviceValidate$/.test(url.pathname)) return response.writeHead(404).end();
    if (special !== null) return special(request, response);
    const answer = validate(service, url.searchParams.get("ticket"), url.pathname.startsWith("/cas/p3/"));
    return response.writeHead(200, { "Content-Type": "application/xml;charset=UTF-8" }).end(answer);
  });
  return {
    ...peer,
    casUrl: `${peer.url}/cas/`,
    grant,
    misbehave: (handler) => {
      special = handler;
    },
  };
}
