/**
 * The URL that routes see: duplicate slashes in the path are one (GUIs put a base URL that ends in a slash before a path,
 * GUI contract §0.4), a proxy may or may not have removed the root path, and every escape can be decoded (GUIs do not encode
 * names, §0.11, so that a name may hold a bare percent sign).
 */
export function normaliseUrl(url: string, rootPath: string): string {
  const queryAt = url.indexOf("?");
  const path = decodable((queryAt < 0 ? url : url.slice(0, queryAt)).replace(/\/{2,}/g, "/"));
  const query = queryAt < 0 ? "" : url.slice(queryAt);
  const isBelowRoot = rootPath !== "" && (path === rootPath || path.startsWith(`${rootPath}/`));
  return (isBelowRoot ? path.slice(rootPath.length) || "/" : path) + query;
}

/** As Python decodes: a percent sign that starts no escape stands for itself, and bytes that are no UTF-8 become U+FFFD. */
function decodable(path: string): string {
  const escaped = path.replace(/%(?![0-9a-f]{2})/gi, "%25");
  return isDecodable(escaped)
    ? escaped
    : escaped.replace(/(?:%[89a-f][0-9a-f])+/gi, (run) => (isDecodable(run) ? run : "%EF%BF%BD"));
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

/** Also inside a URL that is itself a parameter, however often it is encoded. */
const SECRET_PARAMETERS =
  /((?:[?&]|%(?:25)*(?:3f|26))(?:token|ticket|code|key|secret|password|access_token|id_token)(?:=|%(?:25)*3d))[^&#]*/gi;
const LOGGED_LENGTH = 500;

/** A URL fit for a log: values of parameters that let somebody in are left out, and what is very long is cut. */
export function redactUrl(url: string): string {
  return decodeParameterNames(url).replace(SECRET_PARAMETERS, "$1***").slice(0, LOGGED_LENGTH);
}

/** `%74oken=` is `token=`: names are decoded first, so that no spelling escapes. */
function decodeParameterNames(url: string): string {
  return url.replace(/([?&])([^=&#]*%[^=&#]*)(?==)/g, (_whole, separator: string, name: string) => {
    return separator + decodeURIComponent(decodable(name));
  });
}
