import type { Identification } from "./access.js";
import type { Principal } from "./principal.js";
import type { TokenSigner } from "./tokens.js";

/** How long a feed can be opened with a ticket, in seconds: long enough to connect, too short to be worth stealing. */
const LIFETIME_SECONDS = 60;

/** What tickets are for; nothing that expects login tokens accepts another audience. */
const AUDIENCE = "autosubmit-api/feed";

/** Short-lived texts that go into the URL of a feed, where no header can be sent. They open nothing else. */
export interface Tickets {
  /** @param principal null for anybody, who may read where nobody has to log in */
  issue(principal: Principal | null, now: Date): { ticket: string; expiresAt: Date };
  verify(ticket: string, now: Date): Identification;
}

export function createTickets(signer: TokenSigner): Tickets {
  return {
    issue: (principal, now) => {
      const exp = Math.floor(now.getTime() / 1000) + LIFETIME_SECONDS;
      // Without `user_id` it is no login token; the audience keeps the reference implementation from taking it for one.
      return { ticket: signer.sign({ feed: principal, aud: AUDIENCE, exp }), expiresAt: new Date(exp * 1000) };
    },
    verify: (ticket, now) => {
      const claims = signer.open(ticket);
      const holder = claims?.feed;
      if (claims?.aud !== AUDIENCE || typeof holder !== "object" || holder === null) return { refusal: "Unauthorized" };
      if (Number(claims?.exp) * 1000 <= now.getTime()) return { refusal: "Expired token" };
      // Signed by us, who put a principal there.
      return { principal: holder as Principal };
    },
  };
}
