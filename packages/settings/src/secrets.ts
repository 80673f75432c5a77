import type { Environment } from "./environment.js";

const VARIABLES = {
  /** Signs login tokens. */
  tokenKey: "SECRET_KEY",
  /** A fixed token for services. */
  serviceToken: "AS_API_SECRET_TOKEN",
  githubClientSecret: "GITHUB_OAUTH_CLIENT_SECRET",
  oidcClientSecret: "OIDC_CLIENT_SECRET",
  /** Lets monitoring read `/metrics`, and nothing else. */
  metricsToken: "AS_API_METRICS_TOKEN",
} as const;

/** What must never be logged, answered or put into an error. Null where the variable is unset. */
export type Secrets = Readonly<Record<keyof typeof VARIABLES, string | null>>;

export function readSecrets(environment: Environment): Secrets {
  const entries = Object.entries(VARIABLES).map(([name, variable]) => [name, environment[variable] ?? null]);
  // The keys are those of VARIABLES; Object.fromEntries only knows that they are texts.
  return Object.freeze(Object.fromEntries(entries)) as Secrets;
}

/** The environment for code that has no business with the API's secrets, such as render threads and workers. */
export function withoutSecrets(environment: Environment): Environment {
  const secret: ReadonlySet<string> = new Set(Object.values(VARIABLES));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !secret.has(name)));
}

/** The names of the variables that hold secrets. */
export const SECRET_VARIABLES: readonly string[] = Object.values(VARIABLES);
