import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'

/** Words and options for `spawn`. */
interface ProgramStart {
  readonly command: string
  readonly options: Pick<SpawnOptions, 'shell' | 'windowsHide'>
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true
}

/**
 * The file that Windows starts for a program's name: the first on the search path with one of the usual endings.
 * @returns null if there is none
 */
export function windowsProgram(
  name: string,
  environment: NodeJS.ProcessEnv,
  exists: (file: string) => boolean = isFile,
): string | null {
  if (path.win32.isAbsolute(name)) return exists(name) ? name : null
  // Windows writes the names of variables in several ways.
  const listIn = (variable: string): string[] =>
    (Object.entries(environment).find(([key]) => key.toUpperCase() === variable)?.[1] ?? '').split(';').filter(Boolean)
  const endings = listIn('PATHEXT')
  const files = listIn('PATH').flatMap((folder) => endings.map((ending) => path.win32.join(folder, name + ending)))
  return files.find(exists) ?? null
}

/**
 * How a program like npm is started. On Windows npm is a batch file, which only a shell can start. A shell says in words
 * of its own that a program is missing, so the file is looked for before.
 * @returns null if Windows has no such program; elsewhere `spawn` finds out
 */
export function programStart(name: string): ProgramStart | null {
  if (process.platform !== 'win32') return { command: name, options: {} }
  const file = windowsProgram(name, process.env)
  if (file === null) return null
  const shell = /\.(?:bat|cmd)$/i.test(file)
  return { command: shell ? `"${file}"` : file, options: { shell, windowsHide: true } }
}

/** Ends a program at once. On Windows also ends the shell's children, which would outlive it. */
export function endAtOnce(child: ChildProcess): void {
  if (process.platform === 'win32' && child.pid !== undefined)
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
  else child.kill('SIGKILL')
}
