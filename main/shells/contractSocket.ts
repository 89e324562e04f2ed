import { RPCHandler } from '@orpc/server/ws'
import type { WebSocket } from 'ws'
import { router } from '../api/router.ts'
import type { Lab } from '../lab.ts'

/** Largest message that a window or a command line may send: requests are small, so more is a mistake or an attack. */
export const largestMessageBytes = 1 << 20

const handler = new RPCHandler(router)

/** Carries the window contract out for whoever is at the other end of a WebSocket, until it closes. */
export function serveContract(lab: Lab, socket: WebSocket): void {
  // oRPC waits for what `send` returns, though its type says that it returns nothing.
  const connection = {
    addEventListener: socket.addEventListener.bind(socket),
    send: (data: Parameters<WebSocket['send']>[0]) => sent(socket, data),
  }
  void handler.upgrade(connection, { context: { lab } })
}

/**
 * Sends and resolves when the message has left this process, so that a stream waits for a client that reads slowly
 * instead of piling up what it has not read.
 */
function sent(socket: WebSocket, data: Parameters<WebSocket['send']>[0]): Promise<void> {
  return new Promise((resolve) => {
    // A connection that has gone ends its calls by its `close` event; a failed send adds nothing to that.
    socket.send(data, () => resolve())
  })
}
