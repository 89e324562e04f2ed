// Runs other programs and finds them.
import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import { platformOf } from './platform/platform.mjs'

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set()
/** @type {Set<() => void>} */
const listeners = new Set()

function tellChange() {
  for (const listener of listeners) listener()
}

/**
 * The programs that are running now, by process id.
 * @returns {number[]}
 */
export function runningChildren() {
  return [...children].flatMap((child) => child.pid ?? [])
}

/**
 * Calls back whenever a program starts or ends.
 * @param {() => void} listener
 * @returns {() => void} ends it
 */
export function whenChildrenChange(listener) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Passes a signal to all running programs.
 * @param {NodeJS.Signals} signal
 */
export function signalChildren(signal) {
  // Windows knows one way to end a program.
  for (const child of children) child.kill(platformOf(process).sharesConsole ? 'SIGTERM' : signal)
}

/**
 * @typedef {object} Outcome
 * @property {number | null} code  exit code; null after a signal
 * @property {string} output  standard output
 * @property {string} errors  standard error
 */

/**
 * Runs a program to its end, without input. Its output is kept, or shown if `show` is set. `signal` ends it at once.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, environment?: NodeJS.ProcessEnv, show?: boolean, signal?: AbortSignal }} [options]
 * @returns {Promise<Outcome>} rejects if the program cannot be started, or was ended
 */
export function run(command, parameters, { cwd, environment, show = false, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd,
      env: environment,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      windowsHide: true,
      signal,
      killSignal: 'SIGKILL',
    })
    let output = ''
    let errors = ''
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr?.setEncoding('utf8').on('data', (text) => (errors += text))
    children.add(child)
    child.once('spawn', tellChange)
    child.once('error', (problem) => {
      children.delete(child)
      reject(problem)
    })
    child.once('close', (code) => {
      children.delete(child)
      tellChange()
      resolve({ code, output, errors })
    })
  })
}

/**
 * The last message of a failed program, in one line.
 * @param {Outcome} outcome
 */
export function lastWords(outcome) {
  const lines = `${outcome.output}\n${outcome.errors}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return (lines.at(-1) ?? `exit code ${outcome.code}`).slice(0, 300)
}

/**
 * Those of these programs that are on the search path, in the order of their names.
 * @param {readonly string[]} names
 * @param {{ platform: NodeJS.Platform, environment: NodeJS.ProcessEnv }} place
 * @returns {string[]} their paths
 */
export function findPrograms(names, { platform, environment }) {
  const { programEndings } = platformOf({ platform })
  // Windows writes the variable in several ways.
  const searchPath = Object.entries(environment).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? ''
  const folders = searchPath.split(path.delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) =>
    folders.flatMap((folder) => programEndings.map((ending) => path.join(folder, name + ending)).filter(isProgram)),
  )
}

/**
 * The first of these programs that is on the search path.
 * @param {readonly string[]} names
 * @param {{ platform: NodeJS.Platform, environment: NodeJS.ProcessEnv }} place
 * @returns {string | null} its path
 */
export function findProgram(names, place) {
  return findPrograms(names, place)[0] ?? null
}

/** @param {string} file */
function isProgram(file) {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
