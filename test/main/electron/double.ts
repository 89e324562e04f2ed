import type { ChildProcess, Serializable } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'

/**
 * What the lab uses of Electron, by hand. It keeps what it was told, and tests look at it or play the system's part.
 */

type Handler = (request: Request) => Promise<Response>
type PermissionRequest = (
  contents: unknown,
  permission: string,
  answer: Answer,
  details: { readonly requestingUrl: string; readonly mediaTypes?: readonly string[] },
) => void
type PermissionCheck = (
  contents: unknown,
  permission: string,
  origin: string,
  details: { readonly mediaType?: string },
) => boolean
type Answer = (granted: boolean) => void

class WebFrameDouble {
  readonly url: string
  readonly origin: string

  constructor(url: string, origin: string) {
    this.url = url
    this.origin = origin
  }
}

export class WebContentsDouble extends EventEmitter {
  mainFrame = new WebFrameDouble('lab://app/', 'lab://app')
  openHandler: ((details: { url: string }) => { action: string }) | null = null
  reloads = 0

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }

  reload(): void {
    this.reloads += 1
  }
}

export interface WindowOptions {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly show: boolean
  readonly webPreferences: Readonly<Record<string, unknown>>
}

export class BrowserWindowDouble extends EventEmitter {
  readonly options: WindowOptions
  readonly webContents = new WebContentsDouble()
  readonly loaded: string[] = []
  readonly calls: string[] = []
  minimized = false
  maximized = false
  destroyed = false

  constructor(options: WindowOptions) {
    super()
    this.options = options
    double.windows.push(this)
    double.app.emit('web-contents-created', {}, this.webContents)
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    return Promise.resolve()
  }

  getNormalBounds() {
    const { x = 100, y = 80, width, height } = this.options
    return { x, y, width, height }
  }

  isMinimized = (): boolean => this.minimized
  isMaximized = (): boolean => this.maximized

  maximize(): void {
    this.maximized = true
  }

  restore(): void {
    this.minimized = false
    this.calls.push('restore')
  }

  show(): void {
    this.calls.push('show')
  }

  focus(): void {
    this.calls.push('focus')
  }

  /** The person's click on the cross: the window goes unless a listener holds it. */
  close(): void {
    const event = cancellable()
    this.emit('close', event)
    this.destroyed = !event.prevented
  }
}

/** An event whose course a listener can stop. */
export function cancellable<Details extends object>(details?: Details) {
  const event = {
    prevented: false,
    preventDefault: () => {
      event.prevented = true
    },
  }
  return Object.assign(event, details)
}

class AppDouble extends EventEmitter {
  isPackaged = true
  locale = 'en-GB'
  /** Whether this is the only instance. */
  first = true
  sandboxed = false
  readonly paths = new Map<string, string>()
  userModelId = ''
  readonly exits: number[] = []
  quits = 0

  enableSandbox(): void {
    this.sandboxed = true
  }

  setPath(name: string, value: string): void {
    if (!existsSync(value)) throw new Error(`Failed to set '${name}' path`)
    this.paths.set(name, value)
  }

  setAppUserModelId(id: string): void {
    this.userModelId = id
  }

  requestSingleInstanceLock = (): boolean => this.first
  getLocale = (): string => this.locale
  whenReady = (): Promise<void> => Promise.resolve()

  exit(code: number): void {
    this.exits.push(code)
  }

  /** As Electron does it: everyone may hold it before, and it counts only if nobody does. */
  quit(): void {
    const event = cancellable()
    this.emit('before-quit', event)
    if (event.prevented) return
    this.quits += 1
    this.emit('has quit')
  }
}

export class UtilityProcessDouble extends EventEmitter {
  pid: number | undefined = undefined
  readonly stderr = new EventEmitter()
  readonly messages: Serializable[] = []
  readonly entry: string
  kills = 0
  #program: ChildProcess | null = null

  constructor(entry: string) {
    super()
    this.entry = entry
  }

  postMessage(message: Serializable): void {
    this.messages.push(message)
    this.#program?.send(message)
  }

  /** Lets a real process stand behind it. */
  carry(program: ChildProcess): void {
    this.#program = program
    this.pid = program.pid
    program.on('message', (message) => this.emit('message', message))
    program.on('exit', (code) => this.emit('exit', code))
    for (const message of this.messages.splice(0)) this.postMessage(message)
  }

  kill(): boolean {
    this.kills += 1
    return true
  }
}

class SessionDouble {
  readonly handlers = new Map<string, Handler>()
  permissionRequest: PermissionRequest | null = null
  permissionCheck: PermissionCheck | null = null
  devicePermission: (() => boolean) | null = null
  readonly protocol = { handle: (scheme: string, handler: Handler) => void this.handlers.set(scheme, handler) }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.permissionRequest = handler
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.permissionCheck = handler
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler
  }
}

function newDouble() {
  return {
    app: new AppDouble(),
    windows: new Array<BrowserWindowDouble>(),
    ipcMain: new EventEmitter(),
    session: new SessionDouble(),
    privileged: new Array<{ scheme: string; privileges: Record<string, boolean> }>(),
    workAreas: [{ x: 0, y: 0, width: 1920, height: 1040 }],
    menus: new Array<{ label?: string }[]>(),
    nativeTheme: { themeSource: 'system' },
    powerMonitor: new EventEmitter(),
    opened: new Array<string>(),
    /** Whether the system has no program for addresses. */
    cannotOpen: false,
    /** Folders that were shown in the file manager, and why none can be. */
    shown: new Array<string>(),
    cannotShow: '',
    errors: new Array<string>(),
    utilities: new Array<UtilityProcessDouble>(),
  }
}

/** What happened so far; `resetDouble` begins anew. */
export let double = newDouble()

export function resetDouble(): void {
  double = newDouble()
}

/** The module that stands for `electron`; it always speaks to the double of the running test. */
export const electron = {
  get app() {
    return double.app
  },
  get ipcMain() {
    return double.ipcMain
  },
  get nativeTheme() {
    return double.nativeTheme
  },
  get powerMonitor() {
    return double.powerMonitor
  },
  session: {
    get defaultSession() {
      return double.session
    },
  },
  BrowserWindow: BrowserWindowDouble,
  protocol: {
    registerSchemesAsPrivileged: (schemes: typeof double.privileged) => void double.privileged.push(...schemes),
  },
  Menu: {
    buildFromTemplate: (template: { label?: string }[]) => template,
    setApplicationMenu: (menu: { label?: string }[]) => void double.menus.push(menu),
  },
  screen: { getAllDisplays: () => double.workAreas.map((workArea) => ({ workArea })) },
  dialog: { showErrorBox: (_title: string, sentence: string) => void double.errors.push(sentence) },
  shell: {
    openPath: (folder: string) => {
      double.shown.push(folder)
      return Promise.resolve(double.cannotShow)
    },
    openExternal: (url: string) => {
      double.opened.push(url)
      return double.cannotOpen ? Promise.reject(new Error('no browser')) : Promise.resolve()
    },
  },
  utilityProcess: {
    fork: (entry: string) => {
      const child = new UtilityProcessDouble(entry)
      double.utilities.push(child)
      return child
    },
  },
}
