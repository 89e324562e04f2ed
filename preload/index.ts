import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { askForPort, placeOfFile, portMessage } from '../core/contract/windowLink.ts'

/** What this script uses of the page; the rest of it is not its business. */
interface Page {
  readonly location: { readonly origin: string }
  addEventListener(
    kind: 'message',
    listener: (event: { readonly source: unknown; readonly origin: string; readonly data: unknown }) => void,
  ): void
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void
}

declare const window: Page

// One port a request, because a page that is loaded anew needs a new one. Only the page itself may ask, no frame and no
// other window.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== window.location.origin || event.data !== askForPort) return
  const { port1, port2 } = new MessageChannel()
  ipcRenderer.postMessage(portMessage, null, [port1])
  window.postMessage(portMessage, window.location.origin, [port2])
})

// A page can ask only about a file that a person gave it; it learns the path and nothing of what else is there.
contextBridge.exposeInMainWorld(placeOfFile, (file: Parameters<typeof webUtils.getPathForFile>[0]): string =>
  webUtils.getPathForFile(file),
)
