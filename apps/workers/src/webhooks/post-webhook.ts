import { createHmac } from "node:crypto";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { Webhook } from "../config/webhook-settings.js";
import { isPrivateAddress, lookupPublic, PrivateAddressError } from "./public-address.js";

const TIMEOUT_MS = 10_000;

/** What goes into a request beside the body. */
export interface PostOptions {
  /** The number of the delivery, the same in every attempt: receivers can tell a repetition by it. */
  deliveryId: number;
  now: Date;
  signal: AbortSignal;
}

/**
 * The signature of a body: HMAC-SHA256 with the webhook's secret over the time in epoch seconds, a dot, and the body. The
 * time is signed so that a request that was overheard cannot be sent again later.
 */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

/**
 * Sends a body to the receiver; redirects are not followed.
 * @throws Error that says why the receiver does not have it, and never the URL, which may be a secret
 */
export async function postWebhook(webhook: Webhook, body: string, options: PostOptions): Promise<void> {
  const { url, allowPrivate } = webhook;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // Addresses are not looked up.
  if (!allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) throw new PrivateAddressError();
  const status = await post(webhook, body, options);
  if (status < 200 || status > 299) throw new Error(`the receiver answered with status ${status}`);
}

function post(
  { url, secret, allowPrivate }: Webhook,
  body: string,
  { deliveryId, now, signal }: PostOptions,
): Promise<number> {
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: "POST",
      agent: false,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": Buffer.byteLength(body),
        "User-Agent": "autosubmit-api",
        "X-Autosubmit-Delivery": String(deliveryId),
        ...(secret === null
          ? {}
          : { "X-Autosubmit-Signature": signatureOf(secret, Math.floor(now.getTime() / 1000), body) }),
      },
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    });
    request.on("response", (response) => {
      // Nobody needs what it says; not reading it ends the connection.
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", (error) => reject(new Error(reasonOf(error), { cause: error })));
    request.end(body);
  });
}

function reasonOf(error: Error & { code?: string }): string {
  if (error instanceof PrivateAddressError) return error.message;
  if (error.name === "TimeoutError" || error.name === "AbortError") return `no answer within ${TIMEOUT_MS / 1000} s`;
  return `the receiver cannot be reached (${error.code ?? error.name})`;
}
