import type { ExportOrder } from '../../../core/contract/engineContract.ts'
import type { DatasetForm } from '../../../core/data/dataChoice.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import type { ExportedNetwork } from '../../../core/export/exportedNetwork.ts'
import { kerasParts } from '../../../core/export/keras/kerasParts.ts'
import { cardName } from '../../../core/export/modelCard.ts'
import { onnxModel } from '../../../core/export/onnx/onnxModel.ts'
import type { Pieces } from '../../../core/export/pieces.ts'
import { torchFiles } from '../../../core/export/pytorch/torchFiles.ts'
import type { NetworkFormat, PixelInput } from '../../../core/run/runExport.ts'
import { zipOf } from '../../files/zip.ts'
import { safetensorsParts } from '../checkpoint/safetensors.ts'
import { savedModelOf } from './savedModelOf.ts'

const utf8 = new TextEncoder()

function text(content: string): Pieces {
  return [utf8.encode(content)]
}

/** What is written beside the network itself. */
interface Words {
  readonly classes: readonly string[]
  /** The form in which the images of the data set were prepared. */
  readonly form: DatasetForm
  readonly format: NetworkFormat
  readonly input: PixelInput
  /** What the files tell of the run, as JSON. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** The files of a network in one of the formats, by their paths. */
export async function networkFiles(
  network: ExportedNetwork,
  { classes, form, format, input, facts }: Words,
): Promise<readonly (readonly [path: string, content: Pieces])[]> {
  switch (format) {
    case 'saved-model':
      return [
        // TensorFlow does not read this folder.
        ['assets.extra/conv-lab.json', text(`${JSON.stringify({ classes, ...facts }, null, 2)}\n`)],
        ['saved_model.pb', [savedModelOf(network)]],
      ]
    case 'onnx': {
      const metadata = { classes: JSON.stringify(classes), 'conv-lab': JSON.stringify(facts) }
      return [['model.onnx', onnxModel(network, input, metadata)]]
    }
    case 'keras':
      return [['model.keras', [await zipOf(kerasParts(network), { compress: false })]]]
    case 'pytorch': {
      const { model, load, weights } = torchFiles(network, classes, form)
      // Readers of PyTorch ask for the format.
      const metadata = { format: 'pt', 'conv-lab': JSON.stringify(facts) }
      return [
        ['model.py', text(model)],
        ['load.py', text(load)],
        ['model.safetensors', safetensorsParts({ tensors: weights, metadata })],
      ]
    }
  }
}

/** All files of an exported network by their paths, with its model card. */
export async function filesOf(
  network: ExportedNetwork,
  { config, classes, format, input, card }: ExportOrder,
  step: number,
): Promise<ReadonlyMap<string, Pieces>> {
  const words = { classes, form: choiceOf(config.data).form, format, input, facts: { step, config } }
  return new Map([[cardName, text(card)], ...(await networkFiles(network, words))])
}
