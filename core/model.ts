import { z } from 'zod'
import { ActivationFunction } from './activation.ts'

/** What a layer's `from` calls the image that enters the network. */
export const imageName = 'input'

/** A layer's name: what its variables and maps are called everywhere (`conv_1/kernel`). */
const LayerName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/)
  .refine((name) => name !== imageName, `“${imageName}” is the image itself`)

/** An earlier layer, or the image, whose output comes in. */
const Source = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

/**
 * What each layer has: its name and, where it does not go on from the layer before it in the list, the one that it goes
 * on from.
 */
const common = { name: LayerName, from: Source.optional() }

/**
 * Where the initial weights of a layer come from; fan in and fan out are the weights that lead to, and away from, one
 * value.
 *
 * | name | values | source |
 * | --- | --- | --- |
 * | `glorot-uniform` | uniform in ±sqrt(6 / (fan in + fan out)) | Glorot & Bengio 2010 |
 * | `glorot-normal` | normal, deviation sqrt(2 / (fan in + fan out)) | Glorot & Bengio 2010 |
 * | `he-uniform` | uniform in ±sqrt(6 / fan in) | He et al. 2015 |
 * | `he-normal` | normal, deviation sqrt(2 / fan in) | He et al. 2015 |
 * | `uniform-half` | uniform in ±0.5, whatever the layer | the lab's text |
 * | `normal` | normal, deviation 0.05, whatever the layer | |
 *
 * Normal values are not truncated.
 */
export const Initializer = z.enum([
  'glorot-uniform',
  'glorot-normal',
  'he-uniform',
  'he-normal',
  'uniform-half',
  'normal',
])
export type Initializer = z.infer<typeof Initializer>

/**
 * What a convolution can begin with besides.
 *
 * | name | kernels | source |
 * | --- | --- | --- |
 * | `identity` | the first ones, one for each map that comes in, pass it on as it is; the others are `he-normal` | Dirac's delta, as in Jordan 2024 (airbench) |
 * | `whitening` | the first half are the strongest principal components of the training images' patches, each divided by its standard deviation; the second half are the same with the other sign. They stay as they are: they are computed and not trained. Takes the image itself, with an even number of filters, at most two for each value of a patch | Page 2018 (DAWNBench), Jordan 2024 |
 */
export const ConvInitializer = z.enum([...Initializer.options, 'identity', 'whitening'])
export type ConvInitializer = z.infer<typeof ConvInitializer>

export const Padding = z.enum(['same', 'valid'])
export type Padding = z.infer<typeof Padding>

const Extent = z.int().min(1).max(64)

/** Height and width of a window, in values of the map that comes in. */
export const WindowSize = z.strictObject({ height: Extent, width: Extent })
export type WindowSize = z.infer<typeof WindowSize>

/** Convolution: `filters` kernels moved by `stride` both ways, with a bias a filter or without. */
export const ConvLayer = z.strictObject({
  kind: z.literal('conv'),
  ...common,
  filters: z.int().min(1).max(4096),
  kernel: WindowSize,
  stride: Extent,
  padding: Padding,
  bias: z.boolean(),
  initializer: ConvInitializer,
})
export type ConvLayer = z.infer<typeof ConvLayer>

/** Depthwise convolution: `multiplier` kernels for each map that comes in, which see that map alone. */
export const DepthwiseConvLayer = z.strictObject({
  kind: z.literal('depthwise-conv'),
  ...common,
  multiplier: z.int().min(1).max(64),
  kernel: WindowSize,
  stride: Extent,
  padding: Padding,
  bias: z.boolean(),
  initializer: Initializer,
})
export type DepthwiseConvLayer = z.infer<typeof DepthwiseConvLayer>

/**
 * Batch normalisation over batch, height and width (Ioffe & Szegedy 2015), with trained scale and shift.
 * Running statistics move as `running = momentum * running + (1 - momentum) * batch`.
 */
export const BatchNormLayer = z.strictObject({
  kind: z.literal('batch-norm'),
  ...common,
  epsilon: z.number().positive().max(1),
  momentum: z.number().min(0).lt(1),
})
export type BatchNormLayer = z.infer<typeof BatchNormLayer>

export const ActivationLayer = z.strictObject({
  kind: z.literal('activation'),
  ...common,
  function: ActivationFunction,
})
export type ActivationLayer = z.infer<typeof ActivationLayer>

