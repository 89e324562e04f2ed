import type { LayerGeometry } from '../../../core/geometry.ts'

/** Whether the largest of some values, passed through the layer, is the largest of what it makes of them: max pools and such a function may change places. */
function keepsOrder({ layer }: LayerGeometry): boolean {
  return layer.kind === 'activation' && (layer.function.kind === 'relu' || layer.function.kind === 'leaky-relu')
}

/** A layer that takes the output of `to` wherever it took that of `from`. */
function redirected(geometry: LayerGeometry, from: string, to: string): LayerGeometry {
  return { ...geometry, inputs: geometry.inputs.map((input) => (input.from === from ? { ...input, from: to } : input)) }
}

/** The place of the first activation that may change places with the max pool right behind it; -1 where there is none. */
function firstToSwap(measured: readonly LayerGeometry[]): number {
  return measured.findIndex((activation, place) => {
    const pool = measured.at(place + 1)
    if (pool?.layer.kind !== 'max-pool' || pool.layer.scaling !== null || !keepsOrder(activation)) return false
    const users = measured.filter(({ inputs }) => inputs.some(({ from }) => from === activation.layer.name))
    return users.length === 1 && users[0] === pool
  })
}

/**
 * A network's layers with every max pool before the ReLU, plain or leaky, that stands right before it. The outputs and all gradients are the same numbers, and the activation has a quarter of the
 * values (for a pool of 2x2) to work on, in training twice.
 */
export function poolFirst(measured: readonly LayerGeometry[]): readonly LayerGeometry[] {
  const place = firstToSwap(measured)
  if (place < 0) return measured
  const activation = measured[place]
  const pool = measured[place + 1]
  const moved: LayerGeometry[] = [
    { ...pool, inputs: activation.inputs },
    { ...activation, inputs: [{ from: pool.layer.name, shape: pool.output }], output: pool.output },
  ]
  const rest = measured.slice(place + 2).map((geometry) => redirected(geometry, pool.layer.name, activation.layer.name))
  return poolFirst([...measured.slice(0, place), ...moved, ...rest])
}
