import sharp from 'sharp'
import type { DatasetForm } from '../../../core/data/dataChoice.ts'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { refuse } from '../../../core/words/problems.ts'
import { BrokenPicture, PictureImages } from '../prepare/pictureImages.ts'

async function orRefused<Result>(read: Promise<Result>): Promise<Result> {
  try {
    return await read
  } catch (thrown) {
    if (thrown instanceof BrokenPicture) refuse('picture-refused', { detail: thrown.reason }, { cause: thrown })
    throw thrown
  }
}

/**
 * The image that a form makes of a picture: upright, whole, in the set's colours, resized as the form says. A set of
 * images of its own size has no rule for that; then the picture is cropped to the centre.
 * @param bytes of a JPEG or PNG.
 * @returns uint8 `[height, width, channels]` in the extents of the form's images.
 * @throws LabError `picture-refused` when it cannot be read.
 */
export async function imageOfPicture(
  bytes: Buffer,
  form: DatasetForm,
  image: DatasetCard['image'],
): Promise<Uint8Array> {
  const fit = form.side === null ? 'crop' : form.fit
  const whole: DatasetForm = { ...form, side: form.side ?? image.width, fit, cut: { kind: 'whole' } }
  const [made] = await orRefused(new PictureImages({ form: whole, image }).of(bytes, [null]))
  if (made === null) throw new Error('a whole picture gave no image')
  return Uint8Array.from(made)
}

/** The picture alone, which tells whether it can be read at all. */
const small: DatasetCard['image'] = { height: 1, width: 1, channels: 3 }

/**
 * The upright extents of a picture, after it was decoded once.
 * @throws LabError `picture-refused` when it cannot be read.
 */
export async function pictureExtents(bytes: Buffer): Promise<{ readonly width: number; readonly height: number }> {
  await imageOfPicture(bytes, { side: 1, fit: 'crop', cut: { kind: 'whole' } }, small)
  const { autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata()
  return { width: autoOrient.width, height: autoOrient.height }
}
