import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { phrase, quoted, type Phrase } from '../../../core/words/phrases.ts'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { LabError, refuse } from '../../../core/words/problems.ts'
import { preparedIdentity } from '../../files/preparedCard.ts'
import { checkPreparedSizes } from '../../files/preparedForm.ts'
import { replaceFolder } from '../../files/replaceFolder.ts'
import { checkCollection } from '../../files/collection.ts'
import { buildSet, tellTaskProgress, type JobContext } from './buildSet.ts'
import { SourceError, type DatasetDefinition, type PublishedFile } from '../definition.ts'
import { checkSpace } from '../store/diskSpace.ts'
import { collectionFolder, formFolders } from '../store/setFolders.ts'
import { refuseToWrite, withTemporaryFolder } from '../store/temporaryFolder.ts'
import { readSetFile, writeSetFile } from '../store/setFile.ts'
import { readPackHeader, type PackHeader } from '../store/packedSet.ts'
import { systemCode } from '../archives/unreadable.ts'
import { runTask } from '../worker/runTask.ts'

/** What to import, and as which set. */
export interface ImportOrder {
  readonly definition: DatasetDefinition
  /** The card that the set begins with. */
  readonly card: DatasetCard
  /** A file or folder on this computer. */
  readonly file: string
  /** How a person's own images are to be read. */
  readonly wishes?: ReadingWishes
}

/** Files of a publisher that together are the set, or one edition of it. */
interface Publication {
  readonly files: readonly PublishedFile[]
  readonly edition: string | null
}

function publicationsOf({ sources, handedOut = [] }: DatasetDefinition): Publication[] {
  const offered = sources.flatMap((source) =>
    source.kind === 'publisher' ? [{ files: source.files, edition: source.edition ?? null }] : [],
  )
  return handedOut.length === 0 ? offered : [...offered, { files: handedOut, edition: null }]
}

/**
 * Imports a set from files on this computer into `folder`.
 * @throws LabError `import-failed` and the errors for a person's own images; `disk-full` or `write-failed`; the
 *   signal's reason when aborted.
 */
export async function importSet(
  { definition, card, file, wishes }: ImportOrder,
  folder: string,
  context: JobContext,
): Promise<void> {
  await withTemporaryFolder(folder, async (work) => {
    const set = path.join(work, 'set')
    try {
      const publication = await publicationIn(definition, file, context)
      const paths = [await withPictures(definition, file)]
      await buildSet(
        {
          definition,
          card,
          paths,
          source: 'import',
          published: publication !== null,
          edition: publication?.edition ?? null,
          wishes,
          work,
          into: set,
        },
        context,
      )
    } catch (thrown) {
      context.signal.throwIfAborted()
      if (thrown instanceof SourceError)
        refuse('import-failed', { path: file, dataset: card.name, detail: thrown.said }, { cause: thrown })
      throw thrown
    }
    await replaceFolder(set, folder).catch(refuseToWrite(folder))
  })
}

/** A table describes pictures beside it, so if a table is given, its folder is read. */
export async function withPictures({ pictures }: DatasetDefinition, given: string): Promise<string> {
  const isTable = pictures?.sort(given.split(path.sep).slice(-2).join('/')) === 'table'
  return isTable && (await stat(given)).isFile() ? path.dirname(given) : given
}

/** The publication whose sums match the given files; null if there is none. */
async function publicationIn(
  definition: DatasetDefinition,
  given: string,
  context: JobContext,
): Promise<Publication | null> {
  const publications = publicationsOf(definition)
  const published = publications.flatMap((one) => one.files.filter(({ md5 }) => md5 !== null))
  // Hashing gigabytes takes seconds, so only files with a published file's length or name are hashed. The name counts
  // too because some lengths are only known roughly.
  const sizes = new Set(published.map(({ bytes }) => bytes))
  const names = new Set(published.map(({ url }) => decodeURIComponent(path.posix.basename(new URL(url).pathname))))
  const likely = (await filesIn(given)).filter(({ file, bytes }) => sizes.has(bytes) || names.has(path.basename(file)))
  if (likely.length === 0) return null
  const sums = new Set(
    await runTask(
      'hashFiles',
      { files: likely.map(({ file }) => file) },
      { signal: context.signal, onProgress: tellTaskProgress(context, definition.card) },
    ),
  )
  return publications.find((one) => one.files.every(({ md5 }) => md5 !== null && sums.has(md5))) ?? null
}

