import { setFlagsFromString } from "node:v8";

/** V8 lets the heap grow to four times what lives on it, and by a hundred megabytes at the least. */
const GROWTH_PERCENT = 100;

/**
 * Has garbage of this process, all threads, be collected whenever the heap has doubled. Without that a site of small
 * experiments takes 325 to 430 MB by turns, of which 320 are in use; measured, see bench/NOTES.md. A flag that some later V8
 * does not know costs a line on standard error.
 */
export function collectGarbageEarly(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
