import { RPCHandler } from '@orpc/server/message-port'
import { ipcMain, type IpcMainEvent, type WebContents } from 'electron'
import { portMessage } from '../../core/contract/windowLink.ts'
import { router } from '../api/router.ts'
import type { Lab } from '../lab.ts'
import { labOrigin } from './labScheme.ts'

/** Whether a message comes from the window's own page: its main frame, at the lab's origin. */
function isFromPage(event: IpcMainEvent, page: WebContents): boolean {
  return (
    event.sender === page &&
    event.senderFrame !== null &&
    event.senderFrame === page.mainFrame &&
    event.senderFrame.origin === labOrigin
  )
}

/** Serves the window contract on each port that the page's preload script sends. All other messages are ignored. */
export function acceptPorts(lab: Lab, page: WebContents): void {
  const handler = new RPCHandler(router)
  ipcMain.on(portMessage, (event) => {
    const [port] = event.ports
    if (port === undefined) return
    if (!isFromPage(event, page)) {
      lab.log.add(`refused a port that ${event.senderFrame?.url ?? 'a closed frame'} sent`)
      port.close()
      return
    }
    handler.upgrade(port, { context: { lab } })
    port.start()
  })
}
