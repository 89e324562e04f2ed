import { utilityProcess } from 'electron'
import {
  engineEntry,
  engineEnvironment,
  engineNodeOptions,
  exitDetail,
  type EngineProcess,
  type EngineRole,
} from '../engine/host/forkEngine.ts'
import { systemMemoryKills } from '../platform/memoryKills.ts'

/** Bytes of the engine's error output that are kept, to say why it ended. */
const remembered = 8192

/**
 * Starts the engine as a utility process, Electron's kind of Node child process. Electron ends it when the app dies.
 */
export function forkUtilityEngine(role: EngineRole = 'normal', threads: number | null = null): EngineProcess {
  const child = utilityProcess.fork(engineEntry(), [role], {
    execArgv: engineNodeOptions(role),
    env: engineEnvironment(threads),
    serviceName: 'Conv Lab engine',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errorOutput = ''
  const memoryKills = systemMemoryKills()
  child.stderr?.on('data', (part: Buffer) => {
    errorOutput = (errorOutput + part.toString()).slice(-remembered)
  })
  // V8 cannot go on, for want of memory as a rule. `exit` follows; without a listener Electron's event would be thrown.
  child.on('error', (kind, location) => {
    errorOutput += `\n${kind}: V8 ended at ${location}\n`
  })

  const listeners: ((detail: string) => void)[] = []
  let ended: string | null = null
  child.once('exit', (code) => {
    ended = exitDetail({ code, signal: null, errorOutput, memoryKill: systemMemoryKills() > memoryKills })
    for (const listener of listeners) listener(ended)
  })
  const onExit = (listener: (detail: string) => void): void => {
    if (ended === null) listeners.push(listener)
    else listener(ended)
  }

  return {
    // It has a process id only once it runs.
    get pid() {
      return child.pid
    },
    port: {
      on: (event, listener) => {
        if (event === 'close') onExit(() => listener())
        else if (event === 'message') child.on('message', (data: unknown) => listener({ data }))
      },
      postMessage: (message: unknown) => child.postMessage(message),
    },
    kill: (signal) => {
      // Electron's own `kill` only asks. An engine that hangs needs the signal.
      if (ended !== null) return
      if (child.pid === undefined) child.kill()
      else process.kill(child.pid, signal)
    },
    onExit,
  }
}
