import { scoreGradient } from '../../../core/inspect/probabilities.ts'
import { imageName } from '../../../core/layers/parts/fields.ts'
import { DataReader } from '../feed/preparedData.ts'
import { imagesOneByOne } from '../feed/imagesOneByOne.ts'
import { floatsText } from '../shared/base64.ts'
import { gradientByImage, logitsOf } from '../inspect/answers.ts'
import { ascended } from '../inspect/ascended.ts'
import { batchOfStep } from '../inspect/batchOfStep.ts'
import { distortedImages } from '../inspect/distortedImages.ts'
import { enteringImages } from '../inspect/enteringImages.ts'
import { excited } from '../inspect/excited.ts'
import { fastGradientSign } from '../inspect/fastGradientSign.ts'
import { firstWrong } from '../inspect/firstWrong.ts'
import { initialWeights } from '../inspect/initialWeights.ts'
import type { LookTools } from '../inspect/lookTools.ts'
import { occluded } from '../inspect/occluded.ts'
import { hiddenVectors } from '../inspect/hiddenVectors.ts'
import { OpenNetworks } from '../inspect/openNetworks.ts'
import { testPass } from '../inspect/testPass.ts'
import { carriedParts, engine } from './implementation.ts'

const { inspect } = engine
const networks = new OpenNetworks()
/** Looking needs few images of a set, so none of them stays in memory. */
const data = new DataReader(0, imagesOneByOne)
const tools: LookTools = { networks, data }

/**
 * Looking inside networks. Orders may come while a longer one waits between two batches, so an order asks its network
 * anew after each wait.
 */
export const inspectRouter = inspect.router({
  answers: inspect.answers.handler(async ({ input }) => {
    const { config, images } = input
    const rows = await networks.ask(input, (network) =>
      logitsOf(network, enteringImages(config, images), config.evaluation.flips),
    )
    return { logits: floatsText(Float32Array.from(rows.flat())) }
  }),
  entering: inspect.entering.handler(({ input: { config, image } }) => {
    const { height, width, channels } = config.model.input
    return { shape: [height, width, channels], values: floatsText(enteringImages(config, [image])) }
  }),
  firstWrong: inspect.firstWrong.handler(({ input, signal }) => carriedParts(firstWrong(tools, input, signal))),
  layer: inspect.layer.handler(({ input }) =>
    networks.ask(input, (network) => {
      const values = network.output(input.layer, enteringImages(input.config, [input.image]))
      return { shape: [...network.shapeOf(input.layer)], values: floatsText(values) }
    }),
  ),
  imageGradient: inspect.imageGradient.handler(({ input: { config, checkpoint, image, label } }) =>
    networks.ask({ config, checkpoint }, (network) => {
      const byLogits = scoreGradient(config.model.head, network.logits, label)
      const entering = enteringImages(config, [image])
      const gradient = gradientByImage(network, entering, byLogits, config.evaluation.flips)
      return { shape: [...network.shapeOf(imageName)], values: floatsText(gradient) }
    }),
  ),
  layerGradient: inspect.layerGradient.handler(({ input: { config, checkpoint, image, label, layer } }) =>
    networks.ask({ config, checkpoint }, (network) => {
      const byLogits = Float32Array.from(scoreGradient(config.model.head, network.logits, label))
      const { output, gradient } = network.gradient(layer, enteringImages(config, [image]), byLogits)
      return { shape: [...network.shapeOf(layer)], values: floatsText(output), gradient: floatsText(gradient) }
    }),
  ),
  occlusion: inspect.occlusion.handler(({ input, signal }) => carriedParts(occluded(tools, input, signal))),
  fgsm: inspect.fgsm.handler(async ({ input: { config, checkpoint, image } }) => {
    const { before, step } = await networks.ask({ config, checkpoint }, (network) =>
      fastGradientSign(network, config, enteringImages(config, [image])),
    )
    const text = (logits: readonly number[]): string => floatsText(Float32Array.from(logits))
    return {
      before: text(before),
      step: step === null ? null : { ...step, image: floatsText(step.image), logits: text(step.logits) },
    }
  }),
  excited: inspect.excited.handler(({ input, signal }) => carriedParts(excited(tools, input, signal))),
  testPass: inspect.testPass.handler(({ input, signal }) => carriedParts(testPass(tools, input, signal))),
  vectors: inspect.vectors.handler(({ input, signal }) => carriedParts(hiddenVectors(tools, input, signal))),
  ascended: inspect.ascended.handler(({ input, signal }) => carriedParts(ascended(tools, input, signal))),
  initialWeights: inspect.initialWeights.handler(({ input, signal }) =>
    carriedParts(initialWeights(tools, input, signal)),
  ),
  distort: inspect.distort.handler(({ input }) => distortedImages(input)),
  batch: inspect.batch.handler(({ input }) => batchOfStep(data, input)),
})
