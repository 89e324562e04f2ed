/** How the operating system shows a notice; the browser's own, or a double in tests. */
export interface SystemNotices {
  /** `unsupported` where the page can show none at all. */
  permission(): NotificationPermission | 'unsupported'
  /** Asks the person, once; after that the answer stands in the browser's settings. */
  ask(): Promise<NotificationPermission>
  /** Shows a notice. One with the same tag takes the place of the one before. */
  show(title: string, options: { readonly body: string; readonly tag: string; readonly onclick: () => void }): void
}

/** The notices of the browser, or of Electron. */
export const browserNotices: SystemNotices = {
  permission: () => ('Notification' in window ? Notification.permission : 'unsupported'),
  ask: () => Notification.requestPermission(),
  show(title, { body, tag, onclick }) {
    const notice = new Notification(title, { body, tag, lang: document.documentElement.lang })
    notice.onclick = () => {
      window.focus()
      onclick()
      notice.close()
    }
  },
}
