import sharp from 'sharp'
import { phrase } from '../../../core/words/phrases.ts'
import type { PictureOptions } from '../../../core/inspect/pictureQuestion.ts'
import { enlarged, type Picture } from '../../../core/pictures/mapGrid.ts'
import { pictureSvg } from '../../../core/pictures/pictureSvg.ts'
import { refuse } from '../../../core/words/problems.ts'
import type { Drawing } from './drawing.ts'

/** The most pixels that a written picture may have. */
const mostPixels = 64_000_000

async function pngOf({ height, width, pixels }: Picture): Promise<Buffer> {
  return sharp(pixels, { raw: { height, width, channels: 4 } })
    .png({ compressionLevel: 3 })
    .toBuffer()
}

/** A picture as a file. */
export interface WrittenPicture {
  readonly type: 'image/png' | 'image/svg+xml'
  readonly bytes: Uint8Array
}

/**
 * Writes a picture as PNG, or as SVG with title and colour scale around the same pixels. Enlarged without smoothing.
 * @throws LabError `bad-input` when it would become too large.
 */
export async function writePicture(
  { picture, colours }: Drawing,
  { format, scale, title }: PictureOptions,
): Promise<WrittenPicture> {
  const { height, width } = picture
  if (height * width * scale * scale > mostPixels)
    refuse('bad-input', { detail: phrase('picture-too-large', { extents: `${width * scale} x ${height * scale}` }) })
  const png = await pngOf(scale === 1 ? picture : enlarged(picture, scale))
  if (format === 'png') return { type: 'image/png', bytes: png }
  const svg = pictureSvg({
    png: png.toString('base64'),
    width: width * scale,
    height: height * scale,
    title,
    colours,
  })
  return { type: 'image/svg+xml', bytes: Buffer.from(svg) }
}
