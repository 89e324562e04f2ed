import { z } from 'zod'
import { saying } from '../words/issuePhrase.ts'
import { phrase } from '../words/phrases.ts'
import { Layer } from '../layers/registry.ts'

/** A probability for each class; with which share of the labels spread over all of them. */
export const SoftmaxHead = z.strictObject({ kind: z.literal('softmax'), labelSmoothing: z.number().min(0).lt(1) })

/**
 * What is made of the last layer's numbers, and what is trained.
 *
 * `softmax`: one logit a class becomes a probability; trained with cross-entropy. With label smoothing s the label's
 * class counts 1 - s + s / classes and each other one s / classes (Szegedy et al. 2016). What training reports is the
 * loss it descends on, the smoothed one; evaluation reports the plain cross-entropy, so that runs with and without can
 * be compared.
 *
 * `tanh`: one neuron t = tanh(z) for two classes; 1 is class 1, "the class", and -1 is class 0, "not the class". With y
 * the one of them that is right, `hinge` is max(0, 1 - y t) and `squared` is (t - y)^2. The answer is class 1 where t >
 * 0.
 */
export const Head = z.discriminatedUnion('kind', [
  SoftmaxHead,
  z.strictObject({ kind: z.literal('tanh'), loss: z.enum(['hinge', 'squared']) }),
])
export type Head = z.infer<typeof Head>

/** The image that enters a network: rows, columns, and one channel of grey or three of colour. */
export const ModelInput = z.strictObject({
  height: z.int().min(1).max(512),
  width: z.int().min(1).max(512),
  channels: z.union([z.literal(1), z.literal(3)]),
})
export type ModelInput = z.infer<typeof ModelInput>

/** The most layers of a network. */
export const mostLayers = 200

/**
 * A network as data: the image it takes, its layers, and its head. The head takes the last layer's output, a vector.
 */
export const Model = z
  .strictObject({
    input: ModelInput,
    layers: z.array(Layer).min(1).max(mostLayers),
    head: Head,
  })
  .refine(
    (model) => new Set(model.layers.map((layer) => layer.name)).size === model.layers.length,
    saying(phrase('layers-of-one-name', {})),
  )
export type Model = z.infer<typeof Model>
