import { spawn, type ChildProcess } from 'node:child_process'
import { onTestFinished } from 'vitest'
import type { Home } from '../../../main/files/places.ts'
import { bundled } from '../../programs/bundled.ts'

const program = bundled('cli')

export interface Finished {
  /** Exit code, or the signal that ended it. */
  readonly code: number | NodeJS.Signals | null
  readonly output: string
  readonly error: string
  /** The values of standard output, one a line. */
  readonly values: readonly Record<string, unknown>[]
}

export interface Running {
  readonly process: ChildProcess
  readonly finished: Promise<Finished>
  /** Resolves with the first line of output that this holds for; rejects when the command ends without one. */
  line(wanted: (value: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function valuesOf(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line))
    .filter(isRecord)
}

/**
 * Starts the command line as people do, in a process of its own, on a home folder.
 * @param into An open file that takes standard output in the place of this test.
 */
export function startLab(home: Home, words: string, into?: number): Running {
  const child = spawn(process.execPath, [program, ...words.split(' '), '--home', home.folder], {
    stdio: ['ignore', into ?? 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  let error = ''
  const watchers = new Set<() => void>()
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
    for (const look of watchers) look()
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (error += text))
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) =>
      resolve({ code: code ?? signal, output, error, values: words.includes('--json') ? valuesOf(output) : [] }),
    )
  })
  const line: Running['line'] = (wanted) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = valuesOf(output.slice(0, output.lastIndexOf('\n') + 1)).find(wanted)
        if (found !== undefined) resolve(found)
      }
      watchers.add(look)
      look()
      void finished.then(({ error: said }) => reject(new Error(`the command ended before: ${said}`)))
    })
  return { process: child, finished, line }
}

/** Runs a command to its end. */
export function lab(home: Home, words: string): Promise<Finished> {
  return startLab(home, words).finished
}
