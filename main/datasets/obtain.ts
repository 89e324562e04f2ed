import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { refuse } from '../../core/problems.ts'
import { temporaryBeside, writeProblem } from '../files/atomicFile.ts'
import { preparedBytes } from '../files/preparedCard.ts'
import { replaceFolder } from '../files/replaceFolder.ts'
import { buildSet, type JobTools } from './buildSet.ts'
import { SourceError, sourceName, transferBytes, type DatasetDefinition, type DatasetSource } from './definition.ts'
import { checkSpace } from './diskSpace.ts'
import { fetchSource } from './sources/fetchSource.ts'

/** When a source is given up, in milliseconds: no answer at all, or silence in the middle. */
export interface Patience {
  readonly answerMs: number
  readonly silenceMs: number
}

export interface ObtainOptions extends JobTools {
  readonly patience: Patience
  /** Which of the card's editions; null: the usual one, another where that cannot be had. */
  readonly edition: string | null
}

/**
 * Gets a data set whole: tries its sources in order, checks, prepares, and puts the set with its usual form at `folder`. Everything
 * on the way lies in one temporary folder beside it, which is gone when this ends, however it ends.
 * @throws LabError `download-failed` when no source delivered, `disk-full`, `write-failed`; the signal's reason when aborted.
 */
export async function obtain(definition: DatasetDefinition, folder: string, options: ObtainOptions): Promise<void> {
  const { signal, edition } = options
  await withWork(folder, async (temporary) => {
    const failures: string[] = []
    const sources = definition.sources.filter((source) => edition === null || (source.kind === 'publisher' && source.edition === edition))
    for (const [attempt, source] of sources.entries()) {
      const work = path.join(temporary, String(attempt))
      try {
        await mkdir(work).catch(refuseToWrite(folder))
        const set = path.join(work, 'set')
        await obtainFrom(source, definition, { work, set }, options)
        signal.throwIfAborted()
        await replaceFolder(set, folder).catch(refuseToWrite(folder))
        return
      } catch (thrown) {
        signal.throwIfAborted()
        if (!(thrown instanceof SourceError)) throw thrown
        failures.push(`${sourceName(source)}: ${thrown.message}`)
        await rm(work, { recursive: true, force: true })
      }
    }
    refuse('download-failed', { dataset: definition.card.name, detail: failures.join('; ') })
  })
}

/** Does something with a temporary folder beside another one, which is gone when it ends, however it ends. */
export async function withWork<Result>(folder: string, use: (work: string) => Promise<Result>): Promise<Result> {
  const work = temporaryBeside(folder)
  await mkdir(work, { recursive: true }).catch(refuseToWrite(folder))
  try {
    return await use(work)
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 5 })
  }
}

export function refuseToWrite(folder: string): (thrown: unknown) => never {
  return (thrown) => {
    throw writeProblem(thrown, folder)
  }
}

async function obtainFrom(source: DatasetSource, definition: DatasetDefinition, { work, set }: { work: string; set: string }, { signal, patience, progress }: ObtainOptions): Promise<void> {
  const { card } = definition
  // The transfer (twice for npm, which caches it first) and what is made of it: pictures are kept as they came.
  const made = definition.pictures === null ? preparedBytes(card, false) : transferBytes(source)
  await checkSpace(work, transferBytes(source) * (source.kind === 'npm' ? 2 : 1) + made, card.name)
  progress.begin('connecting', transferBytes(source))
  const download = path.join(work, 'download')
  await mkdir(download).catch(refuseToWrite(work))
  await fetchSource(source, download, { signal, ...patience, onBytes: (done, total) => progress.bytes('downloading', done, total) })
  const files = (await readdir(download, { withFileTypes: true })).filter((entry) => entry.isFile())
  await buildSet(
    {
      definition,
      card,
      paths: files.map(({ name }) => path.join(download, name)),
      source: source.kind === 'publisher' ? 'publisher' : 'package',
      published: source.kind === 'publisher',
      edition: source.kind === 'publisher' ? (source.edition ?? null) : null,
      work,
      into: set,
    },
    { signal, progress },
  )
}
