import { chmod, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import { LabError, problem } from '../../core/words/problems.ts'
import type { Log } from '../files/log.ts'
import type { Home } from '../files/places.ts'
import { makeOwnFolder, neededSocketPlaces, type SocketPlace } from '../platform/socketPlaces.ts'

/** The owner's end of the home folder's socket. */
export interface HomeSocket {
  /** Resolves when no command line is connected. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds that clients have to disconnect by themselves when the lab closes. */
const leaveTimeout = 500

export interface HomeSocketOptions {
  readonly home: Home
  readonly log: Log
  /** Largest message in bytes that a client may send. */
  readonly largestMessageBytes: number
  /** Serves a client that has connected. */
  readonly onConnection: (socket: WebSocket) => void
}

/**
 * Listens at the folder's socket (a named pipe on Windows) for other processes of this user. Only the owner of the
 * folder may call this: a socket that is already there was left by an owner that died, and is replaced.
 * @throws LabError `socket-too-long` if there is no place for it, `write-failed` if no socket can be made.
 */
export async function serveHomeSocket(options: HomeSocketOptions): Promise<HomeSocket> {
  const { log } = options
  const server = createServer((_request, response) => response.writeHead(426).end())
  const sockets = new WebSocketServer({ server, maxPayload: options.largestMessageBytes, perMessageDeflate: false })
  sockets.on('error', (thrown) => log.add('home socket', thrown))
  let whenIdle: (() => void)[] = []
  sockets.on('connection', (socket) => {
    socket.on('error', (thrown) => log.add('home socket connection', thrown))
    socket.on('close', () => {
      if (sockets.clients.size > 0) return
      for (const resolve of whenIdle) resolve()
      whenIdle = []
    })
    options.onConnection(socket)
  })
  const idle = (): Promise<void> =>
    sockets.clients.size === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))
  const place = await listen(server, neededSocketPlaces(options.home.folder))
  return {
    idle,
    async close() {
      // The last events are still being sent. A command line that sees their end closes the connection itself.
      await Promise.race([idle(), delay(leaveTimeout, undefined, { ref: false })])
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets.clients) socket.close(1001)
      const late = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), 1000)
      await closed
      clearTimeout(late)
      if (place.folder !== null) await rm(place.path, { force: true })
    },
  }
}

async function listen(server: Server, places: readonly SocketPlace[]): Promise<SocketPlace> {
  let failed: { path: string; thrown: unknown } | null = null
  for (const place of places) {
    try {
      await prepare(place)
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(place.path, () => {
          server.off('error', reject)
          resolve()
        })
      })
      if (place.folder !== null) await chmod(place.path, 0o600)
      return place
    } catch (thrown) {
      // Some file systems cannot hold sockets. The next place is outside the home folder.
      failed = { path: place.path, thrown }
    }
  }
  const detail =
    failed?.thrown instanceof Error && 'code' in failed.thrown ? String(failed.thrown.code) : String(failed?.thrown)
  throw new LabError(problem('write-failed', { path: failed?.path ?? '', detail }), { cause: failed?.thrown })
}

async function prepare(place: SocketPlace): Promise<void> {
  if (place.folder === null) return
  await makeOwnFolder(place.folder)
  await rm(place.path, { force: true })
}
