import type { Shape } from '../../network/shapes.ts'
import type { Weights } from '../exportedNetwork.ts'
import type { Hdf5Group } from './hdf5.ts'

/** The layers of Keras that networks are made of, and what the file of weights calls them. */
const folders = {
  InputLayer: 'input_layer',
  Rescaling: 'rescaling',
  Cropping2D: 'cropping2d',
  Conv2D: 'conv2d',
  DepthwiseConv2D: 'depthwise_conv2d',
  BatchNormalization: 'batch_normalization',
  Activation: 'activation',
  LeakyReLU: 'leaky_re_lu',
  MaxPooling2D: 'max_pooling2d',
  AveragePooling2D: 'average_pooling2d',
  GlobalMaxPooling2D: 'global_max_pooling2d',
  GlobalAveragePooling2D: 'global_average_pooling2d',
  Flatten: 'flatten',
  Dense: 'dense',
  Dropout: 'dropout',
  Add: 'add',
  Concatenate: 'concatenate',
  Softmax: 'softmax',
} as const
export type KerasClass = keyof typeof folders

/** What a layer gives. */
interface Output {
  readonly shape: Shape
  readonly dtype: 'uint8' | 'float32'
}

/**
 * A functional model of Keras 3, layer by layer: its configuration, and its weights by where the file of weights has
 * them. Keras finds them by class and count, not by name (keras/src/saving/saving_lib.py).
 */
export class KerasModel {
  readonly #layers: unknown[] = []
  readonly #weights: Record<string, Hdf5Group> = {}
  readonly #counts = new Map<KerasClass, number>()
  readonly #outputs = new Map<string, Output>()

  /** Adds the image that comes in. */
  addImages(name: string, shape: Shape): void {
    const settings = { batch_shape: [null, ...shape], dtype: 'uint8', sparse: false, ragged: false, name }
    this.#place('InputLayer', [])
    this.#outputs.set(name, { shape, dtype: 'uint8' })
    this.#layers.push({ ...described('InputLayer', name), config: settings, inbound_nodes: [] })
  }

  /**
   * Adds a layer.
   * @param from Names of the layers that it takes the output of.
   * @param shape Of its output, without the batch.
   * @param settings As its class has them.
   * @param weights In the order in which its class keeps them.
   */
  add(
    kind: KerasClass,
    name: string,
    from: readonly string[],
    shape: Shape,
    settings: Readonly<Record<string, unknown>> = {},
    weights: readonly Weights[] = [],
  ): void {
    this.#place(kind, weights)
    const taken = from.map((source) => this.#tensor(source))
    // Without the shape that comes in, a layer makes its variables too late for the file to fill them.
    const build = weights.length > 0 ? { build_config: { input_shape: [null, ...this.#outputOf(from[0]).shape] } } : {}
    this.#layers.push({
      ...described(kind, name),
      config: { name, trainable: true, dtype: 'float32', ...settings },
      ...build,
      inbound_nodes: [{ args: [taken.length === 1 ? taken[0] : taken], kwargs: {} }],
    })
    this.#outputs.set(name, { shape, dtype: 'float32' })
  }

  /** `config.json`. */
  config(input: string, output: string): unknown {
    return {
      module: 'keras.src.models.functional',
      class_name: 'Functional',
      config: {
        name: 'conv_lab',
        trainable: true,
        layers: this.#layers,
        input_layers: [[input, 0, 0]],
        output_layers: [[output, 0, 0]],
      },
      registered_name: 'Functional',
      build_config: { input_shape: null },
      compile_config: null,
    }
  }

  /** The groups of `model.weights.h5`. */
  get weights(): Hdf5Group {
    return { layers: this.#weights, vars: {} }
  }

  #place(kind: KerasClass, weights: readonly Weights[]): void {
    const count = this.#counts.get(kind) ?? 0
    this.#counts.set(kind, count + 1)
    const vars = Object.fromEntries(weights.map((values, index) => [String(index), values]))
    this.#weights[count === 0 ? folders[kind] : `${folders[kind]}_${count}`] = { vars }
  }

  #outputOf(name: string): Output {
    const found = this.#outputs.get(name)
    if (found === undefined) throw new Error(`no layer ${name} comes before`)
    return found
  }

  #tensor(name: string): unknown {
    const { shape, dtype } = this.#outputOf(name)
    return {
      class_name: '__keras_tensor__',
      config: { shape: [null, ...shape], dtype, keras_history: [name, 0, 0] },
    }
  }
}

function described(kind: KerasClass, name: string) {
  return { module: 'keras.layers', class_name: kind, registered_name: null, name }
}
