/** Where a PostgreSQL database is, from `connection_url` of `.autosubmitrc` (formats reference §3.1). */
export interface PostgresPlace {
  /** As `pg` takes it; holds the password: never log or answer it. */
  url: string;
  /** Names the database for people and logs: no user, no password, no parameters. */
  label: string;
}

/** SQLAlchemy's notation: `dialect+driver://user:password@host:port/database?parameters`. */
const URL_PATTERN =
  /^postgres(?:ql)?(?:\+[a-z0-9_]+)?:\/\/(?:([^:/@]*)(?::([^@]*))?@)?(\[[^\]]+\]|[^/:?]*)(?::(\d+))?(?:\/([^?]*))?(?:\?(.*))?$/i;

const TLS_PARAMETERS = ["sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword"];

/**
 * Autosubmit's connection URL, which names a Python driver too, in the notation of this program's driver. TLS parameters
 * (`sslmode`, `sslrootcert`, …) keep the meaning that Autosubmit's driver gives them. Null for any other text.
 */
export function parsePostgresUrl(connectionUrl: string): PostgresPlace | null {
  const found = URL_PATTERN.exec(connectionUrl.trim());
  if (found === null) return null;
  const [, user = "", password, host = "", port, database = "", parameters = ""] = found;
  const login = user === "" ? "" : `${encoded(user)}${password === undefined ? "" : `:${encoded(password)}`}@`;
  const search = new URLSearchParams(parameters);
  if (!search.has("uselibpqcompat")) search.set("uselibpqcompat", "true");
  const place = `${host}${port === undefined ? "" : `:${port}`}/${database}`;
  const shownHost = host === "" ? (search.get("host") ?? "") : host;
  // Unix sockets know no TLS: there the parameters mean nothing to Autosubmit's driver either.
  if (shownHost.startsWith("/")) for (const name of TLS_PARAMETERS) search.delete(name);
  return {
    url: `postgresql://${login}${place}?${search}`,
    label: `postgresql://${shownHost}${port === undefined ? "" : `:${port}`}/${database}`,
  };
}

/** Escaped once, whether or not it was; characters that only SQLAlchemy takes as they are included. */
function encoded(text: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(text));
  } catch {
    return encodeURIComponent(text);
  }
}
