import { AutosubmitReadError } from "../../errors.js";

/** Work that one configuration may cost before it is refused, a few seconds; one of 2 MB takes about 2 million steps. */
export const MAX_STEPS = 20_000_000;
/** Characters that placeholders and FOR loops may produce in one load. */
export const MAX_PRODUCED_CHARACTERS = 16 * 1024 * 1024;
/** Mappings and lists within each other; the reference gives up at about this depth as well. */
export const MAX_DEPTH = 200;

/**
 * What the steps of one load share: the bounds that keep hostile input from hanging the process, the file that messages
 * name, and the warnings. One per load; not reused.
 */
export interface LoadContext {
  /** The file being read; null while values of several files are put together. */
  file: string | null;
  /** What went wrong without failing the load. */
  readonly warnings: string[];
  /** Accounts for visited or copied values. @throws AutosubmitReadError `CONFIG_INVALID` past `MAX_STEPS` */
  spendSteps(count: number): void;
  /** Accounts for produced text. @throws AutosubmitReadError `CONFIG_INVALID` past `MAX_PRODUCED_CHARACTERS` */
  spendText(characters: number): void;
  /** The error for a rule that the configuration breaks; names the file being read. To be thrown. */
  invalid(message: string, position?: TextPosition): AutosubmitReadError;
}

/** A place in a text file, both 1-based. */
export interface TextPosition {
  line: number;
  column: number;
}

/** A fresh context. @param expid the experiment, for errors; null for text that belongs to none */
export function createLoadContext(expid: string | null = null): LoadContext {
  let steps = 0;
  let characters = 0;
  const context: LoadContext = {
    file: null,
    warnings: [],
    spendSteps(count) {
      steps += count;
      if (steps > MAX_STEPS) throw context.invalid("the configuration is too large or refers to itself too often");
    },
    spendText(count) {
      characters += count;
      if (characters > MAX_PRODUCED_CHARACTERS) throw context.invalid("its placeholders produce too much text");
    },
    invalid(message, position) {
      return new AutosubmitReadError("CONFIG_INVALID", placedMessage(message, context.file, position), {
        ...(expid === null ? {} : { expid }),
        ...(context.file === null ? {} : { path: context.file }),
        ...position,
      });
    },
  };
  return context;
}

function placedMessage(message: string, file: string | null, position: TextPosition | undefined): string {
  const place = position ? `line ${position.line}, column ${position.column}: ` : "";
  return file === null ? `The configuration cannot be loaded: ${place}${message}` : `${file}: ${place}${message}`;
}
