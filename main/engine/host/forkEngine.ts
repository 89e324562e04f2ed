import { fork, type ChildProcess, type ForkOptions, type Serializable } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SupportedMessagePort } from '@orpc/client/message-port'
import { outOfMemoryLine, systemMemoryKills } from '../shared/outOfMemory.ts'

/** A started engine, whoever started it: `child_process.fork` or Electron's `utilityProcess`. */
export interface EngineProcess {
  readonly pid: number | undefined
  /** Its `close` event comes when the process has ended. */
  readonly port: SupportedMessagePort
  kill(signal?: NodeJS.Signals): void
  /** Called once, when the process has ended or could not be started; `detail` says how in a few words. */
  onExit(listener: (detail: string) => void): void
}

export type LaunchEngine = () => EngineProcess

/** Bytes of the engine's error output that are remembered, to say why it ended. */
const remembered = 8192

/** The engine's program: a bundle beside the bundle that starts it, or its source beside this one. */
export function engineEntry(): string {
  return fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? '../process/entry.ts' : './engine.js', import.meta.url),
  )
}

/**
 * What stands for SIGKILL where only a code is told: Electron gives the number of the signal, a shell in between 128
 * more.
 */
const killedCodes: readonly (number | null)[] = [9, 137]

/** How a process ended, and what is known about why. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly errorOutput: string
  /** Whether the system ended a process for lack of memory while this one lived. */
  readonly memoryKill: boolean
}

/**
 * How a process ended, in a few words: the signal, or its code and the error it printed; and that memory ran out, where
 * that shows.
 */
export function exitDetail({ code, signal, errorOutput, memoryKill }: ProcessEnd): string {
  const noRoom = outOfMemoryLine(errorOutput)
  if (noRoom !== null) return `${signal ?? `exit code ${code}`}, ${noRoom}`
  const killed = signal === 'SIGKILL' || (signal === null && killedCodes.includes(code))
  if (killed && memoryKill) return 'SIGKILL, out of memory'
  if (signal !== null) return signal
  const error = errorOutput.split('\n').findLast((line) => /^\S*(Error|error)\b.*: /.test(line))
  return error === undefined ? `exit code ${code}` : `exit code ${code}, ${error.slice(0, 200)}`
}

/**
 * The environment of the engine. It asks glibc for pages of 2 MB, where the system gives them to who asks: the maps of
 * a step are tens of megabytes each, and finding their pages of 4 kB takes 3 % of a step. Read once, when a process
 * starts; other systems ignore it.
 */
function engineEnvironment(): NodeJS.ProcessEnv {
  const wanted = 'glibc.malloc.hugetlb=1'
  const { GLIBC_TUNABLES: given } = process.env
  if (given?.includes('glibc.malloc.hugetlb')) return process.env
  return { ...process.env, GLIBC_TUNABLES: given === undefined || given === '' ? wanted : `${given}:${wanted}` }
}

/** How the engine is forked. Its output stays apart, because standard output belongs to the command line. */
export function engineForkOptions(): ForkOptions {
  return {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    env: engineEnvironment(),
  }
}

/** A child that was forked with `engineForkOptions`, as an engine. */
export function engineProcessOf(child: ChildProcess): EngineProcess {
  let errorOutput = ''
  const memoryKills = systemMemoryKills()
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-remembered)
  })

  const listeners: ((detail: string) => void)[] = []
  let ended: string | null = null
  const end = (detail: string): void => {
    if (ended !== null) return
    ended = detail
    for (const listener of listeners) listener(detail)
  }
  const onExit = (listener: (detail: string) => void): void => {
    if (ended === null) listeners.push(listener)
    else listener(ended)
  }
  // `close` comes after `exit`, when all error output has been read.
  child.on('close', (code, signal) =>
    end(exitDetail({ code, signal, errorOutput, memoryKill: systemMemoryKills() > memoryKills })),
  )
  child.on('error', (error) => {
    // Only a process that was never started has no number; it has no `close` event either.
    if (child.pid === undefined) end(error.message)
  })

  return {
    pid: child.pid,
    port: {
      on: (event, listener) =>
        void (event === 'close' ? onExit(() => listener()) : child.on(event, (data: unknown) => listener({ data }))),
      // The callback hears that the process is gone, which `close` tells as well; without it Node would throw that.
      postMessage: (message: Serializable) => void child.send(message, () => undefined),
    },
    kill: (signal) => void child.kill(signal),
    onExit,
  }
}

/** Starts the engine as a child process of Node. */
export function forkEngine(): EngineProcess {
  return engineProcessOf(fork(engineEntry(), [], engineForkOptions()))
}
