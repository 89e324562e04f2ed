import type { Variable } from '../../../../core/layers/parts/layerVariables.ts'
import type { Model } from '../../../../core/network/model.ts'
import type { Adam, Optimizer } from '../../../../core/run/optimizer.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { sessionVariables } from '../../../../main/engine/graph/optimizers.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'

export const adamOptimizer: Adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: null }

/** Uniform numbers of -1 to 1 from a 32-bit linear congruential generator; equal seeds give equal numbers. */
export function randomNumbers(count: number, seed: number): Float32Array {
  let state = (seed * 2654435761) >>> 0
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state / 2 ** 32) * 2 - 1
  })
}

/** Numbers of -1 to 1 in random order, all at least `2 / count` apart and none within `1 / count` of 0. */
export function distinctNumbers(count: number, seed: number): Float32Array {
  const order = Array.from({ length: count }, (_, index) => index)
  const keys = randomNumbers(count, seed)
  order.sort((a, b) => keys[a] - keys[b])
  const even = count + (count % 2)
  return Float32Array.from(order, (rank) => (2 * rank + 1) / even - 1)
}

/** Labels spread over the classes. */
export function someLabels(count: number, classes: number, seed: number): Int32Array {
  return Int32Array.from(randomNumbers(count, seed), (value) =>
    Math.min(classes - 1, Math.floor(((value + 1) / 2) * classes)),
  )
}

/** Images of 0 to 1. */
export function someImages(model: Model, count: number, seed: number): Float32Array {
  const { height, width, channels } = model.input
  return randomNumbers(count * height * width * channels, seed).map((value) => (value + 1) / 2)
}

function initialData({ shape, initial }: Variable, seed: number): Float32Array {
  if (initial.kind === 'constant') return new Float32Array(sizeOf(shape)).fill(initial.value)
  const limit = initial.kind === 'whitening' ? 0.5 : Math.sqrt(6 / (initial.fanIn + initial.fanOut))
  return randomNumbers(sizeOf(shape), seed).map((value) => value * limit)
}

/** A first state of everything that a session keeps. */
export function firstTensors(model: Model, optimizer: Optimizer, seed: number): Map<string, TensorValue> {
  return new Map(
    sessionVariables(model, optimizer).map((variable, index) => [
      variable.name,
      { shape: variable.shape, data: initialData(variable, seed + index) },
    ]),
  )
}

/**
 * Places where two lists differ by more than `tolerance` times the larger of 1 and the expected value, or in length.
 */
export function differences(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): string[] {
  if (actual.length !== expected.length) return [`${actual.length} values instead of ${expected.length}`]
  return Array.from(expected).flatMap((wanted, index) =>
    Math.abs(actual[index] - wanted) <= tolerance * Math.max(1, Math.abs(wanted))
      ? []
      : [`[${index}] ${actual[index]} instead of ${wanted}`],
  )
}

/** The bits of all values, so that 0 and -0 differ and NaN equals itself. */
export function bitsOf(tensors: ReadonlyMap<string, TensorValue>): Record<string, string> {
  return Object.fromEntries(
    [...tensors].map(([name, { data }]) => [
      name,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
    ]),
  )
}
