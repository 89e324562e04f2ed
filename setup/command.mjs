// What the commands have in common: a report, one sentence for an error, and a clean end when interrupted.
import { constants } from 'node:os'
import { thisPlace } from './place.mjs'
import { sentenceFor } from './problem.mjs'
import { reportOn } from './report.mjs'
import { runningChildren, signalChildren } from './run.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a command and exits with its exit code.
 * @param {(place: Place) => Promise<number | (() => Promise<number>)>} work returns the exit code, or a function that
 *   launches the program; the program then gets the signals itself
 */
export async function command(work) {
  const report = reportOn(process.stderr)
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    // Unfinished results have temporary names, so nothing unfinished is mistaken for finished.
    if (runningChildren().length > 0) report.say('Interrupted. The next start goes on from what is finished.')
    signalChildren(signal)
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of signals) process.on(signal, interrupt)
  try {
    const result = await work(thisPlace(report))
    for (const signal of signals) process.off(signal, interrupt)
    process.exitCode = typeof result === 'number' ? result : await result()
  } catch (thrown) {
    report.say(`Conv Lab: ${sentenceFor(thrown)}`)
    process.exitCode = 1
  }
}
