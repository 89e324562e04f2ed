import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { AscentOrder, AscentPart } from '../../../core/contract/inspectContract.ts'
import { ascentStart, ascentStep } from '../../../core/inspect/ascent.ts'
import type { AscentAim } from '../../../core/inspect/ascending.ts'
import { mapsIn } from '../../../core/inspect/mapFigures.ts'
import { scoreGradient } from '../../../core/inspect/probabilities.ts'
import type { Model } from '../../../core/network/model.ts'
import { pixelScale } from '../feed/pixelScale.ts'
import { floatsText } from '../shared/base64.ts'
import type { LookTools } from './lookTools.ts'
import { paceOf } from '../shared/pace.ts'

/** The layer that an aim is about: for a class the last one. */
function layerOf({ layers }: Model, aim: AscentAim): string {
  return aim.kind === 'map' ? aim.layer : layers[layers.length - 1].name
}

/** The aim as a sum over the values of a layer's output: the factor of each. */
function factorsOf({ head }: Model, aim: AscentAim, shape: readonly number[], output: Float32Array): Float32Array {
  if (aim.kind === 'class') return Float32Array.from(scoreGradient(head, output.length, aim.label))
  const maps = mapsIn(shape)
  const ofMap = (place: number): boolean => place % maps === aim.map
  const excited = output.some((value, place) => ofMap(place) && value > 0)
  return output.map((value, place) => (ofMap(place) && (value > 0 || !excited) ? maps / output.length : 0))
}

/**
 * Gradient ascent: an image that excites a map, a unit or a class, after the recipe of `ascentStep`. It ends with
 * `reached`, or without it once the signal says that nobody listens. The image is a pure function of the weights and of
 * what is ordered.
 * @throws LabError as `OpenNetworks` does; Error when there is no such layer.
 */
export async function* ascended(
  { networks }: Pick<LookTools, 'networks'>,
  { config, checkpoint, aim, seed, steps }: AscentOrder,
  signal?: AbortSignal,
): AsyncGenerator<AscentPart> {
  const { model, data } = config
  const { channels } = model.input
  const { factor, shift } = pixelScale(data.pixels, channels)
  const inNetworkScale = (pixels: Float32Array): Float32Array =>
    pixels.map((pixel, place) => (pixel / 255) * factor[place % channels] + shift[place % channels])
  /** The aim for an image, and its gradient by the pixels. */
  const look = (pixels: Float32Array): Promise<{ value: number; gradient: Float32Array }> =>
    networks.askUpTo({ config, checkpoint }, layerOf(model, aim), (network) => {
      const entering = inNetworkScale(pixels)
      const output = network.output(entering)
      const factors = factorsOf(model, aim, network.shape, output)
      const gradient = network.gradient(entering, factors)
      return {
        value: output.reduce((sum, value, place) => (factors[place] === 0 ? sum : sum + value * factors[place]), 0),
        gradient: gradient.map((value, place) => (value * factor[place % channels]) / 255),
      }
    })

  let image = ascentStart(seed, model.input)
  let { value, gradient } = await look(image.pixels)
  const before = value
  const progress = paceOf(steps)
  for (let step = 1; step <= steps; step += 1) {
    image = ascentStep(image, gradient, step)
    ;({ value, gradient } = await look(image.pixels))
    yield progress(step)
    // Other questions are answered between two steps.
    await eventLoopTurn()
    if (signal?.aborted === true) return
  }
  yield {
    kind: 'reached',
    values: floatsText(Float32Array.of(before, value)),
    image: floatsText(inNetworkScale(image.pixels)),
  }
}
