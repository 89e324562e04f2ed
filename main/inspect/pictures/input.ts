import { refuse } from '../../../core/words/problems.ts'
import { channelPicture, pictureOfInput } from '../../../core/pictures/imagePicture.ts'
import { imageFor } from '../lookedAtImage.ts'
import { floatsIn } from '../../engine/shared/base64.ts'
import type { Draw } from './drawing.ts'

/** What enters the network: cut and scaled, without a checkpoint. */
export const drawInput: Draw<'input'> = async (inspection, { run, image, channel }) => {
  const { config } = inspection.history.run(run)
  const { order } = await imageFor(inspection, config, image)
  const entering = await inspection.engine.ask((inspect) => inspect.entering({ config, image: order }))
  const picture = pictureOfInput(floatsIn(entering.values), entering.shape, config.data.pixels)
  if (channel === null) return { picture, colours: null }
  const last = entering.shape[2] - 1
  if (channel > last) refuse('input-channel-unknown', { layer: 'input', channel, last })
  return { picture: channelPicture(picture, channel), colours: null }
}
