import { app, shell, type Session } from 'electron'
import { isOurs } from './labScheme.ts'

/**
 * The page may use no device, no notification, nothing that would be asked for; the clipboard is written by the
 * person's own copying.
 */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/**
 * Keeps every page of the app where it is: no navigation away, no further window, no embedded page.
 * @param externalPages Gives the addresses that may be opened in the person's own browser; everything else is refused.
 */
export function confinePages(externalPages: () => ReadonlySet<string>): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; readonly url: string }): void => {
      if (!isOurs(event.url)) event.preventDefault()
    }
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      if (/^https?:/.test(url) && externalPages().has(url)) void shell.openExternal(url)
      return { action: 'deny' }
    })
  })
}
