import { ascent } from '../inspect/ascent.ts'
import { batchOfStep } from '../inspect/batches.ts'
import { distortions } from '../inspect/distortions.ts'
import { layerKernels } from '../inspect/layerKernels.ts'
import { layerMaps, mapValues } from '../inspect/maps.ts'
import { cam } from '../inspect/cam.ts'
import { excitingImages } from '../inspect/excitingImages.ts'
import { fgsm } from '../inspect/fgsm.ts'
import { findImage } from '../inspect/findImage.ts'
import { lookImage } from '../inspect/lookedAtImage.ts'
import { drawPicture } from '../inspect/pictures/drawPicture.ts'
import { writePicture } from '../inspect/pictures/writePicture.ts'
import { occlusion } from '../inspect/occlusion.ts'
import { predict } from '../inspect/predict.ts'
import { valueSum } from '../inspect/valueSum.ts'
import { saliency } from '../inspect/saliency.ts'
import { implementation } from './implementation.ts'

const { look } = implementation

/** Looking inside networks. */
export const lookRouter = look.router({
  give: look.give.handler(({ context, input: { upload, part, last } }) =>
    context.lab.inspection.given.take(upload, Buffer.from(part, 'base64'), last),
  ),
  image: look.image.handler(({ context, input: { run, image } }) => lookImage(context.lab.inspection, run, image)),
  find: look.find.handler(({ context, input, signal }) => findImage(context.lab.inspection, input, signal)),
  predict: look.predict.handler(({ context, input }) => predict(context.lab.inspection, input)),
  maps: look.maps.handler(({ context, input }) => layerMaps(context.lab.inspection, input)),
  map: look.map.handler(({ context, input }) => mapValues(context.lab.inspection, input)),
  kernels: look.kernels.handler(({ context, input }) => layerKernels(context.lab.inspection, input)),
  value: look.value.handler(({ context, input }) => valueSum(context.lab.inspection, input)),
  saliency: look.saliency.handler(async ({ context, input }) => (await saliency(context.lab.inspection, input)).map),
  cam: look.cam.handler(async ({ context, input }) => (await cam(context.lab.inspection, input)).map),
  occlusion: look.occlusion.handler(({ context, input, signal }) => occlusion(context.lab.inspection, input, signal)),
  fgsm: look.fgsm.handler(({ context, input }) => fgsm(context.lab.inspection, input)),
  excite: look.excite.handler(({ context, input, signal }) => excitingImages(context.lab.inspection, input, signal)),
  ascent: look.ascent.handler(({ context, input, signal }) => ascent(context.lab.inspection, input, signal)),
  distortions: look.distortions.handler(({ context, input }) => distortions(context.lab.inspection, input)),
  batch: look.batch.handler(({ context, input }) => batchOfStep(context.lab.inspection, input)),
  picture: look.picture.handler(async ({ context, input: { question, options } }) => {
    const { type, bytes } = await writePicture(await drawPicture(context.lab.inspection, question), options)
    return { type, bytes: Buffer.from(bytes).toString('base64') }
  }),
})
