import { createHash } from 'node:crypto'
import type { EmbeddingProgress } from '../../../core/embedding/embedding.ts'
import type { HiddenLayer } from '../../../core/embedding/lastHiddenLayer.ts'
import { refuse } from '../../../core/words/problems.ts'
import { bytesIn, floatsIn, wordsIn } from '../../engine/shared/base64.ts'
import { dataFolderFor } from '../../training/runData.ts'
import type { FoundSubject, Inspection } from '../inspection.ts'
import { type EmbeddedVectors, roomFor } from './embeddedVectors.ts'

/**
 * The vectors of a checkpoint's last hidden layer for some test images: the stored ones, or computed with progress and
 * then stored.
 * @param rows How many images; no more than the test set has.
 * @param signal Ends it; then null is returned.
 * @throws LabError `answers-not-finite`, `own-set-removed`, `dataset-missing` or `dataset-changed`, or as the engine
 *   does.
 */
export async function* vectorsOf(
  { datasets, engine, vectors: stored, log }: Inspection,
  { run, config, checkpoint, order }: FoundSubject,
  { layer, width }: HiddenLayer,
  rows: number,
  signal?: AbortSignal,
): AsyncGenerator<EmbeddingProgress, EmbeddedVectors | null> {
  const subject = { checkpoint: checkpoint.sha256, layer, rows, columns: width }
  const known = await stored.known(subject)
  if (known !== null) return known
  // First, because it says what is wrong with a set that is gone or has become another one.
  const dataFolder = dataFolderFor(datasets, config)
  const asked = { ...order, dataFolder, layer, count: rows }
  const values = roomFor(rows, width)
  const hash = createHash('sha256')
  let numbers: Uint32Array = new Uint32Array()
  let filled = 0
  for await (const part of engine.askParts((inspect) => inspect.vectors(asked, { signal }))) {
    switch (part.kind) {
      case 'not-finite':
        return refuse('answers-not-finite', { run, step: checkpoint.step })
      case 'chosen':
        numbers = wordsIn(part.numbers)
        hash.update(bytesIn(part.numbers))
        break
      case 'vectors': {
        values.set(floatsIn(part.values), filled)
        hash.update(bytesIn(part.values))
        filled = part.done * width
        yield { kind: 'progress', stage: 'vectors', done: part.done, total: part.total, perSecond: part.perSecond }
        break
      }
    }
  }
  // Nobody listens any more.
  if (filled < values.length || signal?.aborted === true) return null
  const vectors = { rows, columns: width, numbers, values }
  // They are known without their file, which a full disk must not hide.
  await stored
    .keep(subject, vectors, hash.digest('hex'))
    .catch((thrown: unknown) => log.add('storing the vectors of a layer', thrown))
  return vectors
}
