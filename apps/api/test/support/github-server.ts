import { bodyOf, type HttpPeer, type PeerHandler, sendJson, startPeer } from "./http-peer.js";

/** A server with the part of GitHub's addresses that logins ask. */
export interface GithubServer extends HttpPeer {
  /** A code for the user, good for one exchange. */
  grant(login: string): string;
  /** `ORG/team` to its members; those in `invited` have not accepted yet. */
  teams: Map<string, { members: string[]; invited: string[] }>;
  /** Organizations to their members. */
  organizations: Map<string, string[]>;
  /** Whether tokens come with the permission `read:org`. */
  readOrg: boolean;
  /** Answers requests whose path starts so in another way. */
  misbehave(path: string, handler: PeerHandler | null): void;
}

export const GITHUB_CLIENT = { id: "github-client", secret: "github-secret" };

export async function startGithubServer(): Promise<GithubServer> {
  const codes = new Map<string, string>();
  const tokens = new Map<string, string>();
  const special = new Map<string, PeerHandler>();
  const teams: GithubServer["teams"] = new Map();
  const organizations: GithubServer["organizations"] = new Map();
  let given = 0;

  async function exchange(body: string): Promise<object> {
    const form = new URLSearchParams(body);
    if (form.get("client_id") !== GITHUB_CLIENT.id || form.get("client_secret") !== GITHUB_CLIENT.secret)
      return { error: "incorrect_client_credentials", error_description: "The client_id and/or secret are wrong." };
    const code = form.get("code") ?? "";
    const login = codes.get(code);
    codes.delete(code);
    if (login === undefined) return { error: "bad_verification_code", error_description: "The code is wrong." };
    given += 1;
    tokens.set(`gho_${given}`, login);
    return { access_token: `gho_${given}`, token_type: "bearer", scope: server.readOrg ? "read:org" : "" };
  }

  const peer = await startPeer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://github.test");
    const handler = [...special].find(([path]) => pathname.startsWith(path))?.[1];
    if (handler !== undefined) return handler(request, response);
    if (pathname === "/login/oauth/access_token") return sendJson(response, 200, await exchange(await bodyOf(request)));

    const login = tokens.get(String(request.headers.authorization).replace("Bearer ", ""));
    if (login === undefined) return sendJson(response, 401, { message: "Bad credentials" });
    if (pathname === "/api/v3/user") return sendJson(response, 200, { login, id: 1 });
    if (pathname === "/api/v3/user/teams") {
      const found = [...teams].filter(([, { members }]) => members.includes(login)).map(([name]) => name.split("/"));
      return server.readOrg
        ? sendJson(
            response,
            200,
            found.map(([org, slug]) => ({ slug, organization: { login: org } })),
          )
        : sendJson(response, 403, { message: "Requires read:org" });
    }
    const inTeam = /^\/api\/v3\/orgs\/([^/]+)\/teams\/([^/]+)\/memberships\/([^/]+)$/.exec(pathname);
    if (inTeam) {
      const team = teams.get(`${inTeam[1]}/${inTeam[2]}`);
      const user = inTeam[3] ?? "";
      if (team?.members.includes(user)) return sendJson(response, 200, { state: "active", role: "member" });
      if (team?.invited.includes(user)) return sendJson(response, 200, { state: "pending", role: "member" });
    }
    const inOrganization = /^\/api\/v3\/orgs\/([^/]+)\/members\/([^/]+)$/.exec(pathname);
    if (inOrganization && organizations.get(inOrganization[1] ?? "")?.includes(inOrganization[2] ?? ""))
      return response.writeHead(204).end();
    return sendJson(response, 404, { message: "Not Found" });
  });

  const server: GithubServer = {
    ...peer,
    teams,
    organizations,
    readOrg: true,
    grant: (login) => {
      const code = `code-${codes.size}-${Math.random().toString(36).slice(2)}`;
      codes.set(code, login);
      return code;
    },
    misbehave: (path, handler) => void (handler === null ? special.delete(path) : special.set(path, handler)),
  };
  return server;
}
