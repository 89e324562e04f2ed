import { UMAP } from 'umap-js'
import type { Neighbours } from '../../../core/embedding/nearestNeighbours.ts'
import type { PlanePoints } from '../../../core/embedding/vectors.ts'
import { RandomNumbers, share } from '../../../core/numbers/random.ts'

/** How far from the middle the points begin, and by how much equal ones are moved apart. */
const reach = 10
const apart = 1e-3

/** Numbers in [0, 1), one after another, that follow from the seed alone. */
function countedNumbers(seed: number): () => number {
  const random = new RandomNumbers(seed)
  let drawn = 0
  let words = random.words('layout', 0, 0)
  return () => {
    const place = drawn % words.length
    if (place === 0) words = random.words('layout', 0, drawn / words.length)
    drawn += 1
    return share(words[place])
  }
}

/** A list for each row. */
function rowsOf(values: Uint32Array | Float64Array, count: number): number[][] {
  return Array.from({ length: values.length / count }, (_, row) =>
    Array.from(values.subarray(row * count, (row + 1) * count)),
  )
}

/**
 * UMAP (McInnes, Healy & Melville 2018) with the settings of its authors, by umap-js. The points begin at `start`, as
 * Kobak & Linderman 2021 advise, so that far groups keep their places, and a plane resembles that of the principal
 * components. Neighbours come exact, and all random numbers from the seed, so equal settings give equal points. Yields
 * the epochs done and to do.
 */
export function* umapPlane(
  neighbours: Neighbours,
  start: PlanePoints,
  seed: number,
): Generator<{ readonly done: number; readonly total: number }, PlanePoints & { readonly epochs: number }> {
  const random = countedNumbers(seed)
  const umap = new UMAP({ nNeighbors: neighbours.count, random })
  umap.setPrecomputedKNN(rowsOf(neighbours.numbers, neighbours.count), rowsOf(neighbours.distances, neighbours.count))
  // With neighbours given, it asks nothing of the vectors but their number.
  const epochs = umap.initializeFit(Array.from(start.x, () => []))
  const points = umap.getEmbedding()
  let largest = 0
  for (const values of [start.x, start.y]) for (const value of values) largest = Math.max(largest, Math.abs(value))
  const scale = largest === 0 ? 0 : reach / largest
  points.forEach((point, row) => {
    point[0] = start.x[row] * scale + (random() - 0.5) * apart
    point[1] = start.y[row] * scale + (random() - 0.5) * apart
  })
  for (let done = 0; done < epochs;) {
    done = umap.step()
    yield { done, total: epochs }
  }
  const made = umap.getEmbedding()
  return {
    x: Float32Array.from(made, ([x]) => x),
    y: Float32Array.from(made, ([, y]) => y),
    epochs,
  }
}
