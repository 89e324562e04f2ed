import sharp from 'sharp'
import { z } from 'zod'
import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'

/**
 * Decodes a PNG in which each row of pixels is one image, read row by row. Its pixels in order are the images `[image,
 * height, width, channels]`.
 * @param shape of one image: its number of pixels and of channels.
 * @throws SourceError when the picture's size does not match.
 */
export async function readPngStrip(
  png: Uint8Array,
  shape: { pixels: number; channels: number },
  count: number,
): Promise<Uint8Array> {
  // Unless told the colour space, sharp gives a grey picture three channels.
  const picture = sharp(png).toColourspace(shape.channels === 1 ? 'b-w' : 'srgb')
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  if (info.width !== shape.pixels || info.height !== count || info.channels !== shape.channels) {
    throw new SourceError(
      phrase('strip-unlike', {
        have: `${info.width} × ${info.height} × ${info.channels}`,
        wanted: `${shape.pixels} × ${count} × ${shape.channels}`,
      }),
    )
  }
  return data
}

/** Reads labels from a JSON array. */
export function readJsonLabels(json: Uint8Array): Uint16Array {
  const labels = z
    .array(z.int().min(0).max(0xffff))
    .min(1)
    .parse(JSON.parse(Buffer.from(json).toString('utf8')))
  return Uint16Array.from(labels)
}
