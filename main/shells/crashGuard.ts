import { problemOf, type Problem } from '../../core/words/problems.ts'
import type { Log } from '../files/log.ts'

export interface CrashGuardOptions {
  readonly log: Log
  /** Shows the problem to the person. */
  readonly say: (problem: Problem) => void
  /** Ends the shell in order, with the training run at a checkpoint. */
  readonly end: () => void
}

/**
 * Takes what no code has caught: it is logged with its stack and said as a sentence. A lost promise leaves the state
 * as it was, so the lab goes on; after a lost exception nobody knows the state, so the shell ends in order.
 * @returns A function that takes the guard away.
 */
export function guardAgainstCrashes(options: CrashGuardOptions): () => void {
  const onRejection = (thrown: unknown): void => {
    options.log.add('unhandled rejection', thrown)
    options.say(problemOf(thrown))
  }
  const onException = (thrown: unknown): void => {
    options.log.add('uncaught exception', thrown)
    options.say(problemOf(thrown))
    options.end()
  }
  process.on('unhandledRejection', onRejection)
  process.on('uncaughtException', onException)
  return () => {
    process.off('unhandledRejection', onRejection)
    process.off('uncaughtException', onException)
  }
}
