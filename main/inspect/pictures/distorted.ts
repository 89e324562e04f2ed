import type { DistortedImage } from '../../../core/contract/inspectContract.ts'
import type { FeedSettings } from '../../../core/run/feedSettings.ts'
import { pictureOfInput } from '../../../core/pictures/imagePicture.ts'
import type { Picture } from '../../../core/pictures/mapGrid.ts'
import { gridOfPictures } from '../../../core/pictures/pictureGrid.ts'
import { floatsIn } from '../../engine/shared/base64.ts'
import { batchImages } from '../batches.ts'
import { distorted, randomlyDistorted } from '../distortions.ts'
import type { Draw } from './drawing.ts'

/** What enters the network, as pixels. */
function picturesOf(
  images: readonly Pick<DistortedImage, 'values'>[],
  { input: { height, width, channels }, data: { pixels } }: FeedSettings,
): Picture[] {
  return images.map(({ values }) => pictureOfInput(floatsIn(values), [height, width, channels], pixels))
}

/** An image under one distortion, which a person gave. */
export const drawDistorted: Draw<'distorted'> = async (inspection, { of, image, distortion, cutoutSide }) => {
  const { settings, images } = await distorted(inspection, { of, image }, (_, { augmentation }) => ({
    augmentation: { ...augmentation, cutout: cutoutSide === null ? null : { side: cutoutSide } },
    of: { kind: 'given', distortion },
  }))
  return { picture: gridOfPictures(picturesOf(images, settings)), colours: null }
}

/** An image under random distortions, in a square grid. */
export const drawDistortions: Draw<'distortions'> = async (inspection, { what: _, ...question }) => {
  const { settings, images } = await randomlyDistorted(inspection, question)
  return { picture: gridOfPictures(picturesOf(images, settings)), colours: null }
}

/** Images of the batch of a step, in a square grid. */
export const drawBatch: Draw<'batch'> = async (inspection, { what: _, ...question }) => {
  const { settings, images } = await batchImages(inspection, question)
  return { picture: gridOfPictures(picturesOf(images, settings)), colours: null }
}
