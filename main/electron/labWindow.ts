import { BrowserWindow, screen } from 'electron'
import { builtPlaces } from '../shells/builtPlaces.ts'
import { placeWindow, smallestSize, type WindowState } from './windowState.ts'

/**
 * Creates the window, hidden until it has something to show. Its page is sandboxed and has no access to Node or
 * Electron.
 */
export function createLabWindow(state: WindowState | null): BrowserWindow {
  const window = new BrowserWindow({
    ...placeWindow(
      state,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    show: false,
    title: 'Conv Lab',
    icon: builtPlaces.icon,
    autoHideMenuBar: true,
    webPreferences: {
      preload: builtPlaces.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // Curves keep moving while another window covers this one.
      backgroundThrottling: false,
    },
  })
  if (state?.maximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  return window
}

/** Where the window is now, to be restored at the next start. */
export function stateOf(window: BrowserWindow): WindowState {
  const { x, y, width, height } = window.getNormalBounds()
  return { format: 1, bounds: { x, y, width, height }, maximized: window.isMaximized() }
}

/** Brings the window to the front. */
export function focus(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
