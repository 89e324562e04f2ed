import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { LabError, problem, refuse } from '../../core/words/problems.ts'

/**
 * Where the socket of a home folder is: its path, and the folder that gives only this user access to it (null for a
 * pipe on Windows).
 */
export interface SocketPlace {
  readonly path: string
  readonly folder: string | null
}

/** The longest path of a socket in bytes. The limit with the closing zero is 108 on Linux and 104 on macOS. */
const longestPath: Partial<Record<NodeJS.Platform, number>> = { darwin: 103 }
const usualLongestPath = 107

/**
 * The places in the order in which owner and client try them: inside the home folder, then under a hashed name in the
 * user's runtime folder, each if its path is short enough. A symbolic link to a home folder gives the same places.
 */
export function socketPlaces(home: string, platform = process.platform, environment = process.env): SocketPlace[] {
  return placesOfAnyLength(home, platform, environment).filter(({ path: socket }) => fits(socket, platform))
}

/**
 * The same for an owner, who needs one.
 * @throws LabError `socket-too-long`.
 */
export function neededSocketPlaces(home: string): SocketPlace[] {
  const places = socketPlaces(home)
  if (places.length > 0) return places
  const [, beside] = placesOfAnyLength(home, process.platform, process.env)
  return refuse('socket-too-long', {
    home: home,
    beside: beside.folder ?? beside.path,
    longest: longestOn(process.platform),
  })
}

function placesOfAnyLength(home: string, platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): SocketPlace[] {
  const name = createHash('sha256').update(realOf(home)).digest('hex').slice(0, 24)
  if (platform === 'win32') return [{ path: `\\\\.\\pipe\\conv-lab-${name}`, folder: null }]
  const inHome = path.join(realOf(home), 'socket')
  const runtime = environment['XDG_RUNTIME_DIR']
  const beside = runtime ? path.join(runtime, 'conv-lab') : path.join(tmpdir(), `conv-lab-${userInfo().uid}`)
  return [
    { folder: inHome, path: path.join(inHome, 'lab') },
    { folder: beside, path: path.join(beside, name) },
  ]
}

function longestOn(platform: NodeJS.Platform): number {
  return longestPath[platform] ?? usualLongestPath
}

function fits(socket: string, platform: NodeJS.Platform): boolean {
  return Buffer.byteLength(socket) <= longestOn(platform)
}

function realOf(folder: string): string {
  try {
    return realpathSync(folder)
  } catch (thrown) {
    // A folder that does not exist has no other name. Its owner finds out whether it can be made.
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR'))
      return folder
    throw thrown
  }
}

/** Whether the folder exists, belongs to this user, and is closed to all others. */
export async function isOwnFolder(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder)
    return found.isDirectory() && found.uid === userInfo().uid && (found.mode & 0o077) === 0
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR'))
      return false
    throw thrown
  }
}

/**
 * Makes a folder that only this user can enter.
 * @throws LabError `write-failed` if the name belongs to another user's folder, or to something that is not a folder.
 */
export async function makeOwnFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  if (found.isDirectory() && found.uid === userInfo().uid) await chmod(folder, 0o700)
  if (!(await isOwnFolder(folder))) throw new LabError(problem('write-failed', { path: folder, detail: 'EPERM' }))
}