/**
 * The given file, or the files directly in the given folder, without those that cannot be looked up.
 * @throws SourceError when the given file or folder cannot be opened.
 */
async function filesIn(given: string): Promise<{ file: string; bytes: number }[]> {
  const unread = (thrown: unknown): never => {
    throw new SourceError(phrase('nothing-readable', { code: systemCode(thrown) }), { cause: thrown })
  }
  const found = await stat(given).catch(unread)
  if (!found.isDirectory()) return [{ file: given, bytes: found.size }]
  const entries = (await readdir(given, { withFileTypes: true }).catch(unread)).filter((entry) => entry.isFile())
  const files = await Promise.all(
    entries.map(async ({ name }) => {
      const file = path.join(given, name)
      return stat(file).then(
        ({ size }) => [{ file, bytes: size }],
        () => [], // It is named among what is left out, when the folder is read.
      )
    }),
  )
  return files.flat()
}

/**
 * The header of a packed set; null for a folder and for any other file.
 * @throws LabError `import-failed` if the file cannot be read.
 */
export async function packHeaderOf(file: string, dataset: string): Promise<PackHeader | null> {
  try {
    const found = await stat(file)
    // Opening a pipe would wait for another program.
    if (!found.isFile() && !found.isDirectory())
      refuse('import-failed', { path: file, dataset, detail: phrase('neither-file-nor-folder', {}) })
    return found.isFile() ? await readPackHeader(file) : null
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown
    const code = systemCode(thrown)
    return refuse(
      'import-failed',
      {
        path: file,
        dataset,
        detail: code === 'ENOENT' ? phrase('nothing-of-this-name', {}) : quoted(code),
      },
      { cause: thrown },
    )
  }
}

/**
 * Unpacks a packed set, checks all of it, and puts it at `folder`.
 * @throws LabError `pack-damaged`, `disk-full` or `write-failed`; the signal's reason when aborted.
 */
export async function importPackedSet(
  { definition, card, file, pack }: ImportOrder & { readonly pack: PackHeader },
  folder: string,
  context: JobContext,
): Promise<void> {
  await withTemporaryFolder(folder, async (work) => {
    await checkSpace(work, pack.bytes, pack.name)
    const set = path.join(work, 'set')
    await runTask(
      'unpackSet',
      { file, into: set },
      { signal: context.signal, onProgress: tellTaskProgress(context, card) },
    )
    await checkUnpacked(file, set, definition, card)
    context.signal.throwIfAborted()
    await replaceFolder(set, folder).catch(refuseToWrite(folder))
  })
}

/** The sums only prove that the file is as it was written. This checks that it holds a usable set. */
async function checkUnpacked(
  file: string,
  set: string,
  definition: DatasetDefinition,
  { id, name }: DatasetCard,
): Promise<void> {
  const known = readSetFile(set)
  const damaged = (detail: Phrase): never => refuse('pack-damaged', { file, detail })
  if (definition.pictures !== null && (known?.collection == null || checkCollection(collectionFolder(set)) === null))
    damaged(phrase('pack-without-pictures', {}))
  const identities = formFolders(set).map((folder) => {
    try {
      const { files, prepared } = checkPreparedSizes(folder)
      return preparedIdentity(files) === prepared.sha256 ? prepared.sha256 : damaged(phrase('form-unlike-sum', {}))
    } catch {
      return damaged(phrase('form-not-whole', { form: path.basename(folder) }))
    }
  })
  if (identities.length === 0) damaged(phrase('pack-without-images', {}))
  if (known === null) return
  // A pack may claim anything. For sets with a known identity the claim can be checked.
  const published = definition.sha256 === null ? known.published : identities.includes(definition.sha256)
  await writeSetFile(set, { ...known, published, card: { ...known.card, id, name } })
}
