import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { InspectImage } from '../../../../core/contract/inspectContract.ts'
import { Pixels } from '../../../../core/data/pixels.ts'
import { probabilitiesFrom, scoreGradient } from '../../../../core/inspect/probabilities.ts'
import { Model } from '../../../../core/network/model.ts'
import { parseSafetensors } from '../../../../main/engine/checkpoint/safetensors.ts'
import { enteringImages } from '../../../../main/engine/inspect/enteringImages.ts'
import { InspectedNetwork } from '../../../../main/engine/inspect/inspectedNetwork.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'

/** A network as test/data/pytorch/look.py describes it, and what PyTorch made of its weights. */
const Described = z.strictObject({
  source: z.string(),
  model: Model,
  pixels: Pixels,
  images: z.array(InspectImage),
  /** The class by whose logit the gradients are. */
  label: z.number(),
  logits: z.array(z.array(z.number())),
  probabilities: z.array(z.array(z.number())),
})

/** The largest difference that is taken for equal, as a share of the largest value. */
const tolerance = 1e-5

const fileOf = (name: string): Buffer => readFileSync(new URL(`../../../data/pytorch/look/${name}`, import.meta.url))
const tensorsOf = (name: string): ReadonlyMap<string, TensorValue> =>
  parseSafetensors(fileOf(`${name}.safetensors`)).tensors

/** The largest difference between two lists as a share of the largest expected value. */
function differenceOf(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length)
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const difference = Array.from(expected).reduce((most, value, at) => Math.max(most, Math.abs(value - actual[at])), 0)
  return difference / largest
}

describe.each(['chain', 'branches', 'neuron'])('what PyTorch computes for the network “%s”', (name) => {
  const { model, pixels, images, label, logits, probabilities } = Described.parse(
    JSON.parse(fileOf(`${name}.json`).toString()),
  )
  const stored = [...tensorsOf(`${name}.outputs`)]
  const under = (folder: string) =>
    stored.flatMap(([path, tensor]): [string, TensorValue][] =>
      path.startsWith(folder) ? [[path.slice(folder.length), tensor]] : [],
    )
  const config = { model, data: { pixels } }
  const entering = enteringImages(config, images)
  const first = enteringImages(config, images.slice(0, 1))
  const network = new InspectedNetwork(model)
  network.write(tensorsOf(name))
  afterAll(() => network.dispose())

  test('covers every layer', () => {
    expect(under('output/').map(([layer]) => layer)).toEqual(['input', ...model.layers.map((layer) => layer.name)])
  })

  test.each(under('output/'))('is the output of %s', (layer, { shape, data }) => {
    expect(network.shapeOf(layer)).toEqual(shape)
    expect(differenceOf(network.output(layer, first), data)).toBeLessThan(tolerance)
  })

  test('are the logits and probabilities', () => {
    const answer = network.answer(entering)
    expect(differenceOf(answer, logits.flat())).toBeLessThan(tolerance)
    probabilities.forEach((expected, image) => {
      const own = [...answer.subarray(image * network.logits, (image + 1) * network.logits)]
      expect(differenceOf(probabilitiesFrom(model.head, own), expected)).toBeLessThan(tolerance)
    })
  })

  const ofLogits = Float32Array.from(images.flatMap(() => scoreGradient(model.head, network.logits, label)))

  test.each(under('gradient/'))('is the gradient of a logit by %s', (layer, { data }) => {
    const { gradient, output } = network.gradient(layer, entering, ofLogits)
    expect(differenceOf(gradient, data)).toBeLessThan(tolerance)
    expect(output).toEqual(network.output(layer, entering))
  })

  test('has a gradient by every layer on the way, and by the logits themselves', () => {
    for (const layer of model.layers)
      expect(network.gradient(layer.name, entering, ofLogits).gradient.some((value) => value !== 0)).toBe(true)
    expect(network.gradient(model.layers[model.layers.length - 1].name, entering, ofLogits).gradient).toEqual(ofLogits)
  })
})
