import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** What the package.json of a packed program says beside what every one says. */
const Packed = z.object({ packedFor: z.string() })

/**
 * The program's root folder. It is two folders above this file, both in the sources (`main/files/`) and in a bundle
 * (`dist/main/`).
 */
const root = path.resolve(import.meta.dirname, '..', '..')

/** The system that a program is packed for, such as `linux-x64`; null for a clone and for Electron's installers. */
function packedFor(programRoot: string): string | null {
  const file = path.join(programRoot, 'package.json')
  if (!existsSync(file)) return null
  return Packed.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.packedFor ?? null
}

/**
 * The portable folder of this program, with the sums of all files and the launchers; null for a program that is not a
 * portable one.
 * @param programRoot the folder with the program's package.json
 */
export function packedFolder(programRoot = root): string | null {
  return packedFor(programRoot) === null ? null : path.dirname(programRoot)
}
