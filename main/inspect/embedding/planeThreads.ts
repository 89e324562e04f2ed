import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { EmbeddingProgress } from '../../../core/embedding/embedding.ts'
import { phrase } from '../../../core/words/phrases.ts'
import { LabError, problem } from '../../../core/words/problems.ts'
import { threadFile } from '../../files/threadFile.ts'
import type { PlaneAnswer, PlaneOrder } from './planeOrder.ts'

/** Megabytes that a thread may take beside the vectors; it alone ends when they are not enough. */
const mostMegabytes = 2048

export type ComputedPlane = Extract<PlaneAnswer, { kind: 'made' }>

/** How a thread that failed is told to a person. */
function problemOf(thrown: unknown): LabError {
  const isShort = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY'
  const of = isShort
    ? problem('out-of-memory', { detail: phrase('umap-megabytes', { megabytes: mostMegabytes }) })
    : problem('plane-crashed', { detail: thrown instanceof Error ? thrown.message : String(thrown) })
  return new LabError(of, { cause: thrown })
}

/** The threads that compute planes, one for each plane, so that a cancelled one costs nothing more. */
export class PlaneThreads {
  readonly #closing = new AbortController()

  /**
   * Computes a plane, with progress.
   * @param signal Ends the thread; then null is returned, as it is when this is closed.
   * @throws LabError `out-of-memory` or `plane-crashed`.
   */
  async *compute(order: PlaneOrder, signal?: AbortSignal): AsyncGenerator<EmbeddingProgress, ComputedPlane | null> {
    const closing = this.#closing.signal
    const ended = signal === undefined ? closing : AbortSignal.any([closing, signal])
    const worker = new Worker(threadFile(import.meta.url, './plane.thread.ts'), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    })
    try {
      const messages = on(worker, 'message', { close: ['exit'], signal: ended })
      for await (const [answer] of messages as AsyncIterable<[PlaneAnswer]>) {
        if (answer.kind === 'made') return answer
        yield answer
      }
    } catch (thrown) {
      if (ended.aborted) return null
      throw problemOf(thrown)
    } finally {
      await worker.terminate()
    }
    throw problemOf('it told nothing')
  }

  /** Ends all of them. */
  close(): void {
    this.#closing.abort()
  }
}
