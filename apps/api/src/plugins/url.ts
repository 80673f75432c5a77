/**
 * The URL that routes see: duplicate slashes in the path are one (GUIs put a base URL that ends in a slash before a path,
 * GUI contract §0.4), and a proxy may or may not have removed the root path.
 */
export function normaliseUrl(url: string, rootPath: string): string {
  const queryAt = url.indexOf("?");
  const path = (queryAt < 0 ? url : url.slice(0, queryAt)).replace(/\/{2,}/g, "/");
  const query = queryAt < 0 ? "" : url.slice(queryAt);
  const isBelowRoot = rootPath !== "" && (path === rootPath || path.startsWith(`${rootPath}/`));
  return (isBelowRoot ? path.slice(rootPath.length) || "/" : path) + query;
}

const SECRET_PARAMETERS = /([?&](?:token|ticket|code|key|secret|password|access_token|id_token)=)[^&#]*/gi;
const LOGGED_LENGTH = 500;

/** A URL fit for a log: values of parameters that let somebody in are left out, and what is very long is cut. */
export function redactUrl(url: string): string {
  return decodeParameterNames(url).replace(SECRET_PARAMETERS, "$1***").slice(0, LOGGED_LENGTH);
}

/** `%74oken=` is `token=`: names are decoded first, so that no spelling escapes. */
function decodeParameterNames(url: string): string {
  return url.replace(/([?&])([^=&#]*%[^=&#]*)(?==)/g, (whole, separator: string, name: string) => {
    try {
      return separator + decodeURIComponent(name);
    } catch (error) {
      if (error instanceof URIError) return whole;
      throw error;
    }
  });
}
