import type { Augmentation } from '../../../core/run/augmentation.ts'
import {
  centrePlace,
  type ColourChange,
  type CropPlace,
  type CutoutPlace,
  type Distortion,
} from '../../../core/run/distortion.ts'
import { oneOf, share, within, type RandomNumbers } from '../../../core/numbers/random.ts'
import type { Turn } from './batches.ts'
import type { CropSize, StoredImages } from './crop.ts'
import { mixingWeight } from './mixup.ts'

function drawPlace(
  { pad, randomCrop, flip, rotation, shift }: Augmentation,
  random: RandomNumbers,
  { epoch, position }: Turn,
  stored: CropSize,
  crop: CropSize,
): CropPlace {
  const padding = pad?.pixels ?? 0
  const [down, right, mirror, turn] = random.words('place', epoch, position)
  let { top, left } = centrePlace(stored, crop)
  if (randomCrop) {
    top = oneOf(stored.height + 2 * padding - crop.height + 1, down) - padding
    left = oneOf(stored.width + 2 * padding - crop.width + 1, right) - padding
  }
  const mirrored = flip && share(mirror) < 0.5
  const angle = rotation > 0 ? within(-rotation, rotation, turn) : 0
  if (shift > 0) {
    const [further, aside] = random.words('shift', epoch, position)
    top += oneOf(2 * shift + 1, further) - shift
    left += oneOf(2 * shift + 1, aside) - shift
  }
  return { top, left, mirrored, angle }
}

function drawColours(
  { hue, contrast, brightness, saturation }: Augmentation,
  random: RandomNumbers,
  { epoch, position }: Turn,
  channels: number,
): ColourChange | null {
  const colour = channels === 3
  const on = (colour && (hue > 0 || saturation !== null)) || contrast !== null || brightness > 0
  if (!on) return null
  const [first, second, third, fourth] = random.words('colour', epoch, position)
  return {
    hue: colour && hue > 0 ? within(-hue, hue, first) : null,
    contrast: contrast === null ? null : within(contrast.min, contrast.max, second),
    brightness: brightness > 0 ? within(-brightness, brightness, third) : null,
    saturation: colour && saturation !== null ? within(saturation.min, saturation.max, fourth) : null,
  }
}

function drawCutout(
  { cutout }: Augmentation,
  random: RandomNumbers,
  { epoch, position }: Turn,
  crop: CropSize,
): CutoutPlace | null {
  if (cutout === null) return null
  const [down, right] = random.words('cutout', epoch, position)
  return { y: oneOf(crop.height, down), x: oneOf(crop.width, right) }
}

/**
 * Draws the distortion of an image for its turn. Each number has a random word of its own, so switching one distortion
 * off leaves the others unchanged. Grey images skip hue and saturation.
 */
export function drawDistortion(
  augmentation: Augmentation,
  random: RandomNumbers,
  turn: Turn,
  stored: Omit<StoredImages, 'images'>,
  crop: CropSize,
): Distortion {
  return {
    place: drawPlace(augmentation, random, turn, stored, crop),
    colours: drawColours(augmentation, random, turn, stored.channels),
    cutout: drawCutout(augmentation, random, turn, crop),
    weight: augmentation.mixup === null ? null : mixingWeight(augmentation.mixup.alpha, random, turn),
  }
}
