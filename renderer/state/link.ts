import type { ORPCError } from '@orpc/client'
import { createORPCClient, isDefinedError, safe } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Problem } from '../../core/words/problems.ts'
import { problem } from '../../core/words/problems.ts'
import { askForPort, portMessage } from '../../core/contract/windowLink.ts'
import type { windowContract } from '../../core/contract/windowContract.ts'

export type WindowClient = ContractRouterClient<typeof windowContract>

/** One connection to the main process. A lost connection is replaced, never repaired. */
export interface Link {
  readonly client: WindowClient
  readonly isOpen: () => boolean
  /** Closes the connection. One that answers wrongly must not stay open beside its successor. */
  readonly close: () => void
}

/** The outcome of a call: its value, or a problem to show where the person acted. */
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem }

/** Turns a call into an answer. An error without a problem of its own means a lost link or something unexpected. */
export async function answerOf<Value>(
  call: Promise<Value> & { readonly __error?: { readonly type: Error | ORPCError<'PROBLEM', Problem> } },
  isOpen: () => boolean,
): Promise<Answer<Value>> {
  const { error, data } = await safe<Value, Error | ORPCError<'PROBLEM', Problem>>(call)
  if (error === null) return { ok: true, value: data }
  if (isDefinedError(error)) return { ok: false, problem: error.data }
  return { ok: false, problem: isOpen() ? problem('internal', { detail: error.message }) : problem('link-lost', {}) }
}

/** Electron: asks the preload script for a port. It answers in a message from this same window. */
function receivePort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent): void => {
      if (event.source !== window || event.data !== portMessage || event.ports.length === 0) return
      window.removeEventListener('message', listen)
      resolve(event.ports[0])
    }
    window.addEventListener('message', listen)
    window.postMessage(askForPort, window.location.origin)
  })
}

/** Opens a connection over this port. */
export function linkOver(port: MessagePort): Link {
  let open = true
  port.addEventListener('close', () => {
    open = false
  })
  const close = (): void => {
    open = false
    port.close()
  }
  const client: WindowClient = createORPCClient(new PortLink({ port }))
  port.start()
  return { client, isOpen: () => open, close }
}

async function openPort(): Promise<Link> {
  return linkOver(await receivePort())
}

async function openSocket(): Promise<Link> {
  const address = new URL('/api', window.location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const websocket = new WebSocket(address)
  const client: WindowClient = createORPCClient(new SocketLink({ websocket }))
  await new Promise<void>((resolve, reject) => {
    websocket.addEventListener('open', () => resolve())
    websocket.addEventListener('close', () => reject(new Error('The connection was refused')))
  })
  return { client, isOpen: () => websocket.readyState === WebSocket.OPEN, close: () => websocket.close() }
}

/**
 * Where the lab of this window is: `there`, `ended` (nothing answers at its address), or `refused` (another one answers
 * there, started later, to which this window has no key).
 */
export type Whereabouts = 'there' | 'ended' | 'refused'

/**
 * Looks where the lab of this window is, after its connection was lost. In Electron the lab lives as long as the window.
 * Never rejects.
 */
export async function findLab(): Promise<Whereabouts> {
  try {
    if (window.location.protocol === 'lab:') return 'there'
    const { status } = await fetch('/', { cache: 'no-store' })
    return status === 403 ? 'refused' : 'there'
  } catch {
    return 'ended'
  }
}

/**
 * Opens a connection that suits how this page was served: over a port for the lab's own scheme (Electron), over a
 * WebSocket for loopback HTTP. Rejects where there is no page any more.
 */
export async function openLink(): Promise<Link> {
  return window.location.protocol === 'lab:' ? openPort() : openSocket()
}
