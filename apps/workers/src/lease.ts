import type { WorkerCycle } from "@autosubmit-api/db";
import type { WorkerContext } from "./worker-context.js";

/** Keeps the parts of a cycle that this worker holds. */
export interface LeaseKeeper {
  /** The claim to make with now as its time. */
  claim(): { worker: string; at: Date; leaseMs: number };
  /** A part was claimed. */
  hold(part: number): void;
  /** @throws LeaseLostError when the part may belong to another worker by now */
  check(part: number): void;
  end(): void;
}

/** Another worker may have taken over what this one was at: it was stopped for longer than the lease. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
  constructor(part: number) {
    super(`Part ${part} of the cycle was not renewed in time`);
  }
}

/** Renewals in one lease: two may fail because the database is locked. */
const RENEWALS = 3;

export function keepLeases(cycle: WorkerCycle, context: WorkerContext): LeaseKeeper {
  const { databases, worker, sharing, clock, logger } = context;
  const heldUntil = new Map<number, number>();
  const claim = () => ({ worker, at: clock(), leaseMs: sharing.leaseMs });

  const renew = async () => {
    const { at, leaseMs } = claim();
    const held = await databases.workerCycles.renew(cycle.id, { worker, at, leaseMs });
    heldUntil.clear();
    for (const part of held) heldUntil.set(part, at.getTime() + leaseMs);
  };
  let renewing = false;
  const timer = setInterval(() => {
    if (renewing) return;
    renewing = true;
    renew()
      .catch((error: unknown) => logger.warn({ err: error, cycle: cycle.id }, "leases were not renewed"))
      .finally(() => {
        renewing = false;
      });
  }, sharing.leaseMs / RENEWALS);

  return {
    claim,
    hold(part) {
      heldUntil.set(part, clock().getTime() + sharing.leaseMs);
    },
    check(part) {
      if ((heldUntil.get(part) ?? 0) < clock().getTime()) throw new LeaseLostError(part);
    },
    end() {
      clearInterval(timer);
    },
  };
}
