import { imageName } from '../../layers/parts/fields.ts'
import { centreCut, channelScales, type ExportedNetwork, logitsName } from '../exportedNetwork.ts'
import { joined } from '../pieces.ts'
import { hdf5File } from './hdf5.ts'
import { addKerasLayer } from './kerasLayers.ts'
import { KerasModel } from './kerasModel.ts'

/** The version of Keras as which the file introduces itself: the first whose files look like this. */
const kerasVersion = '3.8.0'

/** Keras wants to know when a file was written; equal networks give equal files. */
const dateSaved = '1980-01-01@00:00:00'

const utf8 = new TextEncoder()

/** Names of the layers around the network: no layer of its own has a hyphen. */
const names = { images: 'given-images', scaled: 'scaled-pixels', probabilities: 'class-probabilities' }

/** Cuts the middle out of the images and scales their pixels. */
function addImages(keras: KerasModel, network: ExportedNetwork): void {
  const { image } = network
  const { top, left, height, width, cuts } = centreCut(network)
  const { zero, range } = channelScales(network.pixels, image.channels)
  const scale = range.map((one) => 1 / one)
  const offset = zero.map((one, channel) => -one / range[channel])
  keras.addImages(names.images, [image.height, image.width, image.channels])
  const scaled = cuts ? names.scaled : imageName
  const whole = [image.height, image.width, image.channels] as const
  keras.add('Rescaling', scaled, [names.images], whole, { scale, offset })
  if (!cuts) return
  const cropping = [
    [top, image.height - height - top],
    [left, image.width - width - left],
  ]
  keras.add('Cropping2D', imageName, [names.scaled], [height, width, image.channels], { cropping })
}

/** Probabilities of the logits. Of a tanh neuron t they are (1 - t) / 2 and (1 + t) / 2: a dense layer of constants. */
function addHead(keras: KerasModel, { model, measured }: ExportedNetwork): void {
  const last = logitsName(model)
  if (model.head.kind === 'softmax') {
    keras.add('Softmax', names.probabilities, [last], measured[measured.length - 1].output)
    return
  }
  keras.add('Activation', 'tanh-neuron', [last], [1], { activation: 'tanh' })
  keras.add('Dense', names.probabilities, ['tanh-neuron'], [2], { units: 2, use_bias: true, trainable: false }, [
    { shape: [1, 2], data: Float32Array.of(-0.5, 0.5) },
    { shape: [2], data: Float32Array.of(0.5, 0.5) },
  ])
}

/**
 * A trained network as the parts of a file of Keras 3 (`.keras`), made of Keras's own layers alone. It takes uint8
 * `[batch, height, width, channels]` of the data set's extents, pixels of 0 to 255, and gives probabilities
 * `[batch, classes]`. The format: keras/src/saving/saving_lib.py, a zip archive of `metadata.json`, `config.json` and
 * `model.weights.h5`, stored as they are.
 */
export function kerasParts(
  network: ExportedNetwork,
): readonly { readonly name: string; readonly content: Uint8Array }[] {
  const keras = new KerasModel()
  addImages(keras, network)
  for (const measured of network.measured) addKerasLayer({ keras, network, measured })
  addHead(keras, network)
  const json = (value: unknown): Uint8Array => utf8.encode(JSON.stringify(value))
  return [
    { name: 'metadata.json', content: json({ keras_version: kerasVersion, date_saved: dateSaved }) },
    { name: 'config.json', content: json(keras.config(names.images, names.probabilities)) },
    { name: 'model.weights.h5', content: joined(hdf5File(keras.weights)) },
  ]
}
