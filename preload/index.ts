import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { askForPort, placeOfFile, portMessage } from '../core/contract/windowLink.ts'

/** The parts of the page that this script uses. */
interface Page {
  readonly location: { readonly origin: string }
  addEventListener(
    kind: 'message',
    listener: (event: { readonly source: unknown; readonly origin: string; readonly data: unknown }) => void,
  ): void
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void
}

declare const window: Page

// Each request gets a new port, because a reloaded page needs one. Only the page itself may ask, no frame and no other
// window.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== window.location.origin || event.data !== askForPort) return
  const { port1, port2 } = new MessageChannel()
  ipcRenderer.postMessage(portMessage, null, [port1])
  window.postMessage(portMessage, window.location.origin, [port2])
})

// A page can ask only about a file that a person gave it. It learns the path and nothing else about the disk.
contextBridge.exposeInMainWorld(placeOfFile, (file: Parameters<typeof webUtils.getPathForFile>[0]): string =>
  webUtils.getPathForFile(file),
)
