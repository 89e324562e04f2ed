import { fork, type ChildProcess, type ForkOptions, type Serializable } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SupportedMessagePort } from '@orpc/client/message-port'
import { systemMemoryKills } from '../../platform/memoryKills.ts'
import { illegalInstruction, outOfMemoryLine } from '../shared/outOfMemory.ts'
import { tensorflowEnvironment } from '../shared/tensorflowEnvironment.ts'

/** A running engine process, started by `child_process.fork` or by Electron's `utilityProcess`. */
export interface EngineProcess {
  readonly pid: number | undefined
  /** Emits `close` when the process has ended. */
  readonly port: SupportedMessagePort
  kill(signal?: NodeJS.Signals): void
  /**
   * Calls the listener once, when the process has ended or could not be started; `detail` gives the reason in a few
   * words.
   */
  onExit(listener: (detail: string) => void): void
}

/**
 * What an engine is for. One that trains in the `background` gives way to whatever somebody waits for: the window, other
 * programs, and the engine that is `looking` inside a network. Others share the processor as programs do.
 */
export type EngineRole = 'normal' | 'background' | 'looking'

/**
 * Starts an engine: a `normal` one where no role is named, on as many threads as the computer has where no number is.
 * A process cannot change its number of threads.
 */
export type LaunchEngine = (role?: EngineRole, threads?: number | null) => EngineProcess

/** Bytes of the engine's error output to keep, to explain its end. */
const remembered = 8192

/** The engine's program: a bundle next to the running bundle, or its source file. */
export function engineEntry(): string {
  return fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? '../process/entry.ts' : './engine.js', import.meta.url),
  )
}

/**
 * Exit codes that mean SIGKILL when no signal is reported. Electron gives the number of the signal; a shell in between
 * adds 128.
 */
const killedCodes: readonly (number | null)[] = [9, 137]

/**
 * Exit codes of a process that met an instruction which its processor does not have: the signal's number, as Electron
 * gives it and as shells do, and Windows' STATUS_ILLEGAL_INSTRUCTION, with and without sign.
 */
const illegalCodes: readonly (number | null)[] = [4, 132, 0xc000001d, 0xc000001d - 2 ** 32]

/** How a process ended, and what is known about the cause. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly errorOutput: string
  /** Whether the system killed any process for lack of memory while this one was running. */
  readonly memoryKill: boolean
}

/**
 * Describes in a few words how a process ended: the signal, or its code and error output. Says so if memory ran out.
 */
export function exitDetail({ code, signal, errorOutput, memoryKill }: ProcessEnd): string {
  const noRoom = outOfMemoryLine(errorOutput)
  if (noRoom !== null) return `${signal ?? `exit code ${code}`}, ${noRoom}`
  const killed = signal === 'SIGKILL' || (signal === null && killedCodes.includes(code))
  if (killed && memoryKill) return 'SIGKILL, out of memory'
  if (signal !== null) return signal
  if (illegalCodes.includes(code)) return illegalInstruction
  const error = errorOutput.split('\n').findLast((line) => /^\S*(Error|error)\b.*: /.test(line))
  return error === undefined ? `exit code ${code}` : `exit code ${code}, ${error.slice(0, 200)}`
}

/** The setting by which glibc asks the system for pages of 2 MB, and its variable. */
const largePages = 'glibc.malloc.hugetlb'
const tunables = 'GLIBC_TUNABLES'

/**
 * The environment of an engine: what TensorFlow reads, and large pages (on systems that give them on request), because
 * the maps of a step are tens of megabytes each and page faults on pages of 4 kB slow a step down. glibc reads its
 * setting once, when a process starts. Other systems ignore it.
 */
export function engineEnvironment(threads: number | null = null): Record<string, string | undefined> {
  const environment = tensorflowEnvironment(process.env, threads)
  const given = environment[tunables] ?? ''
  if (given.includes(largePages)) return environment
  const wanted = `${largePages}=1`
  return { ...environment, [tunables]: given === '' ? wanted : `${given}:${wanted}` }
}

/**
 * Options of Node for an engine. One that looks inside hands on many answers and keeps few: with little room for new
 * values V8 clears them away instead of growing.
 */
export function engineNodeOptions(role: EngineRole): string[] {
  return role === 'looking' ? ['--max-semi-space-size=2'] : []
}

/** Options to fork the engine. Its standard output is ignored, because the command line owns standard output. */
export function engineForkOptions(role: EngineRole = 'normal', threads: number | null = null): ForkOptions {
  return {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: engineNodeOptions(role),
    env: engineEnvironment(threads),
  }
}

/** Wraps a child that was forked with `engineForkOptions`. */
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
    // Only a process that never started has no pid. It emits no `close` event either.
    if (child.pid === undefined) end(error.message)
  })

  return {
    pid: child.pid,
    port: {
      on: (event, listener) =>
        void (event === 'close' ? onExit(() => listener()) : child.on(event, (data: unknown) => listener({ data }))),
      // The callback receives the error when the process has exited. `close` reports that as well, and without a
      // callback Node would throw.
      postMessage: (message: Serializable) => void child.send(message, () => undefined),
    },
    kill: (signal) => void child.kill(signal),
    onExit,
  }
}

/** Starts the engine as a child process of Node. */
export function forkEngine(role: EngineRole = 'normal', threads: number | null = null): EngineProcess {
  return engineProcessOf(fork(engineEntry(), [role], engineForkOptions(role, threads)))
}
