import { z } from 'zod'
import { longestOffer, MirrorOffer, newestArchive, offerName, templatesFolder } from '../../core/mirror/mirrorOffer.ts'
import { compareVersions } from '../../core/mirror/portableArchive.ts'
import { longestNetworkFile } from '../../core/network/networkFile.ts'
import type { UpdateLook } from '../../core/contract/updateContract.ts'
import { misfitPhrase } from '../../core/words/issuePhrase.ts'
import { phrase, type Phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { isMissingInMirror, isMirrorFailure, readMirrorFile } from '../datasets/mirror/mirrorFiles.ts'

export interface Asking {
  readonly signal: AbortSignal
  /** A mirror that has not begun to answer after this many milliseconds is given up. It may have to read archives first. */
  readonly answerMs: number
}

/**
 * The list of what a mirror has.
 * @throws LabError `mirror-not-asked` where it cannot be reached or lists nothing, `mirror-list-wrong` for a list that is
 *   none.
 */
export async function readOffer(mirror: string, { signal, answerMs }: Asking): Promise<MirrorOffer> {
  const text = await readMirrorFile(mirror, offerName, { signal, answerMs, longest: longestOffer }).catch(
    (thrown: unknown) => {
      if (isMissingInMirror(thrown)) refuse('mirror-lists-nothing', { mirror }, { cause: thrown })
      if (isMirrorFailure(thrown)) refuse('mirror-not-asked', { mirror, detail: thrown.said }, { cause: thrown })
      throw thrown
    },
  )
  try {
    return MirrorOffer.parse(JSON.parse(text.toString('utf8')))
  } catch (thrown) {
    return refuse('mirror-list-wrong', { mirror, detail: misfitOf(thrown) }, { cause: thrown })
  }
}

function misfitOf(thrown: unknown): Phrase {
  if (thrown instanceof z.ZodError) return misfitPhrase(thrown)
  if (thrown instanceof SyntaxError) return phrase('file-no-json', {})
  throw thrown
}

/**
 * What a list says of the program, for a version on a system.
 * @param system null: one for which there are no archives
 */
export function foundIn({ archives }: MirrorOffer, running: string, system: string | null): UpdateLook['found'] {
  const archive = system === null ? undefined : newestArchive(archives, system)
  if (archive === undefined) return { kind: 'none', systems: [...new Set(archives.map((one) => one.system))] }
  const order = compareVersions(archive.version, running)
  return { kind: order > 0 ? 'newer' : order < 0 ? 'older' : 'same', archive }
}

/**
 * The text of a template.
 * @throws LabError `mirror-not-asked`.
 */
export async function readTemplate(mirror: string, file: string, { signal, answerMs }: Asking): Promise<string> {
  const name = `${templatesFolder}/${file}`
  const text = await readMirrorFile(mirror, name, { signal, answerMs, longest: longestNetworkFile }).catch(
    (thrown: unknown) => {
      if (isMirrorFailure(thrown)) refuse('mirror-not-asked', { mirror, detail: thrown.said }, { cause: thrown })
      throw thrown
    },
  )
  return text.toString('utf8')
}
