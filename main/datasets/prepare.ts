import { Worker } from 'node:worker_threads'
import type { DatasetCard, PreparedData } from '../../core/dataset.ts'
import { LabError } from '../../core/problems.ts'
import type { Problem } from '../../core/problems.ts'
import type { PreparedCard } from '../files/preparedCard.ts'
import { SourceError } from './definition.ts'
import type { ArrayFormat } from './formats/decode.ts'

/** What a worker shall prepare. */
export interface PrepareOrder {
  /** Folder with what the source delivered. */
  readonly folder: string
  /** Folder of the prepared form, which does not exist yet. */
  readonly into: string
  readonly card: DatasetCard
  readonly source: PreparedData['source']
  readonly format: ArrayFormat
}

/** What the worker tells; all but `images` is its last word. */
export type PrepareMessage =
  | { readonly kind: 'images'; readonly done: number }
  | { readonly kind: 'prepared'; readonly card: PreparedCard }
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'failed'; readonly problem: Problem }

/** Beside this file in development, beside the bundle that this file is part of otherwise. */
function workerFile(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './prepareWorker.ts' : './prepareWorker.js', import.meta.url)
}

/**
 * Decodes what a source delivered and writes the prepared form, in a thread of its own.
 * @param onImages told the number of images that are decoded.
 * @throws SourceError when the files are unreadable, LabError when the disk refuses, the signal's reason when aborted.
 */
export async function prepare(order: PrepareOrder, options: { signal: AbortSignal; onImages: (done: number) => void }): Promise<PreparedCard> {
  options.signal.throwIfAborted()
  const worker = new Worker(workerFile(), { workerData: order })
  let abort = (): void => undefined
  const outcome = new Promise<PreparedCard>((resolve, reject) => {
    abort = () => reject(options.signal.reason)
    options.signal.addEventListener('abort', abort)
    worker.on('message', (message: PrepareMessage) => {
      if (message.kind === 'images') options.onImages(message.done)
      else if (message.kind === 'prepared') resolve(message.card)
      else if (message.kind === 'unreadable') reject(new SourceError(message.detail))
      else reject(new LabError(message.problem))
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the preparing thread ended with code ${code}`)))
  })
  try {
    return await outcome
  } finally {
    options.signal.removeEventListener('abort', abort)
    await worker.terminate()
  }
}
