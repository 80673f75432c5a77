/** Python's `os.path.join`: an absolute part starts anew, an empty last part leaves a trailing slash. */
export function joinPath(first: string, ...parts: readonly string[]): string {
  return parts.reduce((path, part) => {
    if (part.startsWith("/")) return part;
    return path === "" || path.endsWith("/") ? path + part : `${path}/${part}`;
  }, first);
}

/** Python's `str(Path(text))`: no doubled slashes, no `.` components, no trailing slash; `..` stays. */
export function purePath(text: string): string {
  const root = /^\/\/(?!\/)/.test(text) ? "//" : text.startsWith("/") ? "/" : "";
  const parts = text.split("/").filter((part) => part !== "" && part !== ".");
  return root + parts.join("/") || ".";
}
