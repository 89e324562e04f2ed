import { pictureOfPixels } from '../../../core/pictures/imagePicture.ts'
import { imageFor } from '../lookedAtImage.ts'
import type { Draw } from './drawing.ts'

/** The image as it is stored, or a given one as it was made to fit. */
export const drawImage: Draw<'image'> = async (inspection, { run, image }) => {
  const { config } = inspection.history.run(run)
  const { pixels, shape } = await imageFor(inspection, config, image)
  return { picture: pictureOfPixels(pixels, shape), colours: null }
}
