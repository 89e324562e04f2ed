import type { PictureQuestion } from '../../../core/inspect/pictureQuestion.ts'
import { refuse } from '../../../core/words/problems.ts'
import type { Inspection } from '../inspection.ts'
import { drawBatch, drawDistorted, drawDistortions } from './distorted.ts'
import type { Drawing } from './drawing.ts'
import { drawImage } from './image.ts'
import { drawInput } from './input.ts'
import { drawColourKernels, drawKernel, drawKernels } from './kernels.ts'
import { drawMap, drawMaps } from './maps.ts'
import { drawAscent } from './ascent.ts'
import { drawCam } from './cam.ts'
import { drawChange, drawChangedImage } from './changedImage.ts'
import { drawOcclusion } from './occlusion.ts'
import { drawSaliency } from './saliency.ts'

/** Refuses a picture of a checkpoint that is no longer the one that was named. @throws LabError `picture-gone`. */
function checkContent({ history }: Inspection, question: PictureQuestion): void {
  if (!('sha256' in question)) return
  const { run, step, sha256 } = question
  if (!history.checkpoint(run, step).sha256.startsWith(sha256)) refuse('picture-gone', {})
}

/**
 * Draws a picture, a pixel a value.
 * @throws LabError `picture-gone`, or as the question's subject does.
 */
export async function drawPicture(inspection: Inspection, question: PictureQuestion): Promise<Drawing> {
  checkContent(inspection, question)
  switch (question.what) {
    case 'image':
      return drawImage(inspection, question)
    case 'input':
      return drawInput(inspection, question)
    case 'distorted':
      return drawDistorted(inspection, question)
    case 'distortions':
      return drawDistortions(inspection, question)
    case 'batch':
      return drawBatch(inspection, question)
    case 'maps':
      return drawMaps(inspection, question)
    case 'map':
      return drawMap(inspection, question)
    case 'kernels':
      return drawKernels(inspection, question)
    case 'saliency':
      return drawSaliency(inspection, question)
    case 'cam':
      return drawCam(inspection, question)
    case 'occlusion':
      return drawOcclusion(inspection, question)
    case 'changed-image':
      return drawChangedImage(inspection, question)
    case 'change':
      return drawChange(inspection, question)
    case 'ascent':
      return drawAscent(inspection, question)
    case 'kernel':
      return drawKernel(inspection, question)
    case 'colour-kernels':
      return drawColourKernels(inspection, question)
  }
}
