import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import type { windowContract } from '../../core/contract/windowContract.ts'
import type { Home } from '../files/places.ts'
import { isOwnFolder, socketPlaces } from '../platform/socketPlaces.ts'

/** How a window or a command line calls the lab, in the same process or over a socket. */
export type WindowClient = ContractRouterClient<typeof windowContract>

/** Milliseconds within which an owner must answer. Otherwise it counts as absent, because it is stopped or hangs. */
const answerTimeout = 5000

/** A client's end of a home folder's socket. */
export interface OwnerLink {
  readonly client: WindowClient
  readonly isOpen: () => boolean
  close(): void
}

/** Connects to the Conv Lab that owns this folder; null if nobody answers. */
export async function connectToOwner(home: Home): Promise<OwnerLink | null> {
  for (const place of socketPlaces(home.folder)) {
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
    // `handshakeTimeout` does not cover a connection that is passed in, so the connection has its own timeout.
    const socket = new WebSocket('ws://home/', {
      createConnection: () => connect({ path, timeout: answerTimeout }),
      perMessageDeflate: false,
      handshakeTimeout: answerTimeout,
    })
    socket.once('open', () => resolve(socket))
    // A process that does not answer is not treated as the owner. The history's lock, not this function, decides
    // whether the folder is free.
    socket.on('error', () => resolve(null))
  })
}
