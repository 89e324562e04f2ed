import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { chmod, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket, WebSocketServer } from 'ws'
import { LabError, problem } from '../core/problems.ts'
import type { windowContract } from '../core/windowContract.ts'
import { largestMessageBytes, serveContract } from './contractSocket.ts'
import type { Home } from './files/places.ts'
import { isOwnFolder, makeOwnFolder, socketPlaces, type SocketPlace } from './homeSocketPlaces.ts'
import type { Lab } from './lab.ts'

/** How a window or a command line asks the lab, in this process or across a socket. */
export type WindowClient = ContractRouterClient<typeof windowContract>

/** The owner's end of the home folder's socket. */
export interface HomeSocket {
  /** Resolves when no command line is connected. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** How long an owner has to answer before it counts as none: it may be stopped or hang. In milliseconds. */
const patience = 5000
/** How long clients have to leave by themselves when the lab closes, in milliseconds. */
const farewell = 500

/**
 * Serves the window contract to this user's other processes, at the folder's socket (a named pipe on Windows).
 * Call it as the owner of the folder: a socket that is there already is a dead owner's, and is replaced.
 * @throws LabError `write-failed` where no socket can be made.
 */
export async function serveHome(lab: Lab): Promise<HomeSocket> {
  const server = createServer((_request, response) => response.writeHead(426).end())
  const sockets = new WebSocketServer({ server, maxPayload: largestMessageBytes, perMessageDeflate: false })
  sockets.on('error', (thrown) => lab.log.add('home socket', thrown))
  let whenIdle: (() => void)[] = []
  sockets.on('connection', (socket) => {
    socket.on('error', (thrown) => lab.log.add('home socket connection', thrown))
    socket.on('close', () => {
      if (sockets.clients.size > 0) return
      for (const resolve of whenIdle) resolve()
      whenIdle = []
    })
    serveContract(lab, socket)
  })
  const idle = (): Promise<void> =>
    sockets.clients.size === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))
  const place = await listen(server, socketPlaces(lab.home))
  return {
    idle,
    async close() {
      // The last events are on their way; a command line that hears its end leaves by itself.
      await Promise.race([idle(), delay(farewell, undefined, { ref: false })])
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
      // Some file systems hold no sockets; the next place is outside the home folder.
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

/** A client's end of a home folder's socket. */
export interface OwnerLink {
  readonly client: WindowClient
  isOpen(): boolean
  close(): void
}

/** Connects to the Conv Lab that owns this folder; null when nobody answers there. */
export async function connectToOwner(home: Home): Promise<OwnerLink | null> {
  for (const place of socketPlaces(home)) {
    if (place.folder !== null && !(await isOwnFolder(place.folder))) continue
    const socket = await openSocket(place.path)
    if (socket !== null) {
      const client: WindowClient = createORPCClient(new RPCLink({ websocket: socket }))
      return { client, isOpen: () => socket.readyState === WebSocket.OPEN, close: () => socket.close() }
    }
  }
  return null
}

function openSocket(path: string): Promise<WebSocket | null> {
  return new Promise((resolve) => {
    // The time is the connection's own: with a connection that is made here, nobody else keeps it.
    const socket = new WebSocket('ws://home/', {
      createConnection: () => connect({ path, timeout: patience }),
      perMessageDeflate: false,
      handshakeTimeout: patience,
    })
    socket.once('open', () => resolve(socket))
    // Whoever does not answer is no owner; whether the folder is free the history's lock says, not this socket.
    socket.on('error', () => resolve(null))
  })
}
