import { phrase } from '../../../core/words/phrases.ts'
import type { OnLeftOut } from '../archives/leftOutCount.ts'
import type { OriginalFile } from '../archives/originalFile.ts'
import type { PictureReader } from '../describe/pictureReader.ts'
import { pictureKindOfFile, readKinds } from '../formats/pictureKind.ts'

/**
 * What a file of a set is: by its name, and where its reader asks for it by its first bytes. Pictures of kinds that are
 * not read are left out.
 * @throws as `OriginalFile.head`.
 */
export async function sortFile(
  file: OriginalFile,
  reader: PictureReader,
  onLeftOut: OnLeftOut,
): Promise<'picture' | 'table' | 'skip'> {
  const byName = reader.sort(file.path)
  if (reader.byContent !== true) return byName
  const kind = pictureKindOfFile(file.path, await file.head())
  if (kind === null) return byName
  if (readKinds.has(kind)) return 'picture'
  onLeftOut(phrase('kind-not-read', { kind }), file.path)
  return 'skip'
}
