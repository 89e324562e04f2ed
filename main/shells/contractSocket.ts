import { RPCHandler } from '@orpc/server/ws'
import type { WebSocket } from 'ws'
import { router } from '../api/router.ts'
import type { Lab } from '../lab.ts'

/**
 * Largest message in bytes that a window or a command line may send. Requests are small, so a larger one is a mistake
 * or an attack.
 */
export const largestMessageBytes = 1 << 20

const handler = new RPCHandler(router)

/** Serves the window contract to the other end of a WebSocket, until it closes. */
export function serveContract(lab: Lab, socket: WebSocket): void {
  // oRPC awaits what `send` returns, although its type says `void`.
  const connection = {
    addEventListener: socket.addEventListener.bind(socket),
    send: (data: Parameters<WebSocket['send']>[0]) => sent(socket, data),
  }
  void handler.upgrade(connection, { context: { lab } })
}

/**
 * Sends a message and resolves when it has left this process. So a stream waits for a slow client, and unread messages
 * do not pile up.
 */
function sent(socket: WebSocket, data: Parameters<WebSocket['send']>[0]): Promise<void> {
  return new Promise((resolve) => {
    // A lost connection ends its calls by its `close` event, so a failed send needs no handling.
    socket.send(data, () => resolve())
  })
}
