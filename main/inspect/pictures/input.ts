import type { InspectImage } from '../../../core/contract/inspectContract.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import { refuse } from '../../../core/words/problems.ts'
import { channelPicture, pictureOfInput } from '../../../core/pictures/imagePicture.ts'
import type { Picture } from '../../../core/pictures/mapGrid.ts'
import { imageFor } from '../lookedAtImage.ts'
import { floatsIn } from '../../engine/shared/base64.ts'
import type { Inspection } from '../inspection.ts'
import type { Draw } from './drawing.ts'

/** What enters the network of an image, as a picture. @throws as the engine does. */
export async function enteringPicture(
  { engine }: Inspection,
  config: RunConfig,
  image: InspectImage,
): Promise<Picture> {
  const { shape, values } = await engine.ask((inspect) => inspect.entering({ config, image }))
  return pictureOfInput(floatsIn(values), shape, config.data.pixels)
}

/** What enters the network: cut and scaled, without a checkpoint. */
export const drawInput: Draw<'input'> = async (inspection, { run, image, channel }) => {
  const { config } = inspection.history.run(run)
  const { order } = await imageFor(inspection, config, image)
  const picture = await enteringPicture(inspection, config, order)
  if (channel === null) return { picture, colours: null }
  const last = config.model.input.channels - 1
  if (channel > last) refuse('input-channel-unknown', { layer: 'input', channel, last })
  return { picture: channelPicture(picture, channel), colours: null }
}
