import { rulesOf } from '../../../core/layers/registry.ts'
import type { Model } from '../../../core/network/model.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'

/**
 * New seeds at each step for the layers that draw random numbers. They are a pure function of the run's seed, the
 * layer's place in the list of layers, and the step. TensorFlow's stateless generator draws the layer's numbers from
 * its seed.
 */
export class LayerSeeds {
  readonly #random: RandomNumbers
  readonly #layers: readonly { readonly name: string; readonly place: number }[]

  constructor(model: Model, seed: number) {
    this.#random = new RandomNumbers(seed)
    this.#layers = model.layers.flatMap((layer, place) =>
      rulesOf(layer).drawsRandomNumbers ? [{ name: layer.name, place }] : [],
    )
  }

  /** Each layer's name and its two seed words for a step, counted from 1. */
  at(step: number): [layer: string, seed: Int32Array][] {
    return this.#layers.map(({ name, place }) => {
      const [first, second] = this.#random.words('dropout', place, step)
      return [name, Int32Array.of(first, second)]
    })
  }
}
