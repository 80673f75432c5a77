import { CommandHostError, type CommandHostFailure } from "./command-host.js";

/** Why a machine could not be asked over SSH. */
export type SshFailure =
  | "HOST_KEY_UNKNOWN"
  | "HOST_KEY_CHANGED"
  | "HOST_KEY_REVOKED"
  | "HOST_KEY_FILES"
  | "AUTHENTICATION"
  | "CONNECT_TIMEOUT"
  | "HOST_NOT_FOUND"
  | "UNREACHABLE"
  | "HANDSHAKE"
  | "CONNECTION_LOST"
  | "BUSY"
  | "ANSWER"
  | "OTHER_MACHINE";

const CODES: Record<SshFailure, CommandHostFailure> = {
  HOST_KEY_UNKNOWN: "REFUSED",
  HOST_KEY_CHANGED: "REFUSED",
  HOST_KEY_REVOKED: "REFUSED",
  HOST_KEY_FILES: "REFUSED",
  AUTHENTICATION: "REFUSED",
  CONNECT_TIMEOUT: "UNREACHABLE",
  HOST_NOT_FOUND: "UNREACHABLE",
  UNREACHABLE: "UNREACHABLE",
  HANDSHAKE: "UNREACHABLE",
  CONNECTION_LOST: "UNREACHABLE",
  BUSY: "UNREACHABLE",
  ANSWER: "FAILED",
  OTHER_MACHINE: "FAILED",
};

/** A machine could not be asked over SSH. The message is for users; what only operators should see is in `notes`. */
export class SshError extends CommandHostError {
  readonly reason: SshFailure;
  /** For the log: which keys were tried, which files were left out and why. Never a key. */
  readonly notes: readonly string[];

  constructor(
    reason: SshFailure,
    message: string,
    { cause, notes = [] }: { cause?: unknown; notes?: readonly string[] } = {},
  ) {
    super(CODES[reason], message, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.notes = notes;
  }
}
