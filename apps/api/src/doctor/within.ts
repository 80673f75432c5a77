/** What an operation gave, or that it took too long; a file system that hangs must not hang who examines it. */
export async function within<Value>(timeoutMs: number, work: Promise<Value>): Promise<Value | "timeout"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"timeout">((resolve) => {
    timer = setTimeout(() => resolve("timeout"), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
