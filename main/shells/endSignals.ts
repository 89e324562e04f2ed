import { endSignals } from '../platform/endSignals.ts'

/**
 * Milliseconds within which several signals count as one. A single Ctrl+C can arrive twice, from the terminal and from
 * the set-up that started this program. The second must not interrupt the checkpoint that is being written.
 */
const sameSignalWithin = 1000

/** Exit code of a program that was ended from outside, as terminals use it for Ctrl+C. */
export const interruptedCode = 130

/**
 * Makes the first signal end the program in an orderly way, and a later one at once.
 * @param end Called once.
 * @returns A function that undoes this.
 */
export function onEndSignals(end: () => void): () => void {
  let first: number | null = null
  const hear = (): void => {
    if (first === null) {
      first = performance.now()
      end()
    } else if (performance.now() - first > sameSignalWithin) {
      // What is stored is safe at any moment. A training run continues from its last checkpoint.
      process.exit(interruptedCode)
    }
  }
  for (const signal of endSignals) process.on(signal, hear)
  return () => {
    for (const signal of endSignals) process.off(signal, hear)
  }
}
