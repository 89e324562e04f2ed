import { z } from 'zod'
import { saying } from '../words/issuePhrase.ts'
import { phrase } from '../words/phrases.ts'

const FactorRange = z
  .strictObject({ min: z.number().min(0).max(10), max: z.number().min(0).max(10) })
  .refine((range) => range.min <= range.max, saying(phrase('ends-swapped', {})))

/**
 * How training images are distorted, in the order of the fields. What each image gets is drawn anew in each epoch,
 * uniformly where nothing else is said, and follows from the seed, the epoch and the image's position in it. Measured
 * images get the centre crop only.
 *
 * Places (`pad` to `shift`) are found on whole pixels of 0 to 255 and stay such. Colours (`hue` to `saturation`) are
 * changed on a scale of 0 to 1, as TensorFlow's `AdjustHue`, `AdjustContrastv2`, an addition and `AdjustSaturation`
 * change them, one after the other without clipping; the result is clipped to 0 to 1 if any of them is on. Then the
 * pixels are scaled as `data.pixels` says, and `cutout` and `mixup` work on what enters the network.
 */
export const Augmentation = z.strictObject({
  /**
   * Adds so many pixels at each edge before the crop: black ones (`zero`), or the image mirrored at its outermost
   * pixel, which is not repeated (`reflect`, as TensorFlow's `MirrorPad` has it). Null adds none.
   */
  pad: z.strictObject({ pixels: z.int().min(1).max(64), fill: z.enum(['zero', 'reflect']) }).nullable(),
  /** Crops to the network's input at a random place of the padded image; at its centre where false. */
  randomCrop: z.boolean(),
  /** Mirrors left to right with probability one half. */
  flip: z.boolean(),
  /**
   * Largest angle in degrees by which the crop is turned about its centre, either way. Bilinear between pixels and
   * rounded to whole ones; what comes from outside of the padded image is black. 0 turns nothing.
   */
  rotation: z.number().min(0).max(180),
  /**
   * Largest number of pixels by which the crop's place moves on, up or down and left or right; what comes from outside
   * is black. 0 moves nothing.
   */
  shift: z.int().min(0).max(64),
  /** Largest turn of the hue either way, as a share of the colour circle. 0 leaves it; grey images skip it. */
  hue: z.number().min(0).max(0.5),
  /** Factor of the distance to the channel's mean over the image; null leaves it. */
  contrast: FactorRange.nullable(),
  /** Largest amount added or taken away. */
  brightness: z.number().min(0).max(1),
  /** Factor of the saturation; null leaves it, grey images skip it. */
  saturation: FactorRange.nullable(),
  /**
   * A square of `side` pixels is set to 0 as it enters the network: to the mean where pixels are standardised (DeVries
   * & Taylor 2017). Its middle is any pixel of the crop, so it may stick out; of an even side the larger half lies
   * above and to the left. Null cuts nothing out.
   */
  cutout: z.strictObject({ side: z.int().min(1).max(512) }).nullable(),
  /**
   * Each image becomes w times itself plus 1 - w times the next one of its batch (the last one takes the first), and so
   * does the distribution of classes that is wanted of it; w is drawn from Beta(alpha, alpha), which is uniform for an
   * alpha of 1 (Zhang et al. 2018). Null mixes nothing.
   */
  mixup: z.strictObject({ alpha: z.number().min(0.1).max(2) }).nullable(),
})
export type Augmentation = z.infer<typeof Augmentation>

/** No distortion: the centre crop, as it is. */
export const undistorted: Augmentation = {
  pad: null,
  randomCrop: false,
  flip: false,
  rotation: 0,
  shift: 0,
  hue: 0,
  contrast: null,
  brightness: 0,
  saturation: null,
  cutout: null,
  mixup: null,
}

/** Whether a run with this augmentation shows its images as they are. Padding alone changes nothing. */
export function isUndistorted(augmentation: Augmentation): boolean {
  const { randomCrop, flip, rotation, shift, hue, contrast, brightness, saturation, cutout, mixup } = augmentation
  const moved = randomCrop || flip || rotation > 0 || shift > 0
  const coloured = hue > 0 || contrast !== null || brightness > 0 || saturation !== null
  return !moved && !coloured && cutout === null && mixup === null
}
