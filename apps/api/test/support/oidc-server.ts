import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

/** A complete OpenID Connect provider (the package `oidc-provider`) and a browser that logs in at it. */
export interface OidcServer {
  issuer: string;
  provider: Provider;
  /** Logs in, consents, and returns the code that the GUI would be given. */
  logIn(user: string): Promise<string>;
  close(): Promise<void>;
}

export const OIDC_CLIENT = { id: "autosubmit", secret: "oidc-secret-of-the-test" };
export const OIDC_REDIRECT = "https://gui.example.org/login";

/** @param codeSeconds how long codes are good */
export async function startOidcServer({ codeSeconds = 60 } = {}): Promise<OidcServer> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_CLIENT.id,
        client_secret: OIDC_CLIENT.secret,
        redirect_uris: [OIDC_REDIRECT],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    cookies: { keys: ["only-for-tests"] },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: "first", use: "sig", alg: "RS256" }] },
    pkce: { required: () => false },
    claims: { openid: ["sub", "preferred_username", "groups"] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        preferred_username: `${id}-at-site`,
        groups: id === "ann" ? ["ops", "users"] : ["users"],
      }),
    }),
    ttl: { AuthorizationCode: codeSeconds, AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
  });
  server.on("request", provider.callback());
  return {
    issuer,
    provider,
    logIn: (user) => browse(issuer, user),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Follows redirects and fills in the provider's own forms for developers, until it is sent back to the GUI. */
async function browse(issuer: string, user: string): Promise<string> {
  const cookies = new Map<string, string>();
  const start = new URLSearchParams({
    client_id: OIDC_CLIENT.id,
    response_type: "code",
    scope: "openid",
    redirect_uri: OIDC_REDIRECT,
  });
  let url = `${issuer}/auth?${start}`;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 20; step += 1) {
    const answer: Response = await fetch(url, {
      redirect: "manual",
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form === null ? {} : { method: "POST", body: form }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location !== null) {
      url = new URL(location, url).href;
      form = null;
      const code = url.startsWith(OIDC_REDIRECT) ? new URL(url).searchParams.get("code") : null;
      if (code !== null) return code;
    } else {
      const page = await answer.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (prompt === undefined) throw new Error(`no form at ${url}: ${answer.status} ${page.slice(0, 300)}`);
      url = new URL(/action="([^"]+)"/.exec(page)?.[1] ?? url, url).href;
      form = new URLSearchParams({ prompt, ...(prompt === "login" ? { login: user, password: "any" } : {}) });
    }
  }
  throw new Error("the provider never sent us back");
}
