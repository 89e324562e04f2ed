import type { DistortedImage, DistortOrder } from '../../../core/contract/inspectContract.ts'
import { permutationOf } from '../../../core/numbers/permutation.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'
import type { Distortion } from '../../../core/run/distortion.ts'
import { drawDistortion } from '../feed/distortion.ts'
import { Distorter } from '../feed/distorter.ts'
import { floatsText } from '../shared/base64.ts'
import { trainingSplit } from '../train/trainingSplit.ts'
import { storedImage } from './storedImage.ts'

type Drawn = Extract<DistortOrder['of'], { kind: 'drawn' }>
type Chosen = Omit<DistortedImage, 'values'>

/** The places of a training image in the epochs from 0 on; null where it is held out for validation. */
function placesOf(random: RandomNumbers, { training, count }: Drawn): number[] | null {
  if (training === null) return null
  const { trained } = trainingSplit(random, training.images, training.validationShare)
  const index = trained.indexOf(training.image)
  if (index < 0) return null
  return Array.from({ length: count }, (_, epoch) => permutationOf(random, epoch, trained.length).indexOf(index))
}

/**
 * What is drawn for an image in the epochs from 0 on. An image that is not trained on gets what the first image of each
 * epoch gets. A single image is not mixed.
 */
function drawn({ image, input, augmentation }: DistortOrder, of: Drawn): Chosen[] {
  const random = new RandomNumbers(of.seed)
  const places = placesOf(random, of)
  return Array.from({ length: of.count }, (_, epoch) => {
    const turn = { image: 0, epoch, position: places?.[epoch] ?? 0 }
    const distortion = drawDistortion({ ...augmentation, mixup: null }, random, turn, image, input)
    return { distortion, turn: places === null ? null : { epoch, position: turn.position } }
  })
}

/** A distortion as a person gave it, without what this image cannot have: grey ones have no hue and no saturation. */
function possible({ place, colours, cutout }: Distortion, channels: number): Distortion {
  const fitting = colours === null || channels === 3 ? colours : { ...colours, hue: null, saturation: null }
  return { place, colours: fitting, cutout, weight: null }
}

/**
 * What distortions make of an image.
 * @throws LabError `bad-input` when it is smaller than what the network takes, or has other channels.
 */
export function distortedImages(order: DistortOrder): DistortedImage[] {
  const { image, input, pixels, augmentation, of } = order
  const distorter = new Distorter(storedImage(image, input), { input, pixels, augmentation })
  const chosen: Chosen[] =
    of.kind === 'drawn' ? drawn(order, of) : [{ distortion: possible(of.distortion, image.channels), turn: null }]
  return chosen.map((one) => {
    const values = new Float32Array(input.height * input.width * input.channels)
    distorter.write(0, one.distortion, values, 0)
    return { ...one, values: floatsText(values) }
  })
}
