import { saliency } from '../saliency.ts'
import type { Draw } from './drawing.ts'
import { drawEvidence } from './heatMap.ts'

/** The saliency of each pixel for a class. */
export const drawSaliency: Draw<'saliency'> = async (inspection, { run, step, image, label, over }) =>
  drawEvidence(inspection, await saliency(inspection, { run, checkpoint: step, image, label }), over)
