import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { phrase, quoted, type Phrase } from '../../../core/words/phrases.ts'
import type { TaskKind, TaskMessage, Tasks } from './tasks.ts'

/** A process that does one task. */
export interface WorkerProcess<Kind extends TaskKind> {
  /** Resolves when the process has ended or could not be started, with how, in a few words. */
  readonly ended: Promise<Phrase>
  onMessage(listener: (message: TaskMessage<Kind>) => void): void
  /** Ends the process at once, whatever it does. */
  kill(): void
}

/** Bytes of the process's error output to keep, to explain its end. */
const remembered = 8192

/** The worker's program: a bundle next to the running bundle, or its source file. */
function workerEntry(): string {
  const file = import.meta.url.endsWith('.ts') ? './process/entry.ts' : './datasetWorker.js'
  return fileURLToPath(new URL(file, import.meta.url))
}

/** Electron's program is Node only where this says so. */
function workerEnvironment(): NodeJS.ProcessEnv {
  return process.versions['electron'] === undefined ? process.env : { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
}

/** Starts a process for a task. Its standard output is ignored, because the command line owns standard output. */
export function startWorker<Kind extends TaskKind>(task: {
  readonly kind: Kind
  readonly order: Tasks[Kind]['order']
}): WorkerProcess<Kind> {
  const child = fork(workerEntry(), {
    // Typed arrays and buffers arrive as they are.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    env: workerEnvironment(),
  })
  let errorOutput = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-remembered)
  })
  const ended = new Promise<Phrase>((resolve) => {
    // `close` comes after `exit`, when all messages and all error output have been read.
    child.once('close', (code, signal) => resolve(endPhrase({ code, signal, errorOutput })))
    child.once('error', (error) => {
      // Only a process that never started has no pid. It emits no `close` either.
      if (child.pid === undefined) resolve(quoted(error.message))
    })
  })
  // The callback receives the error when the process has ended. `close` reports that as well, and without a callback
  // Node would throw.
  child.send(task, () => undefined)
  return {
    ended,
    onMessage: (listener) => void child.on('message', listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

interface WorkerEnd {
  /** Null when a signal ended the process. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly errorOutput: string
}

/** How a process ended, with the last error that it reported, if it reported one. */
function endPhrase({ code, signal, errorOutput }: WorkerEnd): Phrase {
  if (signal !== null) return quoted(signal)
  const line = errorOutput.split('\n').findLast((one) => /^\S*(Error|error)\b.*: /.test(one))
  return line === undefined
    ? phrase('exit-code', { code: String(code) })
    : phrase('exit-code-with-error', { code: String(code), error: quoted(line.slice(0, 200)) })
}
