import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { mirrorAddress } from '../../../core/mirror/mirrorAddress.ts'
import { refuse } from '../../../core/words/problems.ts'
import { writeFileAtomically, writeProblem } from '../../files/atomicFile.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import { givenPath } from '../../files/givenPath.ts'

const Stored = z.strictObject({ place: z.string().min(1).max(1000) })

function fileIn(folder: string): string {
  return path.join(folder, 'mirror.json')
}

/**
 * The mirror that is asked before the publishers; null if there is none. If the setting cannot be read, there is none,
 * and the publishers are asked.
 */
export function readMirrorPlace(folder: string): string | null {
  try {
    return Stored.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8'))).place
  } catch {
    return null
  }
}

/**
 * Remembers a mirror for the sets of a folder, or forgets it. Whether it answers is only checked when a set is asked
 * for, because a teacher's computer may be switched on later.
 * @param code the code of the class, as it was typed; empty for none
 * @returns the mirror as it was understood.
 * @throws LabError `mirror-unfit`, `class-code-unread`, `disk-full` or `write-failed`.
 */
export async function writeMirrorPlace(folder: string, given: string | null, code = ''): Promise<string | null> {
  const written = given === null ? '' : mirrorAddress(given, code)
  const place = /^~(?:$|[\\/])/.test(written) ? givenPath(written) : written
  if (place === '') {
    await rm(fileIn(folder), { force: true }).catch((thrown: unknown) => {
      throw writeProblem(thrown, fileIn(folder))
    })
    return null
  }
  if (!isWebPlace(place) && !isAbsolutePath(place)) refuse('mirror-unfit', { place: place.slice(0, 200) })
  await makeFolder(folder).catch((thrown: unknown) => {
    throw writeProblem(thrown, folder)
  })
  await writeFileAtomically(fileIn(folder), [Buffer.from(`${JSON.stringify(Stored.parse({ place }))}\n`)])
  return place
}

/** Whether a mirror is an address rather than a folder. */
export function isWebPlace(place: string): boolean {
  return /^https?:\/\//i.test(place) && URL.canParse(place)
}

/**
 * The address of a file of a mirror.
 * @param place an address
 * @param name its path in the mirror, with slashes
 */
export function addressInMirror(place: string, name: string): URL {
  return new URL(name.split('/').map(encodeURIComponent).join('/'), place.endsWith('/') ? place : `${place}/`)
}

/** A network share is written `\\server\share` on every system. Windows also takes a server without one for a path. */
function isAbsolutePath(place: string): boolean {
  return place.startsWith('\\\\') ? /^\\\\[^\\]+\\[^\\]+/.test(place) : path.isAbsolute(place)
}
