import { expect } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../../setup/folders.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const browserShell = path.join(root, 'dist', 'main', 'browser.js')
const commandLine = path.join(root, 'dist', 'main', 'cli.js')

/** A running browser shell, with the address that it printed. */
export interface LabProcess {
  readonly child: ChildProcess
  readonly address: string
  /** Ends it as a person closing it would, and waits. */
  end(): Promise<void>
  /** Ends it as a power cut would: the shell and its engine at once, without a word. */
  kill(): Promise<void>
}

export interface StartOptions {
  /** The home folder of the person who runs it, which `~` means; by default that of this test. */
  readonly person?: string
  /** By default one that is free. */
  readonly port?: number
}

/** Starts the browser shell on a home folder of the lab without opening a browser. */
export async function startLab(home: string, { person, port }: StartOptions = {}): Promise<LabProcess> {
  const child = spawn(
    process.execPath,
    [browserShell, '--home', home, '--no-open', ...(port === undefined ? [] : ['--port', String(port)])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
      windowsHide: true,
      env: {
        ...process.env,
        CONV_LAB_CACHE: cacheFolder(),
        ...(person === undefined ? {} : { HOME: person, USERPROFILE: person }),
      },
    },
  )
  const exited = once(child, 'exit')
  const address = await addressFrom(child)
  return {
    child,
    address,
    async end() {
      child.kill('SIGTERM')
      await exited
    },
    async kill() {
      if (child.pid === undefined) throw new Error('the shell never started')
      // The shell leads a process group of its own, to which its engine belongs.
      // Windows knows no groups, and ends an engine with the program that started it.
      if (process.platform === 'win32') child.kill('SIGKILL')
      else process.kill(-child.pid, 'SIGKILL')
      await exited
    },
  }
}

async function addressFrom(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the shell has no standard output')
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /https?:\/\/\S+/.exec(line)?.[0]
    if (address !== undefined) return address
  }
  throw new Error('the shell ended without an address')
}

/** Runs the command line and answers with the JSON values it printed. */
export async function lab(
  home: string,
  ...words: string[]
): Promise<{ code: number; values: unknown[]; error: string }> {
  const child = spawn(process.execPath, [commandLine, ...words, '--home', home, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let error = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text))
  await once(child, 'close')
  const values = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
  return { code: child.exitCode ?? -1, values, error }
}

/** The last value of a command that is carried out. The type is that of what its documentation says. */
export async function valueOf<Value>(home: string, ...words: string[]): Promise<Value> {
  const { code, values, error } = await lab(home, ...words)
  expect(code, error).toBe(0)
  return values.at(-1) as Value
}
