import type { DistortedImage, DistortOrder } from '../../core/contract/inspectContract.ts'
import type { DistortionsQuestion, DrawnDistortions } from '../../core/inspect/distorting.ts'
import { stepOfTurn } from '../../core/run/stepNumbers.ts'
import type { FeedSettings } from '../../core/run/feedSettings.ts'
import { heldOutImages } from '../../core/run/validation.ts'
import { checkFeed } from '../training/checkRequest.ts'
import { feedSettingsOf } from './feeds.ts'
import type { Inspection } from './inspection.ts'
import type { FoundImage } from './keptImages.ts'
import { imageFor } from './lookedAtImage.ts'

/** An image under distortions, with what was needed to distort it. */
export interface Distorted {
  readonly settings: FeedSettings
  readonly found: FoundImage
  readonly images: readonly DistortedImage[]
}

/**
 * Distorts an image.
 * @param wanted What, of an image that was found.
 * @throws LabError `run-unknown`, `bad-input`, `setting-unfit`, or as `imageFor` and the engine do.
 */
export async function distorted(
  inspection: Inspection,
  { of, image }: Pick<DistortionsQuestion, 'of' | 'image'>,
  wanted: (found: FoundImage, settings: FeedSettings) => Pick<DistortOrder, 'augmentation' | 'of'>,
): Promise<Distorted> {
  const settings = feedSettingsOf(inspection.history, of)
  const found = await imageFor(inspection, settings, image)
  checkFeed(settings, found.order)
  const { input, data } = settings
  const order: DistortOrder = { image: found.order, input, pixels: data.pixels, ...wanted(found, settings) }
  return { settings, found, images: await inspection.engine.ask((inspect) => inspect.distort(order)) }
}

/** An image under random distortions. @throws as `distorted` does. */
export function randomlyDistorted(inspection: Inspection, question: DistortionsQuestion): Promise<Distorted> {
  const { image, seed, count } = question
  return distorted(inspection, question, ({ total }, { data, augmentation, seed: own }) => {
    const trains = image.kind === 'stored' && image.split === 'train' && total !== null
    const training = trains ? { images: total.train, validationShare: data.validationShare, image: image.number } : null
    return { augmentation, of: { kind: 'drawn', seed: seed ?? own, count, training } }
  })
}

/** The drawn values of random distortions. @throws as `distorted` does. */
export async function distortions(inspection: Inspection, question: DistortionsQuestion): Promise<DrawnDistortions> {
  const { settings, found, images } = await randomlyDistorted(inspection, question)
  const { height, width, channels } = found.order
  const train = found.total?.train ?? 0
  const trained = train - heldOutImages(train, settings.data.validationShare)
  return {
    seed: question.seed ?? settings.seed,
    label: found.label,
    image: { height, width, channels },
    drawn: images.map(({ distortion, turn }) => ({
      distortion,
      turn: turn === null ? null : { ...turn, step: stepOfTurn(turn, trained, settings.batch) },
    })),
  }
}
