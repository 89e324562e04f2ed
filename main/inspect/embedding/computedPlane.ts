import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { EmbeddingProgress } from '../../../core/embedding/embedding.ts'
import { LabError, problem } from '../../../core/words/problems.ts'
import { threadFile } from '../../files/threadFile.ts'
import type { PlaneAnswer, PlaneOrder } from './planeOrder.ts'

/** Megabytes that a thread may take beside the vectors; it alone ends when they are not enough. */
const mostMegabytes = 2048

/** How a thread that failed is told to a person. */
function ofPlane(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown
  const short = 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY'
  const of = short
    ? problem('out-of-memory', { detail: `UMAP, ${mostMegabytes} MB` })
    : problem('plane-crashed', { detail: thrown.message })
  return new LabError(of, { cause: thrown })
}

/**
 * Computes a plane in a thread of its own, with progress.
 * @param signal Ends the thread; then null is returned.
 * @throws LabError `out-of-memory` or `plane-crashed`.
 */
export async function* computedPlane(
  order: PlaneOrder,
  signal?: AbortSignal,
): AsyncGenerator<EmbeddingProgress, Extract<PlaneAnswer, { kind: 'made' }> | null> {
  const worker = new Worker(threadFile(import.meta.url, './plane.thread.ts'), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  try {
    const messages = on(worker, 'message', { close: ['exit'], ...(signal === undefined ? {} : { signal }) })
    for await (const [answer] of messages as AsyncIterable<[PlaneAnswer]>) {
      if (answer.kind === 'made') return answer
      yield answer
    }
  } catch (thrown) {
    if (signal?.aborted === true) return null
    throw ofPlane(thrown)
  } finally {
    await worker.terminate()
  }
  throw new LabError(problem('plane-crashed', { detail: 'exit' }))
}
