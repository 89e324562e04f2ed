import { mkdir, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { formKey, ownForm } from '../../core/dataChoice.ts'
import type { DatasetProgress } from '../../core/dataset.ts'
import { refuse } from '../../core/problems.ts'
import { temporaryBeside, writeProblem } from '../files/atomicFile.ts'
import { preparedBytes, type PreparedCard } from '../files/preparedCard.ts'
import { replaceFolder } from '../files/replaceFolder.ts'
import { SourceError, sourceName, transferBytes } from './definition.ts'
import type { DatasetDefinition, DatasetSource } from './definition.ts'
import { setFolder } from './layout.ts'
import { prepare } from './prepare.ts'
import { fetchSource } from './sources/fetchSource.ts'
import { TransferRate } from './transferRate.ts'

/** When a source is given up, in milliseconds: no answer at all, or silence in the middle. */
export interface Patience {
  readonly answerMs: number
  readonly silenceMs: number
}

/**
 * Gets a data set whole: tries its sources in order, checks, prepares, and puts the set with its own form at `folder`. Everything
 * on the way lies in one temporary folder beside it, which is gone when this ends, however it ends.
 * @throws LabError `download-failed` when no source delivered, `disk-full`, `write-failed`; the signal's reason when aborted.
 */
export async function obtain(
  definition: DatasetDefinition,
  folder: string,
  options: { signal: AbortSignal; patience: Patience; onProgress: (progress: DatasetProgress) => void },
): Promise<PreparedCard> {
  const temporary = temporaryBeside(folder)
  const failures: string[] = []
  await mkdir(temporary, { recursive: true }).catch(refuseToWrite(folder))
  try {
    for (const [attempt, source] of definition.sources.entries()) {
      const work = path.join(temporary, String(attempt))
      try {
        await mkdir(work).catch(refuseToWrite(folder))
        const set = setFolder(path.join(temporary, `prepared-${attempt}`), definition.card.id)
        const card = await obtainFrom(source, definition, { work, prepared: path.join(set, 'forms', formKey(ownForm)) }, options)
        options.signal.throwIfAborted()
        await replaceFolder(set, folder).catch(refuseToWrite(folder))
        return card
      } catch (thrown) {
        options.signal.throwIfAborted()
        if (!(thrown instanceof SourceError)) throw thrown
        failures.push(`${sourceName(source)}: ${thrown.message}`)
        await rm(work, { recursive: true, force: true })
      }
    }
    refuse('download-failed', { dataset: definition.card.name, detail: failures.join('; ') })
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 })
  }
}

function refuseToWrite(folder: string): (thrown: unknown) => never {
  return (thrown) => {
    throw writeProblem(thrown, folder)
  }
}

async function obtainFrom(
  source: DatasetSource,
  { card, sha256 }: DatasetDefinition,
  folders: { work: string; prepared: string },
  { signal, patience, onProgress }: Parameters<typeof obtain>[2],
): Promise<PreparedCard> {
  await checkSpace(source, { card, folder: folders.work })
  onProgress({ stage: 'connecting', doneBytes: 0, totalBytes: transferBytes(source), bytesPerSecond: null, secondsLeft: null })
  const rate = new TransferRate()
  await fetchSource(source, folders.work, {
    signal,
    ...patience,
    onBytes: (doneBytes, totalBytes) => {
      const bytesPerSecond = rate.note(performance.now(), doneBytes)
      const secondsLeft = bytesPerSecond === null || bytesPerSecond === 0 ? null : (totalBytes - doneBytes) / bytesPerSecond
      onProgress({ stage: 'downloading', doneBytes, totalBytes, bytesPerSecond, secondsLeft })
    },
  })

  const totalBytes = preparedBytes(card, false)
  const images = card.sizes.train + card.sizes.test
  const onImages = (done: number): void => onProgress({ stage: 'preparing', doneBytes: Math.floor((done / images) * totalBytes), totalBytes, bytesPerSecond: null, secondsLeft: null })
  onImages(0)
  if (source.format.kind === 'pictures') throw new SourceError('it holds pictures, which are not prepared this way')
  const order = { folder: folders.work, into: folders.prepared, card, source: source.kind === 'publisher' ? 'publisher' : 'package', format: source.format } as const
  const prepared = await prepare(order, { signal, onImages })
  if (prepared.prepared.sha256 !== sha256) throw new SourceError(`its images or labels are not the published ones (sha256 ${prepared.prepared.sha256})`)
  return prepared
}

/** Says before the first byte when the disk cannot hold what comes: the transfer (twice for npm, which caches it first) and the prepared form. */
async function checkSpace(source: DatasetSource, { card, folder }: { card: DatasetDefinition['card']; folder: string }): Promise<void> {
  const needed = transferBytes(source) * (source.kind === 'npm' ? 2 : 1) + preparedBytes(card, false)
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < needed) refuse('disk-full', { detail: `${card.name} (${Math.ceil(needed / 1e6)} MB)` })
}
