import { accessSync, constants, realpathSync } from 'node:fs'
import path from 'node:path'

/** A program that can show the window. */
export interface Way {
  /** Its name as people know it. */
  readonly name: string
  readonly command: string
  readonly arguments: readonly string[]
}

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  /** Chromium refuses to run as root with its sandbox. */
  readonly isRoot: boolean
  /** Folder for the profile of the lab's own Chromium, separate from the person's. */
  readonly profileFolder: string
  readonly isProgram: (file: string) => boolean
}

/** A browser of Chromium's family: only these open an address as a window of its own. */
interface Relative {
  readonly name: string
  /** Its commands on Linux. */
  readonly commands: readonly string[]
  /** Its program below the folders of programs. */
  readonly mac: string
  readonly windows: string
}

/** In order of preference. */
const relatives: readonly Relative[] = [
  {
    name: 'Chromium',
    commands: ['chromium', 'chromium-browser'],
    mac: 'Chromium.app/Contents/MacOS/Chromium',
    windows: 'Chromium\\Application\\chrome.exe',
  },
  {
    name: 'Google Chrome',
    commands: ['google-chrome', 'google-chrome-stable'],
    mac: 'Google Chrome.app/Contents/MacOS/Google Chrome',
    windows: 'Google\\Chrome\\Application\\chrome.exe',
  },
  {
    name: 'Microsoft Edge',
    commands: ['microsoft-edge', 'microsoft-edge-stable'],
    mac: 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    windows: 'Microsoft\\Edge\\Application\\msedge.exe',
  },
  {
    name: 'Brave',
    commands: ['brave-browser'],
    mac: 'Brave Browser.app/Contents/MacOS/Brave Browser',
    windows: 'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  },
]

/** Whether a file exists and may be executed; on Windows every file may. */
function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Missing or not accessible: either way it cannot be used.
    return false
  }
}

/** A command of Linux on the search path. */
function onPath(name: string, { environment, isProgram }: Surroundings): string | null {
  const folders = (environment['PATH'] ?? '').split(path.posix.delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => path.posix.join(folder, name)).find(isProgram) ?? null
}

/** Where each browser of the family may be on this system. */
function placesOf(relative: Relative, around: Surroundings): string[] {
  const { platform, environment } = around
  const variable = (name: string): string[] => (environment[name] === undefined ? [] : [environment[name]])
  if (platform === 'darwin') {
    const folders = ['/Applications', ...variable('HOME').map((home) => path.posix.join(home, 'Applications'))]
    return folders.map((folder) => path.posix.join(folder, relative.mac))
  }
  if (platform === 'win32') {
    // For all users, also those of 32 bits, and for this user alone.
    const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'ProgramW6432', 'LOCALAPPDATA'].flatMap(variable)
    return [...new Set(folders)].map((folder) => path.win32.join(folder, relative.windows))
  }
  return relative.commands.flatMap((command) => onPath(command, around) ?? [])
}

/** A program of the family that is there. */
interface Found {
  readonly name: string
  readonly program: string
}

/** The programs to use: the one that the environment names and no other, else one of each browser that is found. */
function findChromiums(around: Surroundings): Found[] {
  const named = around.environment['CONV_LAB_CHROMIUM']
  if (named !== undefined && named !== '') return around.isProgram(named) ? [{ name: 'Chromium', program: named }] : []
  return relatives.flatMap((relative) => {
    const program = placesOf(relative, around).find(around.isProgram)
    return program === undefined ? [] : [{ name: relative.name, program }]
  })
}

/** Whether Chromium is a snap. A snap cannot read hidden folders, so its profile cannot be in the cache. */
function isSnap(program: string): boolean {
  if (program.startsWith('/snap/')) return true
  try {
    return path.basename(realpathSync(program)) === 'snap'
  } catch {
    // A program that has vanished fails when it is started, and the next way is tried.
    return false
  }
}

function chromiumWay({ name, program }: Found, address: string, around: Surroundings): Way {
  const own = isSnap(program) ? [] : [`--user-data-dir=${around.profileFolder}`]
  const sandbox = around.platform === 'linux' && around.isRoot ? ['--no-sandbox'] : []
  return {
    name,
    command: program,
    arguments: [
      `--app=${address}`,
      ...own,
      '--no-first-run',
      '--no-default-browser-check',
      '--window-size=1440,960',
      ...sandbox,
    ],
  }
}

function defaultBrowser(address: string, around: Surroundings): Way | null {
  const name = 'the default browser'
  if (around.platform === 'darwin') return { name, command: 'open', arguments: [address] }
  // `start` belongs to the Windows shell and would need quoting. This is what it calls in the end.
  if (around.platform === 'win32')
    return { name, command: 'rundll32.exe', arguments: ['url.dll,FileProtocolHandler', address] }
  const opener = onPath('xdg-open', around)
  return opener === null ? null : { name, command: opener, arguments: [address] }
}

/**
 * The programs that can show an address, best first: Chromium and its relatives as a window of its own, then the default
 * browser. None without a screen, for example over ssh.
 */
export function waysToOpen(address: string, around: Surroundings): Way[] {
  const { platform, environment } = around
  const hasScreen =
    platform === 'darwin' ||
    platform === 'win32' ||
    Boolean(environment['DISPLAY']) ||
    Boolean(environment['WAYLAND_DISPLAY'])
  if (!hasScreen) return []
  const ways = [
    ...findChromiums(around).map((found) => chromiumWay(found, address, around)),
    defaultBrowser(address, around),
  ]
  return ways.filter((way) => way !== null)
}

/**
 * What a program finds around it on this computer.
 * @param profileFolder Folder for the profile of the lab's own Chromium.
 */
export function surroundingsHere(profileFolder: string): Surroundings {
  return {
    platform: process.platform,
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    profileFolder,
    isProgram,
  }
}
