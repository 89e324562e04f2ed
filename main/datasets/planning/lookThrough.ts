import { phrase } from '../../../core/words/phrases.ts'
import type { FoundFiles, FoundTable } from '../../../core/reading/readImage.ts'
import type { LeftOutCount } from '../archives/leftOutCount.ts'
import type { OriginalFile, Originals } from '../archives/originalFile.ts'
import { isNamedContent } from '../archives/signature.ts'
import { UnreadableFile } from '../archives/unreadable.ts'
import { SourceError } from '../definition.ts'
import { foundTable, mostTableBytes } from '../describe/foundTable.ts'
import type { PictureReader } from '../describe/pictureReader.ts'
import { isNamedPicture, unreadKindNamed } from '../formats/pictureKind.ts'
import { sortFile } from '../prepare/sortFile.ts'

/** What a person's files hold. */
export interface LookedThrough {
  readonly found: FoundFiles
  /** The pictures that lie in folders, by their paths; the others are in archives. */
  readonly inFolders: ReadonlyMap<string, string>
  /** Whether pictures in archives were told by their names. */
  readonly byName: boolean
}

/**
 * Finds the pictures and reads the tables among a person's files. Nothing is decoded. Importing would find the same, but
 * for files in archives whose names say that they are pictures: to look into each would take minutes.
 * @param leftOut counts what is left out, and may have counted before.
 * @throws SourceError as the originals do, and when there are too many tables.
 */
export async function lookThrough(
  originals: Originals,
  reader: PictureReader,
  leftOut: LeftOutCount,
): Promise<LookedThrough> {
  const pictures: string[] = []
  const inFolders = new Map<string, string>()
  const tables: FoundTable[] = []
  let tableBytes = 0
  let byName = false
  for await (const file of originals) {
    const named = file.onDisk === null && isNamedContent(file.path)
    const sort = named ? sortByName(file, reader, leftOut) : await sortByContent(file, reader, leftOut)
    if (sort === 'picture') {
      pictures.push(file.path)
      if (file.onDisk !== null) inFolders.set(file.path, file.onDisk)
      byName ||= named
    } else if (sort === 'table') {
      tableBytes += file.bytes
      if (tableBytes > mostTableBytes)
        throw new SourceError(phrase('tables-too-large', { megabytes: mostTableBytes / 1e6 }))
      tables.push(await tableIn(file))
    }
  }
  return { found: { pictures, tables, leftOut: leftOut.list }, inFolders, byName }
}

type Sort = 'picture' | 'table' | 'skip'

function sortByName({ path }: OriginalFile, reader: PictureReader, leftOut: LeftOutCount): Sort {
  const kind = unreadKindNamed(path)
  if (kind === null) return isNamedPicture(path) ? 'picture' : reader.sort(path)
  leftOut.add(phrase('kind-not-read', { kind }), path)
  return 'skip'
}

async function sortByContent(file: OriginalFile, reader: PictureReader, leftOut: LeftOutCount): Promise<Sort> {
  try {
    return await sortFile(file, reader, leftOut.add)
  } catch (thrown) {
    if (!(thrown instanceof UnreadableFile)) throw thrown
    // Of a table it is told where the tables are.
    if (reader.sort(file.path) === 'table') return 'table'
    leftOut.add(thrown.why, file.path)
    return 'skip'
  }
}

async function tableIn(file: OriginalFile): Promise<FoundTable> {
  try {
    return foundTable(file.path, await file.read())
  } catch (thrown) {
    if (thrown instanceof UnreadableFile) return { path: file.path, rows: null, why: thrown.why }
    throw thrown
  }
}
