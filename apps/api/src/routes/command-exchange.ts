import type { CommandPreviewV4Body } from "@autosubmit-api/shared-types";
import type { FastifyRequest } from "fastify";
import type { AuditEvent } from "../auth/audit.js";
import { ForbiddenError } from "../auth/errors.js";
import type { Principal } from "../auth/principal.js";
import { experimentOwner } from "../render/experiment-owner.js";
import type { AffectedJobs, AffectedJobsQuestion } from "../render/views/affected-jobs.js";
import { type Command, CommandHostError } from "../runners/command-host.js";
import { CommandRefusal } from "../runners/command-refusal.js";
import type { EndpointGroup, RunnerTarget } from "../runners/configuration.js";
import { ModulesError } from "../runners/module-loaders.js";
import { UnquotableWordError } from "../runners/shell-quote.js";
import type { RouteServices } from "./route-app.js";

/** A command as a request asks for it. Every part is only looked at once the ones before it allow it. */
export interface CommandOrder<Answer> {
  /** As the audit trail names it: `stop-experiment`. */
  name: string;
  /** The group by which sites switch it off; null where it has none. */
  group: EndpointGroup | null;
  /** Null for commands that are not about an experiment that exists. */
  expid: string | null;
  /** Only told what would be done. */
  dryRun: boolean;
  /** Begins what the user is told when it fails: `Failed to stop experiment a000`. */
  failure: string;
  target(): RunnerTarget | Promise<RunnerTarget>;
  /** @throws CommandRefusal for values that cannot be */
  command(): Command;
  /** Which jobs it would touch; null when it touches none, or only Autosubmit can tell. */
  jobs: (() => Promise<AffectedJobs | null>) | null;
  /** Does it. @param command with `target()`'s environment not loaded yet */
  execute(target: RunnerTarget, command: Command): Promise<Answer>;
}

/**
 * Runs a command, or previews it: checks that the site allows it, that whoever asks may do it, that its words are what they
 * may be; writes it to the audit trail before and after.
 * @throws CommandRefusal, UnauthorizedError, ForbiddenError, DatabaseError, AutosubmitReadError
 */
export async function runOrder<Answer>(
  request: FastifyRequest,
  services: RouteServices,
  order: CommandOrder<Answer>,
): Promise<Answer | CommandPreviewV4Body> {
  const { audit } = services;
  const event = (outcome: AuditEvent["outcome"], detail: AuditEvent["detail"]): AuditEvent => ({
    action: `command.${order.name}`,
    expid: order.expid,
    outcome,
    detail,
  });
  try {
    const principal = await requirePermission(request, services, order);
    const { target, command, jobs } = await checkOrder(services, order, principal);
    const preview = services.runners.hosts.preview(target, command);
    if (order.dryRun) return presentPreview(target, preview, jobs);
    const what = { ...placeOf(target), argv: shortened(command.argv) };
    await audit.record(request, event("allowed", what));
    try {
      const answer = await order.execute(target, command);
      await audit.note(request, event("done", null));
      return answer;
    } catch (error) {
      await audit.note(request, event("failed", { reason: error instanceof Error ? error.message : String(error) }));
      throw error;
    }
  } catch (error) {
    if (error instanceof ForbiddenError && !order.dryRun)
      await audit.note(request, event("refused", { reason: error.message }));
    throw asRefusal(error, order.failure);
  }
}

async function requirePermission(
  request: FastifyRequest,
  { permissions, runners }: RouteServices,
  { group, name, expid }: Pick<CommandOrder<unknown>, "group" | "name" | "expid">,
): Promise<Principal> {
  if (group !== null && !runners.configuration.endpoints[group].enabled)
    throw new CommandRefusal(403, `The ${name} endpoint is currently disabled.`);
  return permissions.requireOperator(request, expid);
}

async function checkOrder(services: RouteServices, order: CommandOrder<unknown>, principal: Principal) {
  if (order.expid !== null) await experimentOwner(services.renderPool, order.expid);
  const target = await order.target();
  await requireAccount(services, target, principal, order.expid);
  const command = order.command();
  const jobs = order.jobs === null ? null : await order.jobs();
  const [unknown] = jobs?.unknown ?? [];
  if (unknown !== undefined) {
    const names = jobs?.unknown.join(", ");
    throw new CommandRefusal(400, `Experiment ${order.expid} has no such jobs: ${names}`);
  }
  return { target, command, jobs };
}

