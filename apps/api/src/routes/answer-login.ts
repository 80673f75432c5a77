import type { LoginAnswerBody } from "@autosubmit-api/shared-types";
import { LoginAnswer, Reference } from "@autosubmit-api/shared-types";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { TSchema } from "typebox";
import { type LoginOutcome, ProviderError } from "../auth/login-outcome.js";
import type { RouteServices } from "./route-app.js";

/** Who vouches for users, as tokens and the audit trail name it. */
export type ProviderName = "cas" | "github" | "oidc";

export interface LoginExchange {
  request: FastifyRequest;
  reply: FastifyReply;
  services: Pick<RouteServices, "audit" | "clock" | "login" | "tokens">;
}

/** Every answer of a login route. */
export const loginResponses: Record<number, TSchema> = {
  200: Reference(LoginAnswer, "A token"),
  401: Reference(LoginAnswer, "Not let in"),
  404: Reference(LoginAnswer, "This way in is not configured"),
  502: Reference(LoginAnswer, "The provider does not answer, or not as it should; the message names it"),
};

/**
 * Answers with a token for whom `login` vouches, and writes to the audit trail what became of it.
 * @param message of a login that succeeds
 */
export async function answerLogin(
  { request, reply, services }: LoginExchange,
  provider: ProviderName,
  login: (signal: AbortSignal) => Promise<LoginOutcome>,
  message = "Token generated",
): Promise<FastifyReply> {
  const { audit, tokens, clock, login: providers } = services;
  const action = `login.${provider}` as const;
  try {
    const outcome = await login(AbortSignal.any([request.signal, AbortSignal.timeout(providers.timeoutMs)]));
    if ("refused" in outcome) {
      await audit.note(request, { action, expid: null, outcome: "refused", detail: { reason: outcome.reason } });
      return sendLogin(reply, 401, refusal(outcome.refused));
    }
    const { user, groups } = outcome.identity;
    await audit.note(request, { action, expid: null, outcome: "done", detail: null, user });
    const token = `Bearer ${tokens.issueToken(user, clock(), groups, provider)}`;
    return sendLogin(reply, 200, { authenticated: true, user, token, message });
  } catch (error) {
    if (request.signal.aborted) return reply.code(CLIENT_CLOSED_REQUEST).send();
    if (!(error instanceof ProviderError)) throw error;
    request.log.error({ err: error, provider }, "a login provider failed");
    await audit.note(request, { action, expid: null, outcome: "failed", detail: { reason: error.message } });
    return sendLogin(reply, 502, refusal(error.message));
  }
}

/** Nobody reads it: nginx's code for a client that went away, so that the log tells. */
const CLIENT_CLOSED_REQUEST = 499;

/** Tells that this way in is not configured. */
export const answerNotConfigured = (reply: FastifyReply, provider: string): FastifyReply =>
  sendLogin(reply, 404, refusal(`Login through ${provider} is not configured`));

/** An address as the audit trail keeps it: queries may hold what lets somebody in. */
export const auditedAddress = (url: string): string => url.replace(/[?#].*$/s, "").slice(0, 200);

/** Tells somebody without a code or ticket, or from a place that is not allowed; nothing was tried. */
export const answerRefused = (reply: FastifyReply, message: string): FastifyReply =>
  sendLogin(reply, 401, refusal(message));

const refusal = (message: string): LoginAnswerBody => ({ authenticated: false, user: null, token: null, message });

function sendLogin(reply: FastifyReply, status: number, body: LoginAnswerBody): FastifyReply {
  return reply.code(status).header("Cache-Control", "no-store").send(body);
}
