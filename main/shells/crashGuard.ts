import { problemOf, type Problem } from '../../core/words/problems.ts'
import type { Log } from '../files/log.ts'

export interface CrashGuardOptions {
  readonly log: Log
  /** Shows the problem to the person. */
  readonly say: (problem: Problem) => void
  /** Ends the shell in an orderly way, with the training run at a checkpoint. */
  readonly end: () => void
}

/**
 * Handles errors that no code has caught: logs them with their stack and shows a sentence. An unhandled rejection
 * leaves the state intact, so the lab continues. After an uncaught exception the state is unknown, so the shell ends in
 * an orderly way.
 * @returns A function that removes the guard.
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
