import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { AutosubmitReadError } from "autosubmit-reader";
import type { FastifyReply, FastifyRequest } from "fastify";

/** A file to send, which was found inside the experiment's log folders. */
export interface FileToSend {
  /** What browsers save it as. */
  name: string;
  /** Without links in it. */
  realPath: string;
  /** Device and number of the file that was found there. */
  inode: string;
}

/**
 * Sends a file as it is stored, whole or one range of it (RFC 9110 §14), in constant memory. A file that grows meanwhile is
 * sent as long as it was at the beginning.
 * @throws AutosubmitReadError `SOURCE_BUSY` when another file stands in its place by now
 */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileToSend): Promise<FastifyReply> {
  const handle = await open(file.realPath, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const found = await handle.stat();
    if (!found.isFile() || `${found.dev}:${found.ino}` !== file.inode)
      throw new AutosubmitReadError("SOURCE_BUSY", `The log ${file.name} was just replaced`);
    const etag = `"${found.ino}-${found.size}-${Math.floor(found.mtimeMs)}"`;
    reply.header("Accept-Ranges", "bytes").header("ETag", etag).header("Cache-Control", "no-cache");
    reply.header("Last-Modified", found.mtime.toUTCString()).header("X-Content-Type-Options", "nosniff");
    reply.header("Content-Disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    const isSame = request.headers["if-range"] === undefined || request.headers["if-range"] === etag;
    const range = isSame ? parseRange(request.headers.range, found.size) : null;
    if (range === "unsatisfiable") {
      await handle.close();
      return reply
        .code(416)
        .header("Content-Range", `bytes */${found.size}`)
        .send({
          error: true,
          error_message: `The log has ${found.size} bytes`,
        });
    }
    const { start, end } = range ?? { start: 0, end: found.size - 1 };
    if (range !== null) reply.code(206).header("Content-Range", `bytes ${start}-${end}/${found.size}`);
    reply.type("application/octet-stream").header("Content-Length", end - start + 1);
    if (end < start || request.method === "HEAD") {
      await handle.close();
      // To answer HEAD, Fastify reads a Node stream to its end, and takes the length of anything but a stream for the file's.
      return reply.send(request.method === "HEAD" ? new ReadableStream() : Buffer.alloc(0));
    }
    return reply.send(handle.createReadStream({ start, end }));
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The one range that a header asks for; null for none, and for what may be ignored: other units, several ranges. */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "unsatisfiable" : { start, end };
}
