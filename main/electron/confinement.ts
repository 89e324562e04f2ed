import { app, shell, type Session } from 'electron'
import { isOurs } from './labScheme.ts'

/** What is asked for is the camera's picture alone, by our own page. */
function isCamera(permission: string, page: string, media: readonly (string | undefined)[]): boolean {
  return permission === 'media' && isOurs(page) && media.length > 0 && media.every((type) => type === 'video')
}

/** Notices of the system, which a person has asked for in the settings. */
function isNotice(permission: string, page: string): boolean {
  return permission === 'notifications' && isOurs(page)
}

/**
 * What a person copies. Electron asks for it as Chromium does, and Chromium demands a person's press beside it. Reading
 * the clipboard is another permission, which nobody gets.
 */
function isCopying(permission: string, page: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(page)
}

/**
 * Denies the page every permission that a page can ask for, but three: the camera, whose picture can be looked at by a
 * network, notices of the system, which say that a run has ended, and writing to the clipboard.
 */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(
      isNotice(permission, details.requestingUrl) ||
        isCopying(permission, details.requestingUrl) ||
        ('mediaTypes' in details && isCamera(permission, details.requestingUrl, details.mediaTypes ?? [])),
    ),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { mediaType }) =>
      isNotice(permission, origin) || isCopying(permission, origin) || isCamera(permission, origin, [mediaType]),
  )
  session.setDevicePermissionHandler(() => false)
}

/**
 * Keeps every page of the app at its address: no navigation away, no further window, no embedded page.
 * @param externalPages Returns the addresses that may be opened in the person's own browser; all others are refused.
 * @param notOpened Told when the system could not open one of them.
 */
export function confinePages(externalPages: () => ReadonlySet<string>, notOpened: (thrown: unknown) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; readonly url: string }): void => {
      if (!isOurs(event.url)) event.preventDefault()
    }
    contents.on('will-navigate', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      if (/^https?:/.test(url) && externalPages().has(url)) shell.openExternal(url).catch(notOpened)
      return { action: 'deny' }
    })
  })
}
