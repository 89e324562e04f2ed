const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Milliseconds within which signals count as one: a single Ctrl+C can arrive twice, from the terminal and from the
 * set-up that started this program, and that must not cut short the checkpoint that is being written.
 */
const sameSignalWithin = 1000

/** Exit code of a program that was ended from outside, as shells have it for Ctrl+C. */
export const interruptedCode = 130

/**
 * Lets the first signal end the program in order, and a later one at once.
 * @param end Called once.
 * @returns A function that takes it back.
 */
export function onEndSignals(end: () => void): () => void {
  let first: number | null = null
  const hear = (): void => {
    if (first === null) {
      first = performance.now()
      end()
    } else if (performance.now() - first > sameSignalWithin) {
      // What is stored is safe at every instant; a run that trains goes on from its last checkpoint.
      process.exit(interruptedCode)
    }
  }
  for (const signal of signals) process.on(signal, hear)
  return () => {
    for (const signal of signals) process.off(signal, hear)
  }
}
