import { parentPort, workerData } from 'node:worker_threads'
import type { EmbeddingStage } from '../../../core/embedding/embedding.ts'
import { nearestNeighbours } from '../../../core/embedding/nearestNeighbours.ts'
import { principalPlane } from '../../../core/embedding/principalPlane.ts'
import { paceOf } from '../../engine/shared/pace.ts'
import type { PlaneAnswer, PlaneOrder } from './planeOrder.ts'
import { umapPlane } from './umapPlane.ts'

// The entry of a worker thread that computes a plane of vectors and ends.

const order: PlaneOrder = workerData
const { rows, method } = order

/** Milliseconds between two messages about progress. */
const quiet = 100

function tell(answer: PlaneAnswer): void {
  parentPort?.postMessage(answer)
}

/** Runs something to its end, and tells how far it is. */
function told<Step, Result>(
  stage: EmbeddingStage,
  steps: Generator<Step, Result>,
  reached: (step: Step) => { readonly done: number; readonly total: number },
): Result {
  let pace: ReturnType<typeof paceOf> | null = null
  let toldAt = -Infinity
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    const { done, total } = reached(step.value)
    pace ??= paceOf(total)
    if (performance.now() - toldAt < quiet) continue
    toldAt = performance.now()
    tell({ ...pace(done), stage })
  }
}

// How many directions it takes shows only at the end.
const principal = told('components', principalPlane(order), () => ({ done: 0, total: rows }))
if (method.kind === 'pca') {
  tell({ kind: 'made', x: principal.x, y: principal.y, made: { kind: 'pca', explained: [...principal.explained] } })
} else {
  const { neighbours, seed } = method
  const nearest = told('neighbours', nearestNeighbours(order, neighbours), (done) => ({
    done: Math.round(done * rows),
    total: rows,
  }))
  const { x, y, epochs } = told('layout', umapPlane(nearest, principal, seed), (epoch) => epoch)
  tell({ kind: 'made', x, y, made: { kind: 'umap', neighbours, seed, epochs } })
}