async function requireAccount(
  { permissions, runners }: RouteServices,
  target: RunnerTarget,
  principal: Principal,
  expid: string | null,
): Promise<void> {
  if (target.runner === "LOCAL" || !target.userChoseAccount || runners.configuration.ssh.allowOtherUsernames) return;
  const { username } = target.ssh;
  if (await permissions.mayActAs(principal, username, expid)) return;
  throw new ForbiddenError(
    `${principal.user} may not run commands as ${username}: only as themselves or as the experiment's owner ` +
      "(RUNNERS.SSH.ALLOW_OTHER_USERNAMES in the config file)",
  );
}

/** Asks a render thread, which has the job list at hand. */
export async function findAffectedJobs(
  { renderPool }: RouteServices,
  expid: string,
  question: AffectedJobsQuestion,
): Promise<AffectedJobs> {
  const { status, bytes } = await renderPool.render({
    view: "v4.affected-jobs",
    expid,
    parameters: question,
    keep: false,
  });
  // The body that the view builds.
  if (status === 200) return JSON.parse(new TextDecoder().decode(bytes)) as AffectedJobs;
  throw new CommandRefusal(404, `The jobs of ${expid} are not known`);
}

/** Runs a command that ends by itself, to its end. @throws CommandRefusal when it fails or takes too long */
export async function runToEnd({ runners }: RouteServices, target: RunnerTarget, command: Command): Promise<string> {
  const { host, command: prepared } = await runners.hosts.prepare(target, command);
  const { commandTimeoutMs: timeoutMs, outputBytes } = runners.configuration.limits;
  const result = await host.run(prepared, { timeoutMs, outputBytes });
  if (result.timedOut) throw new CommandRefusal(504, `it took longer than ${timeoutMs / 1000} s and was ended`);
  if (result.exitCode === 0) return result.stdout;
  const how = result.exitCode === null ? `was ended by ${result.signal}` : `failed with status ${result.exitCode}`;
  const said = lastWords(`${result.stdout}\n${result.stderr}`);
  throw new CommandRefusal(500, `Autosubmit ${how}${said === "" ? "" : `: ${said}`}`);
}

const LONGEST_LAST_WORDS = 600;

/** The end of what a command printed, as one line that is safe to show. */
function lastWords(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of terminals are what is looked for
  const plain = output.replace(/\u001b\[[0-9;]*m/g, "").replace(/\p{Cc}+/gu, " ");
  const words = plain.trim();
  return words.length > LONGEST_LAST_WORDS ? `…${words.slice(-LONGEST_LAST_WORDS)}` : words;
}

/** What kept a command from being run, in the words of the reference implementation. */
function asRefusal(error: unknown, failure: string): unknown {
  const told = (status: CommandRefusal["status"], { message }: Error) =>
    new CommandRefusal(status, `${failure}: ${message}`, { cause: error });
  if (error instanceof CommandRefusal) return error.status >= 500 ? told(error.status, error) : error;
  if (error instanceof ModulesError || error instanceof UnquotableWordError) return told(400, error);
  if (error instanceof CommandHostError)
    return told(error.code === "UNREACHABLE" || error.code === "REFUSED" ? 502 : 500, error);
  return error;
}

function placeOf(target: RunnerTarget): { runner: string; host: string } {
  if (target.runner === "LOCAL") return { runner: "LOCAL", host: "localhost" };
  const { username, host, port } = target.ssh;
  return { runner: "SSH", host: `${username}@${host.includes(":") ? `[${host}]` : host}:${port}` };
}

function presentPreview(
  target: RunnerTarget,
  { argv, stdin }: Command,
  jobs: AffectedJobs | null,
): CommandPreviewV4Body {
  return {
    dry_run: true,
    ...placeOf(target),
    argv: [...argv],
    stdin,
    job_count: jobs?.jobs.length ?? null,
    jobs: jobs?.jobs ?? null,
  };
}

const LONGEST_AUDITED_WORD = 500;

const shortened = (argv: readonly string[]) =>
  argv.map((word) => (word.length > LONGEST_AUDITED_WORD ? `${word.slice(0, LONGEST_AUDITED_WORD)}…` : word));
