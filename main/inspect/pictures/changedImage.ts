import { pixelsOfInput, pictureOfInput } from '../../../core/pictures/imagePicture.ts'
import { symmetricScale } from '../../../core/pictures/colourMap.ts'
import { drawGrid, planesOfMaps } from '../../../core/pictures/mapGrid.ts'
import { largestStep } from '../../../core/inspect/explaining.ts'
import { refuse } from '../../../core/words/problems.ts'
import type { LookQuestion } from '../../../core/inspect/looking.ts'
import { floatsIn } from '../../engine/shared/base64.ts'
import { stepOfSigns } from '../fgsm.ts'
import type { Inspection } from '../inspection.ts'
import type { Draw } from './drawing.ts'

/** @throws LabError `answer-unchanged` where no step changes the answer, or as `stepOfSigns` does. */
async function changing(inspection: Inspection, question: LookQuestion) {
  const found = await stepOfSigns(inspection, question)
  return { ...found, step: found.step ?? refuse('answer-unchanged', { largest: largestStep }) }
}

/** What enters the network after the smallest step that changes the answer. */
export const drawChangedImage: Draw<'changed-image'> = async (inspection, { run, step: checkpoint, image }) => {
  const { config, step } = await changing(inspection, { run, checkpoint, image })
  const { height, width, channels } = config.model.input
  return { picture: pictureOfInput(step.image, [height, width, channels], config.data.pixels), colours: null }
}

/** What the step changed, in units of a pixel: of one channel, or the mean over all. */
export const drawChange: Draw<'change'> = async (inspection, { run, step: checkpoint, image, channel }) => {
  const { config, image: found, step } = await changing(inspection, { run, checkpoint, image })
  const { height, width, channels } = config.model.input
  if (channel !== null && channel >= channels)
    refuse('input-channel-unknown', { layer: 'input', channel, last: channels - 1 })
  const entering = await inspection.engine.ask((inspect) => inspect.entering({ config, image: found.order }))
  const before = pixelsOfInput(floatsIn(entering.values), channels, config.data.pixels)
  const after = pixelsOfInput(step.image, channels, config.data.pixels)
  const change = Float32Array.from({ length: height * width }, (_, place) => {
    const changes = Array.from({ length: channels }, (_value, one) => {
      const at = place * channels + one
      return after[at] - before[at]
    })
    return channel === null ? changes.reduce((sum, one) => sum + one, 0) / channels : changes[channel]
  })
  const scale = symmetricScale(step.epsilon)
  const picture = drawGrid(planesOfMaps(change, [height, width, 1]), 'seismic', () => scale)
  return { picture, colours: { map: 'seismic', scale } }
}
