/** Why a command was not run, or did not do what it should, as an HTTP status. */
export type RefusalStatus = 400 | 403 | 404 | 409 | 500 | 502 | 504;

/** A command that was refused or failed. The message is for the user that asked for it: it holds no secret. */
export class CommandRefusal extends Error {
  override readonly name = "CommandRefusal";
  readonly status: RefusalStatus;

  constructor(status: RefusalStatus, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
