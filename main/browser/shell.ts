import type { Problem } from '../../core/words/problems.ts'
import type { LaunchEngine } from '../engine/host/engineHost.ts'
import type { Log } from '../files/log.ts'
import { openServedLab } from '../shells/openServedLab.ts'
import { Lifetime } from './lifetime.ts'
import { serveBrowser, type BrowserServer } from './server.ts'

export interface BrowserShellOptions {
  readonly home: string
  /** 0 takes any free port. */
  readonly port: number
  readonly windowFolder: string
  readonly launchEngine: LaunchEngine
  /** Start the engine in the background, so that the first run does not wait for it. */
  readonly warm: boolean
  /** Seconds after its last page has gone until the shell ends; null: never. */
  readonly goneSeconds: number | null
}

/** A lab with its window served on loopback, from opening to closing. */
export interface BrowserShell {
  readonly port: number
  readonly log: Log
  /** A fresh address that opens the window once. */
  readonly address: () => string
  /** Whether a page has ever connected. */
  readonly arrived: () => boolean
  /** Pauses a training run with a checkpoint and closes everything. Further calls wait for the same end. */
  end(): Promise<void>
  /** Resolves when another Conv Lab has taken the folder; as `Lab.taken`. */
  readonly taken: Promise<Problem>
  /** Settles when everything is closed; rejects with an error of closing. */
  readonly ended: Promise<void>
}

/**
 * Opens a home folder and serves its window.
 * @throws LabError `home-in-use`, `history-damaged`, `history-newer`, `port-in-use`; then nothing stays open.
 */
export async function openBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  let server: BrowserServer | null = null
  const lab = await openServedLab({
    home: options.home,
    shell: 'browser',
    launchEngine: options.launchEngine,
    address: () => server?.address() ?? null,
    warm: options.warm,
  })
  const lifetime = new Lifetime({ goneSeconds: options.goneSeconds, idle: () => lab.idle(), onEnd: () => void end() })
  let closing: Promise<void> | null = null
  let settle: (outcome: Promise<void>) => void
  const ended = new Promise<void>((resolve) => {
    settle = resolve
  })

  function end(): Promise<void> {
    if (closing === null) {
      lifetime.stop()
      closing = close()
      settle(closing)
    }
    return closing
  }

  async function close(): Promise<void> {
    try {
      // The lab closes first, so that its windows still hear that the run is paused.
      await lab.close()
    } finally {
      await server?.close()
    }
  }

  try {
    server = await serveBrowser({
      lab,
      port: options.port,
      windowFolder: options.windowFolder,
      log: lab.log,
      onPages: (open) => {
        if (closing === null) lifetime.pages(open)
      },
    })
  } catch (thrown) {
    await lab.close()
    throw thrown
  }
  const { address, port } = server
  return { port, log: lab.log, address, arrived: () => lifetime.arrived, end, taken: lab.taken, ended }
}
