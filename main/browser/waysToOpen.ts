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

/** Command names of Chromium and its relatives, in order of preference. */
const commandNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
]

const macPrograms = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
]

/** Whether a file exists and may be executed. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Missing or not accessible: either way it cannot be used.
    return false
  }
}

function onPath(name: string, { environment, isProgram }: Surroundings): string | null {
  const folders = (environment['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => path.join(folder, name)).find(isProgram) ?? null
}

function usualPlaces({ platform, environment }: Surroundings): string[] {
  const variable = (name: string): string[] => (environment[name] === undefined ? [] : [environment[name]])
  if (platform === 'darwin') {
    const folders = ['/Applications', ...variable('HOME').map((home) => path.posix.join(home, 'Applications'))]
    return macPrograms.flatMap((program) => folders.map((folder) => path.posix.join(folder, program)))
  }
  if (platform === 'win32') {
    const folders = [...variable('ProgramFiles'), ...variable('ProgramFiles(x86)'), ...variable('LOCALAPPDATA')]
    return windowsPrograms.flatMap((program) => folders.map((folder) => path.win32.join(folder, program)))
  }
  return []
}

/** The Chromium to use: the one that the environment names, else one on the search path, else one in a usual place. */
function findChromium(around: Surroundings): string | null {
  const named = around.environment['CONV_LAB_CHROMIUM']
  if (named !== undefined && named !== '') return around.isProgram(named) ? named : null
  const commands = around.platform === 'linux' ? commandNames : []
  for (const name of commands) {
    const found = onPath(name, around)
    if (found !== null) return found
  }
  return usualPlaces(around).find(around.isProgram) ?? null
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

function chromiumWay(program: string, address: string, around: Surroundings): Way {
  const own = isSnap(program) ? [] : [`--user-data-dir=${around.profileFolder}`]
  const sandbox = around.platform === 'linux' && around.isRoot ? ['--no-sandbox'] : []
  return {
    name: 'Chromium',
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
 * The programs that can show an address, best first: Chromium as a window of its own, then the default browser. None
 * without a screen, for example over ssh.
 */
export function waysToOpen(address: string, around: Surroundings): Way[] {
  const { platform, environment } = around
  const hasScreen =
    platform === 'darwin' ||
    platform === 'win32' ||
    Boolean(environment['DISPLAY']) ||
    Boolean(environment['WAYLAND_DISPLAY'])
  if (!hasScreen) return []
  const chromium = findChromium(around)
  const ways = [chromium === null ? null : chromiumWay(chromium, address, around), defaultBrowser(address, around)]
  return ways.filter((way) => way !== null)
}
