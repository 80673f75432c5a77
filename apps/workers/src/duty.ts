import type { WorkerContext } from "./worker-context.js";

/** Something that one worker of the site does at a time. */
export interface Duty {
  /** Takes the duty when it is free, or keeps it. @returns whether this worker has it now @throws DatabaseError */
  hold(): Promise<boolean>;
  /** Gives it back, so that the next worker need not wait for the lease to end. */
  release(): Promise<void>;
}

/** Long enough for a pause of the process; a worker that was killed is replaced after that. */
const LEASE_MS = 6_000;
const RENEWAL_MS = 1_500;

/** @param onChange called when this worker gets the duty or loses it */
export function dutyOf(name: string, context: WorkerContext, onChange: (isHeld: boolean) => void): Duty {
  const { databases, worker, clock } = context;
  let renewAt = 0;
  let isHeld = false;
  return {
    hold: async () => {
      const now = performance.now();
      if (isHeld && now < renewAt) return true;
      const held = await databases.namedLeases.claim(name, { worker, at: clock(), leaseMs: LEASE_MS });
      renewAt = now + RENEWAL_MS;
      if (held !== isHeld) onChange(held);
      isHeld = held;
      return held;
    },
    release: async () => {
      if (!isHeld) return;
      // When this fails, the lease ends by itself.
      await databases.namedLeases.release(name, worker).catch(() => undefined);
    },
  };
}
