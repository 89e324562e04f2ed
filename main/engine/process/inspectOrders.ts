import { DataReader } from '../feed/preparedData.ts'
import { imagesOneByOne } from '../feed/imagesOneByOne.ts'
import { floatsText } from '../shared/base64.ts'
import { logitsOf } from '../inspect/answers.ts'
import { batchOfStep } from '../inspect/batchOfStep.ts'
import { distortedImages } from '../inspect/distortedImages.ts'
import { enteringImages } from '../inspect/enteringImages.ts'
import { firstWrong } from '../inspect/firstWrong.ts'
import { OpenNetworks } from '../inspect/openNetworks.ts'
import { carriedParts, engine } from './implementation.ts'

const { inspect } = engine
const networks = new OpenNetworks()
/** Looking needs few images of a set, so none of them stays in memory. */
const data = new DataReader(0, imagesOneByOne)

/**
 * Looking inside networks. Orders may come while a longer one waits between two batches, so an order takes its network
 * anew after each wait.
 */
export const inspectRouter = inspect.router({
  answers: inspect.answers.handler(async ({ input }) => {
    const network = await networks.of(input)
    const rows = logitsOf(network, enteringImages(input.config, input.images), input.config.evaluation.flips)
    return { logits: floatsText(Float32Array.from(rows.flat())) }
  }),
  entering: inspect.entering.handler(({ input: { config, image } }) => {
    const { height, width, channels } = config.model.input
    return { shape: [height, width, channels], values: floatsText(enteringImages(config, [image])) }
  }),
  firstWrong: inspect.firstWrong.handler(({ input, signal }) =>
    carriedParts(firstWrong({ networks, data }, input, signal)),
  ),
  layer: inspect.layer.handler(async ({ input }) => {
    const network = await networks.of(input)
    const values = network.output(input.layer, enteringImages(input.config, [input.image]))
    return { shape: [...network.shapeOf(input.layer)], values: floatsText(values) }
  }),
  distort: inspect.distort.handler(({ input }) => distortedImages(input)),
  batch: inspect.batch.handler(({ input }) => batchOfStep(data, input)),
})
