import { type Augmentation, undistorted } from '../run/augmentation.ts'

/** How strong the distortions of a sweep can be: 0 is none, 1 those of the settings that it begins with. */
export const strengthRange = { min: 0, max: 2, whole: false, includesMin: true } as const

interface Factors {
  readonly min: number
  readonly max: number
}

/** A range of factors around 1, made wider or narrower. No factor falls below 0 or rises above 10. */
function scaledFactors(factors: Factors | null, strength: number): Factors | null {
  if (factors === null) return null
  const scaled = (factor: number): number => Math.min(10, Math.max(0, 1 + (factor - 1) * strength))
  return { min: scaled(factors.min), max: scaled(factors.max) }
}

/**
 * Distortions with another strength: what has an amount (angle, shift, colours, the side of the cut square) is
 * multiplied by it, ranges of factors are stretched around 1. What is only on or off (padding, random crop, mirroring)
 * stays on, and so does mixup, whose share has no amount of its own. A strength of 0 is no distortion at all.
 */
export function scaledAugmentation(base: Augmentation, strength: number): Augmentation {
  if (strength === 0) return undistorted
  // Exactly them: 1 + (0.3 - 1) is not quite 0.3.
  if (strength === 1) return base
  const amount = (value: number, most: number): number => Math.min(most, value * strength)
  return {
    ...base,
    rotation: amount(base.rotation, 180),
    shift: Math.round(amount(base.shift, 64)),
    hue: amount(base.hue, 0.5),
    contrast: scaledFactors(base.contrast, strength),
    brightness: amount(base.brightness, 1),
    saturation: scaledFactors(base.saturation, strength),
    cutout: base.cutout === null ? null : { side: Math.max(1, Math.round(amount(base.cutout.side, 512))) },
  }
}
