import type { SupportedMessagePort } from '@orpc/client/message-port'

/** Electron's port from a utility process to its parent. Electron adds it to Node's `process`. */
interface UtilityParentPort {
  on(event: string, listener: (event?: { data: unknown }) => void): unknown
  postMessage(message: unknown): void
}

function isUtilityParentPort(value: unknown): value is UtilityParentPort {
  return (
    typeof value === 'object' &&
    value !== null &&
    'postMessage' in value &&
    typeof value.postMessage === 'function' &&
    'on' in value &&
    typeof value.on === 'function'
  )
}

/**
 * The channel to the main process: Electron's port in a utility process, otherwise the channel of `child_process.fork`.
 * @throws Error in a process that was not started as an engine.
 */
export function parentPort(): SupportedMessagePort {
  const electron: unknown = 'parentPort' in process ? process.parentPort : undefined
  if (isUtilityParentPort(electron)) {
    return {
      on: (event, listener) => void electron.on(event, listener),
      postMessage: (message: unknown) => electron.postMessage(message),
    }
  }
  if (process.send === undefined) throw new Error('The engine is started by Conv Lab and talks to it alone')
  return {
    on: (event, listener) =>
      void (event === 'close'
        ? process.on('disconnect', () => listener())
        : process.on(event, (data: unknown) => listener({ data }))),
    // The callback receives the error when the channel is closed. `disconnect` reports that as well, and without a
    // callback Node would throw.
    postMessage: (message: unknown) => void process.send?.(message, undefined, undefined, () => undefined),
  }
}
