// Starts the program that set-up was for and stands in for it: same terminal, signals and exit code.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { platformOf } from './platform/platform.mjs'

/** One Ctrl-C can arrive twice, from the terminal and from npm. Within this time, in milliseconds, it counts once. */
const sameSignalWithin = 500

/**
 * @typedef {object} End
 * @property {number} code  as a shell reports it: 128 and the signal's number after a signal
 * @property {NodeJS.Signals | null} signal
 * @property {number} seconds  how long it ran
 */

/**
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd: string, environment?: NodeJS.ProcessEnv }} options
 * @returns {Promise<End>}
 */
export function launch(command, parameters, { cwd, environment = process.env }) {
  return new Promise((resolve, reject) => {
    const begin = performance.now()
    const { sharesConsole } = platformOf(process)
    const child = spawn(command, parameters, { cwd, env: environment, stdio: 'inherit' })
    let lastInterrupt = -Infinity
    const onInterrupt = () => {
      // The terminal has sent Ctrl-C to the program too.
      if (process.stdin.isTTY || sharesConsole || performance.now() - lastInterrupt < sameSignalWithin) return
      lastInterrupt = performance.now()
      child.kill('SIGINT')
    }
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      if (!sharesConsole) child.kill(signal)
    }
    process.on('SIGINT', onInterrupt)
    process.on('SIGTERM', passOn)
    process.on('SIGHUP', passOn)
    if (sharesConsole) process.on('SIGBREAK', passOn)
    const forget = () => {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', passOn)
      process.off('SIGHUP', passOn)
      process.off('SIGBREAK', passOn)
    }
    child.once('error', (thrown) => {
      forget()
      reject(thrown)
    })
    child.once('close', (code, signal) => {
      forget()
      resolve({
        code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
        signal,
        seconds: (performance.now() - begin) / 1000,
      })
    })
  })
}

/**
 * The folder in which the person typed the command. npm changes to the clone's root and states the original folder.
 * @param {string} root
 */
export function typedIn(root) {
  return path.relative(process.cwd(), root) === '' ? (process.env['INIT_CWD'] ?? root) : process.cwd()
}
