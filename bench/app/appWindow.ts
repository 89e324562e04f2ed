import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { WindowClient } from '../../main/homeSocket/ownerLink.ts'
import { SetupProblem } from '../../setup/problem.mjs'

/** The browser shell, run as `npm start` runs it, and this process in the place of its page. */
export class AppWindow {
  readonly client: WindowClient
  /** Milliseconds by `performance.now()`. */
  readonly startedAt: number
  readonly addressAt: number
  readonly #child: ChildProcess
  readonly #socket: WebSocket
  readonly #listeners = new Set<(event: LabEvent) => void>()

  private constructor(child: ChildProcess, socket: WebSocket, startedAt: number, addressAt: number) {
    this.#child = child
    this.#socket = socket
    this.startedAt = startedAt
    this.addressAt = addressAt
    this.client = createORPCClient(new RPCLink({ websocket: socket }))
  }

  /**
   * Starts the program on a home folder and opens a window onto it.
   * @param program The shell's bundle.
   * @throws SetupProblem when it ends instead of giving its address.
   */
  static async open(program: string, home: string): Promise<AppWindow> {
    const startedAt = performance.now()
    // It ends by itself some seconds after its window has gone, so an interrupted bench leaves no process behind.
    const child = spawn(process.execPath, [program, '--no-open', '--home', home], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const address = await addressFrom(child)
    const addressAt = performance.now()
    const { origin, host } = new URL(address)
    const exchanged = await fetch(address, { redirect: 'manual' })
    const cookie = exchanged.headers.get('set-cookie')?.split(';')[0] ?? ''
    const socket = new WebSocket(`ws://${host}/api`, { headers: { cookie, origin }, perMessageDeflate: false })
    await once(socket, 'open')
    const window = new AppWindow(child, socket, startedAt, addressAt)
    void window.#follow()
    return window
  }

  /** The first event from now on for which `pick` returns something. */
  next<Value>(pick: (event: LabEvent) => Value | null): Promise<Value> {
    return new Promise((resolve) => {
      const listener = (event: LabEvent): void => {
        const value = pick(event)
        if (value === null) return
        this.#listeners.delete(listener)
        resolve(value)
      }
      this.#listeners.add(listener)
    })
  }

  /** An address that opens a further window once. */
  async freshAddress(): Promise<string> {
    const { owner } = await this.client.lab.status()
    if (owner.address === null) throw new Error('the lab has no address')
    return owner.address
  }

  /** The program's own children, each with the largest resident memory that it had, in bytes; Linux alone says. */
  async children(): Promise<ReadonlyMap<number, number>> {
    const { pid } = this.#child
    const ids = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter((id) => id !== '')
    const memory = ids.map(async (id): Promise<[number, number]> => {
      const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${id}/status`, 'utf8'))?.[1]
      return [Number(id), Number(kilobytes ?? 0) * 1024]
    })
    return new Map(await Promise.all(memory))
  }

  /** Hears every event from now on. @returns ends it */
  listen(listener: (event: LabEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Ends the program as Ctrl-C does, and waits for it. */
  async close(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#socket.close()
    this.#child.kill('SIGINT')
    await ended
  }

  async #follow(): Promise<void> {
    try {
      for await (const event of await this.client.lab.events({ after: 0 }))
        for (const listener of [...this.#listeners]) listener(event)
    } catch (thrown) {
      // The stream ends when the window closes. Nobody answers what still waits then.
      if (this.#socket.readyState === WebSocket.OPEN) throw thrown
    }
  }
}

async function addressFrom(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the app has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)
    // Nothing that the program prints from here on is needed.
    if (address !== null) return address[0]
  }
  throw new SetupProblem('Conv Lab ended before it gave the address of its window (its reason is above).')
}
