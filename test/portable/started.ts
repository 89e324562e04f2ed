import { spawn, type ChildProcess } from 'node:child_process'

export interface Ended {
  /** Exit code; null after a signal. */
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** A program that runs, and what it has written so far. */
export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves with the first match in standard output; rejects if the program ends without one. */
  said(wanted: RegExp): Promise<RegExpExecArray>
}

/** Starts a program without input, in this folder or another one. */
export function start(command: string, words: readonly string[], cwd?: string): Started {
  const child = spawn(command, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  const listeners = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    for (const listen of listeners) listen()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output, errors }))
  })
  const said = (wanted: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = wanted.exec(output)
        if (found !== null) resolve(found)
      }
      listeners.add(look)
      look()
      ended.then(
        (end) => reject(new Error(`ended with ${end.code} and without ${String(wanted)}: ${end.output}${end.errors}`)),
        reject,
      )
    })
  return { child, ended, said }
}

/** Runs a program to its end. */
export function ran(command: string, words: readonly string[], cwd?: string): Promise<Ended> {
  return start(command, words, cwd).ended
}

/** Runs a program that must succeed, and gives what it wrote. */
export async function succeeded(command: string, words: readonly string[]): Promise<string> {
  const { code, output, errors } = await ran(command, words)
  if (code !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${code}: ${output}${errors}`)
  return output
}
