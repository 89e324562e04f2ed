import { imageOfClass } from '../imageOfClass.ts'
import { wholeOcclusion } from '../occlusion.ts'
import type { Draw } from './drawing.ts'
import { drawAround } from './heatMap.ts'

/** The probability of a class with a patch around each place, around the one without a patch. */
export const drawOcclusion: Draw<'occlusion'> = async (inspection, { run, step, image, label, side, stride, over }) => {
  const question = { run, checkpoint: step, image, label, side, stride }
  const { uncovered, map } = await wholeOcclusion(inspection, question)
  return drawAround(inspection, { ...(await imageOfClass(inspection, question)), map }, uncovered, over)
}
