import { pictureOfInput } from '../../../core/pictures/imagePicture.ts'
import { ascentImage } from '../ascent.ts'
import type { Draw } from './drawing.ts'

/** The image that gradient ascent ends with. */
export const drawAscent: Draw<'ascent'> = async (inspection, { run, step, aim, seed, steps }) => {
  const { model, data } = inspection.history.run(run).config
  const { height, width, channels } = model.input
  const image = await ascentImage(inspection, { run, checkpoint: step, aim, seed, steps })
  return { picture: pictureOfInput(image, [height, width, channels], data.pixels), colours: null }
}
