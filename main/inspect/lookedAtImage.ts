import { choiceOf } from '../../core/data/datasetView.ts'
import type { Split } from '../../core/data/dataset.ts'
import type { ImageChoice } from '../../core/inspect/imageChoice.ts'
import type { LookImage } from '../../core/inspect/looking.ts'
import type { RunId } from '../../core/run/run.ts'
import { refuse } from '../../core/words/problems.ts'
import { bytesText } from '../engine/shared/base64.ts'
import { dataFolderFor } from '../training/runData.ts'
import type { FoundImage, ImageData } from './keptImages.ts'
import type { Inspection } from './inspection.ts'

function found(
  { image, bytes }: { image: { height: number; width: number; channels: 1 | 3 }; bytes: Uint8Array },
  { label, total }: Pick<LookImage, 'label' | 'total'>,
): FoundImage {
  const { height, width, channels } = image
  return {
    label,
    total,
    shape: [height, width, channels],
    pixels: bytes,
    order: { height, width, channels, pixels: bytesText(bytes) },
  }
}

/** The picture that was given, made to fit. @throws LabError as `imageFor` does. */
async function fittingImage({ datasets }: Inspection, { data }: ImageData, bytes: Buffer): Promise<FoundImage> {
  const made = await datasets.images.fromPicture(data.dataset, choiceOf(data).form, bytes)
  return found(made, { label: null, total: null })
}

/** An image of one of the lists. @throws LabError as `imageFor` does. */
async function listedImage(
  { datasets }: Inspection,
  { data }: ImageData,
  { split, number }: { readonly split: Split; readonly number: number },
): Promise<FoundImage> {
  const { dataset } = data
  const wanted = choiceOf(data)
  const other = split === 'train' ? 'test' : 'train'
  const piece = { label: null, count: 1 }
  const page = await datasets.images.page(dataset, wanted, { ...piece, split, from: number })
  const rest = await datasets.images.page(dataset, wanted, { ...piece, split: other, from: 0 })
  const total = split === 'train' ? { train: page.total, test: rest.total } : { train: rest.total, test: page.total }
  const listed = page.images.at(0)
  const stored = listed === undefined ? null : await datasets.images.pixels(dataset, wanted.form, listed.index)
  if (listed === undefined || stored === null)
    return refuse('image-unknown', { image: `${split}:${number}`, last: `${split}:${page.total - 1}` })
  return found(stored, { label: listed.label, total })
}

/**
 * Finds an image as the data of a run have it: one of its lists by number, or a given one made to fit.
 * @throws LabError `own-set-removed`, `dataset-missing`, `dataset-changed`, `dataset-damaged`, `image-unknown` or `given-unknown`.
 */
export async function imageFor(inspection: Inspection, config: ImageData, choice: ImageChoice): Promise<FoundImage> {
  const { datasets, given, images } = inspection
  // Says what is wrong with a set that is gone or has become another one, also where the image is kept.
  dataFolderFor(datasets, config)
  if (choice.kind === 'stored') return images.of(config, choice, () => listedImage(inspection, config, choice))
  const bytes = given.bytesOf(choice.sha256)
  return images.of(config, choice, () => fittingImage(inspection, config, bytes))
}

/**
 * What is known of an image without the network.
 * @throws LabError `run-unknown`, or as `imageFor` does.
 */
export async function lookImage(inspection: Inspection, run: RunId, image: ImageChoice): Promise<LookImage> {
  const { label, total, shape } = await imageFor(inspection, inspection.history.run(run).config, image)
  return { image, label, total, shape }
}
