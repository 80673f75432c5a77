/** Collects items and passes them on a few at a time, in order and one call after the other. */
export interface Batch<Item> {
  add(item: Item): void;
  /** Passes on what is left. @throws the first error of `pass`; items after it are dropped */
  end(): Promise<void>;
}

export interface BatchOptions<Item> {
  size: number;
  /** What has waited this long is passed on even if the batch is not full. */
  intervalMs: number;
  pass(items: Item[]): Promise<void>;
  /** Called at once with the first error, which `end` throws later. */
  onError(error: unknown): void;
}

export function collect<Item>({ size, intervalMs, pass, onError }: BatchOptions<Item>): Batch<Item> {
  let items: Item[] = [];
  let failure: { error: unknown } | null = null;
  let passing: Promise<void> = Promise.resolve();

  const passOn = () => {
    if (items.length === 0) return;
    const full = items;
    items = [];
    passing = passing
      .then(() => (failure ? undefined : pass(full)))
      .catch((error: unknown) => {
        failure ??= { error };
        onError(error);
      });
  };
  const timer = setInterval(passOn, intervalMs);

  return {
    add(item) {
      items.push(item);
      if (items.length >= size) passOn();
    },
    async end() {
      clearInterval(timer);
      passOn();
      await passing;
      if (failure) throw failure.error;
    },
  };
}
