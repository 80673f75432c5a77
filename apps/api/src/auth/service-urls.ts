/** The places that may ask for logins through CAS (`clients.authorized` of `.autosubmitrc`, formats reference §3.1). */
export interface AllowedServices {
  /** Everybody may: the list is `*` and nothing else. */
  anywhere: boolean;
  places: readonly AllowedPlace[];
}

/** An origin and the path at and below which services are allowed. */
interface AllowedPlace {
  origin: string;
  /** Without a slash at its end. */
  path: string;
}

/**
 * The list of allowed services, and what is wrong with entries that therefore allow nothing.
 *
 * differs: entries are URLs, compared by origin and by path up to a segment's end; the reference looks for them anywhere in
 * the service's URL, so that `https://evil.example/?https://gui.example.org/` is let in.
 */
export function parseAllowedServices(entries: readonly string[]): { services: AllowedServices; warnings: string[] } {
  const anywhere = entries.length === 1 && entries[0] === "*";
  const warnings: string[] = [];
  const places = entries.flatMap((entry) => {
    if (anywhere) return [];
    const url = parseServiceUrl(entry);
    if (url !== null && url.search === "") return [{ origin: url.origin, path: withoutEndSlash(url.pathname) }];
    const wrong =
      entry === "*" ? "counts only when it stands alone" : "is not a URL such as https://gui.example.org/app";
    warnings.push(`clients.authorized of .autosubmitrc: ${JSON.stringify(entry)} ${wrong}; it allows nothing`);
    return [];
  });
  return { services: { anywhere, places }, warnings };
}

/** Whether logins may be sent to the service. */
export function isAllowedService(services: AllowedServices, service: string): boolean {
  const url = parseServiceUrl(service);
  return url !== null && (services.anywhere || matchingPlaces(services, url).length > 0);
}

/**
 * The login page that `/v3/login` names to CAS: below the allowed place that the request came from, with the path that its
 * `env` parameter names. Null where the place is not allowed or the path is none.
 */
export function v3LoginPage(services: AllowedServices, referer: string, env: string): string | null {
  const url = parseServiceUrl(referer);
  const path = env.replace(/^\/+|\/+$/g, "");
  if (url === null || !/^(?:[\w~-][\w.~-]*(?:\/|$))*$/.test(path)) return null;
  // The most specific one, whatever the order of the list.
  const [place] = matchingPlaces(services, url).sort((one, other) => other.path.length - one.path.length);
  const base = services.anywhere ? url.origin : place && place.origin + place.path;
  if (base === undefined) return null;
  return `${base}${path === "" ? "" : `/${path}`}/login`;
}

function matchingPlaces({ places }: AllowedServices, { origin, pathname }: URL): AllowedPlace[] {
  return places.filter(
    (place) => origin === place.origin && (pathname === place.path || pathname.startsWith(`${place.path}/`)),
  );
}

const LONGEST_URL = 2_000;
/** Spaces, control characters, what is not ASCII, and backslashes, which some take for slashes. */
const OUTLANDISH = /[^\x21-\x7e]|\\/;
/** Steps up or down that some decode before they compare, others after. */
const MOVING_SEGMENTS = /(?:^|\/)\.{1,2}(?:\/|$)|%(?:2e|2f|5c|00)/i;

/** A URL that every party reads in the same way; null otherwise. */
export function parseServiceUrl(text: string): URL | null {
  if (text.length > LONGEST_URL || OUTLANDISH.test(text) || !/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text))
    return null;
  const url = new URL(text);
  const path = text.replace(/^[^:]+:\/\/[^/?#]*/, "").replace(/[?#].*$/, "");
  if (url.username !== "" || url.password !== "" || text.includes("#") || MOVING_SEGMENTS.test(path)) return null;
  return url;
}

const withoutEndSlash = (path: string) => path.replace(/\/+$/, "");
