import { cam } from '../cam.ts'
import type { Draw } from './drawing.ts'
import { drawEvidence } from './heatMap.ts'

/** Where the maps of a layer speak for a class. */
export const drawCam: Draw<'cam'> = async (inspection, { run, step, image, layer, label, over }) =>
  drawEvidence(inspection, await cam(inspection, { run, checkpoint: step, image, layer, label }), over)
