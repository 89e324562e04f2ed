import { z } from 'zod'

const offset = z.int().min(-1024).max(1024)
const place = z.int().min(0).max(1024)
const factor = z.number().min(0).max(10)

/** Position and orientation of a crop. */
export const CropPlace = z.strictObject({
  /** Row and column of the stored image where the crop begins; negative in the padding. */
  top: offset,
  left: offset,
  /** Whether it is mirrored left to right. */
  mirrored: z.boolean(),
  /** Rotation in degrees about the centre, counterclockwise, applied after cropping and mirroring. */
  angle: z.number().min(-180).max(180),
})
export type CropPlace = z.infer<typeof CropPlace>

/** Changes to the colours of one image; null means no change. Grey images have no hue or saturation. */
export const ColourChange = z.strictObject({
  /** Rotation of the hue as a fraction of the colour circle, -0.5 to 0.5. */
  hue: z.number().min(-0.5).max(0.5).nullable(),
  contrast: factor.nullable(),
  /** Amount added, on a scale of 0 to 1. */
  brightness: z.number().min(-1).max(1).nullable(),
  saturation: factor.nullable(),
})
export type ColourChange = z.infer<typeof ColourChange>

/** The centre of the square to cut out, in rows and columns of the crop. */
export const CutoutPlace = z.strictObject({ y: place, x: place })
export type CutoutPlace = z.infer<typeof CutoutPlace>

/** The random choices for one image at one turn. Null means that the distortion is off. */
export const Distortion = z.strictObject({
  place: CropPlace,
  /** Null when no colours change. */
  colours: ColourChange.nullable(),
  /** Centre of the square to cut out. */
  cutout: CutoutPlace.nullable(),
  /** The image's own share when it is mixed with the next one. */
  weight: z.number().min(0).max(1).nullable(),
})
export type Distortion = z.infer<typeof Distortion>

/** Height and width in pixels. */
interface Extents {
  readonly height: number
  readonly width: number
}

/** The centre crop. An odd pixel that remains goes to the bottom and to the right. */
export function centrePlace(stored: Extents, crop: Extents): CropPlace {
  return {
    top: Math.floor((stored.height - crop.height) / 2),
    left: Math.floor((stored.width - crop.width) / 2),
    mirrored: false,
    angle: 0,
  }
}
