import type { UpdateLook } from '../../core/contract/updateContract.ts'
import { systemNames } from '../../core/mirror/portableArchive.ts'
import { eitherOf } from './format.ts'

/** How what was found stands to the version that runs, and what to do next. */
export function updateWords({ mirror, running, origin, found }: UpdateLook): string {
  if (found.kind === 'none')
    return found.systems.length === 0
      ? `${mirror} has no archive of Conv Lab. This is ${running}.`
      : `${mirror} has no archive of Conv Lab for this system, only for ${eitherOf(found.systems.map((system) => systemNames[system]))}. This is ${running}.`
  const { version } = found.archive
  if (found.kind === 'same') return `This is ${running}, the newest version that ${mirror} has.`
  if (found.kind === 'older') return `This is ${running}; ${mirror} has only ${version}, which is older.`
  const renewed =
    origin === 'portable'
      ? ''
      : ' This one was not started from a portable archive: from its sources it is renewed by “git pull”, an installed one by its new installer; an archive can be used beside either.'
  return `${mirror} has ${version}; this is ${running}. “lab update save” saves the archive.${renewed}`
}

/**
 * What a person does with a saved archive.
 * @param homeToMove as `UpdateLook` has it
 */
export function savedWords(file: string, sha256: string, homeToMove: string | null): string {
  const next =
    homeToMove === null
      ? 'Unpack it into a new folder and start “Conv Lab” there. The home folder stays as it is, with all runs; the old folder can be deleted.'
      : `All runs lie in the folder of this program, in ${homeToMove}. Close Conv Lab, unpack the archive into a new folder, and move that folder there, with the file “portable” and the folder “cache” where they are beside it. Then start “Conv Lab” there. Delete the old folder only when you see your runs.`
  return `${file} is saved and has the sum that the mirror lists (SHA-256 ${sha256}).\n${next}`
}