/**
 * The lab's subsampling neuron, `f(a * subsample(x) + b)`: a trained scale `a` and shift `b` a map, 1 and 0 at first,
 * and an activation `f` after them. Null pools alone.
 */
const Scaling = z.strictObject({ function: ActivationFunction }).nullable()

const pool = { ...common, size: Extent, stride: Extent, padding: Padding, scaling: Scaling }

/** The largest value of each window of `size` x `size`. */
export const MaxPoolLayer = z.strictObject({ kind: z.literal('max-pool'), ...pool })
export type MaxPoolLayer = z.infer<typeof MaxPoolLayer>

/** The mean of each window of `size` x `size`; what `same` padding adds at the edges does not count. */
export const AveragePoolLayer = z.strictObject({ kind: z.literal('average-pool'), ...pool })
export type AveragePoolLayer = z.infer<typeof AveragePoolLayer>

/** One value a map, its largest or its mean: `[height, width, channels]` becomes `[channels]`. */
export const GlobalPoolLayer = z.strictObject({
  kind: z.enum(['global-max-pool', 'global-average-pool']),
  ...common,
  scaling: Scaling,
})
export type GlobalPoolLayer = z.infer<typeof GlobalPoolLayer>

export const FlattenLayer = z.strictObject({ kind: z.literal('flatten'), ...common })
export type FlattenLayer = z.infer<typeof FlattenLayer>

/** Fully connected, with a bias a unit or without. */
export const DenseLayer = z.strictObject({
  kind: z.literal('dense'),
  ...common,
  units: z.int().min(1).max(65_536),
  bias: z.boolean(),
  initializer: Initializer,
})
export type DenseLayer = z.infer<typeof DenseLayer>

/**
 * In training each value becomes 0 with probability `rate` and is divided by `1 - rate` otherwise (Srivastava et al.
 * 2014, scaled in training); in inference all pass. What falls out at a step follows from the seed, the layer's place
 * in the list, and the step.
 */
export const DropoutLayer = z.strictObject({ kind: z.literal('dropout'), ...common, rate: z.number().min(0).lt(1) })
export type DropoutLayer = z.infer<typeof DropoutLayer>

/**
 * Every value times `factor`. Behind the last dense layer it makes the logits small, so that a network begins undecided
 * and its dense layer moves slowly against the others: Page 2018 takes 1/8, Jordan 2024 (airbench) 1/9.
 */
export const ScaleLayer = z.strictObject({
  kind: z.literal('scale'),
  ...common,
  factor: z.number().positive().max(1000),
})
export type ScaleLayer = z.infer<typeof ScaleLayer>

const merged = { name: LayerName, from: z.array(Source).min(2).max(16) }

/** The sum of layers of one shape, value by value. */
export const AddLayer = z.strictObject({ kind: z.literal('add'), ...merged })
export type AddLayer = z.infer<typeof AddLayer>

/** The maps of several layers of one height and width, or the values of several vectors, behind each other. */
export const ConcatLayer = z.strictObject({ kind: z.literal('concat'), ...merged })
export type ConcatLayer = z.infer<typeof ConcatLayer>

export const Layer = z.discriminatedUnion('kind', [
  ConvLayer,
  DepthwiseConvLayer,
  BatchNormLayer,
  ActivationLayer,
  MaxPoolLayer,
  AveragePoolLayer,
  GlobalPoolLayer,
  FlattenLayer,
  DenseLayer,
  DropoutLayer,
  ScaleLayer,
  AddLayer,
  ConcatLayer,
])
export type Layer = z.infer<typeof Layer>

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
  z.strictObject({ kind: z.literal('softmax'), labelSmoothing: z.number().min(0).lt(1) }),
  z.strictObject({ kind: z.literal('tanh'), loss: z.enum(['hinge', 'squared']) }),
])
export type Head = z.infer<typeof Head>

/**
 * A network as data: the image it takes, its layers, and its head. The head takes the last layer's output, a vector.
 */
export const Model = z
  .strictObject({
    input: z.strictObject({
      height: z.int().min(1).max(512),
      width: z.int().min(1).max(512),
      channels: z.union([z.literal(1), z.literal(3)]),
    }),
    layers: z.array(Layer).min(1).max(200),
    head: Head,
  })
  .refine(
    (model) => new Set(model.layers.map((layer) => layer.name)).size === model.layers.length,
    'two layers have one name',
  )
export type Model = z.infer<typeof Model>
