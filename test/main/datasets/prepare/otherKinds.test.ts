import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import type { DatasetForm } from '../../../../core/data/dataChoice.ts'
import { readKinds } from '../../../../main/datasets/formats/pictureKind.ts'
import { PictureImages } from '../../../../main/datasets/prepare/pictureImages.ts'

const form: DatasetForm = { side: 24, fit: 'crop', cut: { kind: 'whole' } }
const image = { height: 24, width: 24, channels: 3 } as const
const pictures = new PictureImages({ form, image, kinds: readKinds })

/** Pixels without a pattern. */
function pixels(channels: number, salt: number): Buffer {
  const values = { length: 40 * 30 * channels }
  return Buffer.from(Uint8Array.from(values, (_, at) => 51 * (((at + salt) * 7919 + (at >> 4) * 31) % 6)))
}

function made(channels: 1 | 3 | 4 = 3, salt = 0): Sharp {
  return sharp(pixels(channels, salt), { raw: { width: 40, height: 30, channels } })
}

async function imageOf(bytes: Buffer): Promise<Buffer | null> {
  return (await pictures.of(bytes, [null]))[0]
}

/** Two pictures as frames or pages of one file; the first is that of `made`. */
async function twoPages(): Promise<Sharp> {
  const pages = await Promise.all([0, 5].map((salt) => made(1, salt).png().toBuffer()))
  return sharp(pages, { join: { animated: true } })
}

/** A TIFF of one strip of 2 x 1 pixels. `sampleFormat` 1: whole numbers, 3: floating point (TIFF 6.0, p. 80). */
function tiff(options: { readonly bits: number; readonly samples: number; readonly sampleFormat: number }): Buffer {
  const { bits, samples, sampleFormat } = options
  const body = Buffer.alloc((2 * samples * bits) / 8, 7)
  const bitsAt = 8 + body.byteLength
  const entries = [
    [256, 3, 1, 2],
    [257, 3, 1, 1],
    // Up to two shorts fit into the entry itself.
    [258, 3, samples, samples > 2 ? bitsAt : bits],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [273, 4, 1, 8],
    [277, 3, 1, samples],
    [278, 3, 1, 1],
    [279, 4, 1, body.byteLength],
    [339, 3, 1, sampleFormat],
  ]
  const directory = Buffer.alloc(2 + 12 * entries.length + 4)
  directory.writeUInt16LE(entries.length, 0)
  entries.forEach(([tag, type, count, value], index) => {
    directory.writeUInt16LE(tag, 2 + 12 * index)
    directory.writeUInt16LE(type, 4 + 12 * index)
    directory.writeUInt32LE(count, 6 + 12 * index)
    directory.writeUInt32LE(value, 10 + 12 * index)
  })
  const shorts = Buffer.alloc(2 * samples)
  for (let sample = 0; sample < samples; sample += 1) shorts.writeUInt16LE(bits, 2 * sample)
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(bitsAt + shorts.byteLength, 4)
  return Buffer.concat([head, body, shorts, directory])
}

describe('a picture of another kind gives the image that its PNG twin gives', () => {
  test.each([
    ['WebP', () => made().webp({ lossless: true })],
    ['WebP with transparency', () => made(4).webp({ lossless: true, exact: true })],
    ['TIFF', () => made().tiff({ compression: 'none' })],
    ['TIFF, packed', () => made().tiff({ compression: 'lzw', predictor: 'horizontal' })],
    ['TIFF of grey', () => made(1).toColourspace('b-w').tiff({ compression: 'deflate' })],
    ['TIFF of 16 bits', () => made().toColourspace('rgb16').tiff({ compression: 'none' })],
    ['TIFF that lies on its side', () => made().withMetadata({ orientation: 6 }).tiff({ compression: 'none' })],
    ['AVIF', () => made().avif({ lossless: true, chromaSubsampling: '4:4:4', effort: 0 })],
  ])('%s', async (name, encoded) => {
    const bytes = await encoded().toBuffer()
    const twin = name.endsWith('16 bits')
      ? made().toColourspace('rgb16')
      : name.endsWith('side')
        ? made().withMetadata({ orientation: 6 })
        : made(name.includes('grey') ? 1 : name.includes('transparency') ? 4 : 3)
    expect(await imageOf(bytes)).toEqual(await imageOf(await twin.png().toBuffer()))
  })

  test.each([
    ['the first frame of a WebP', (pages: Sharp) => pages.webp({ lossless: true })],
    ['the first page of a TIFF', (pages: Sharp) => pages.tiff({ compression: 'none' })],
  ])('%s', async (_name, encoded) => {
    const bytes = await encoded(await twoPages()).toBuffer()
    expect((await sharp(bytes).metadata()).pages).toBe(2)
    expect(await imageOf(bytes)).toEqual(await imageOf(await made(1).png().toBuffer()))
  })
})

test('a GIF gives the image of its first frame, as a PNG of its colours does', async () => {
  const bytes = await (await twoPages()).gif({ effort: 1 }).toBuffer()
  const frames = await Promise.all([0, 1].map((page) => sharp(bytes, { page }).png().toBuffer()))
  const [first, second] = await Promise.all(frames.map(imageOf))
  expect(first).not.toEqual(second)
  expect(await imageOf(bytes)).toEqual(first)
})

describe('refused with the reason is', () => {
  test('a TIFF of numbers that are no brightness', async () => {
    await expect(imageOf(tiff({ bits: 32, samples: 1, sampleFormat: 3 }))).rejects.toThrow(
      'its values (float) are no brightness of 8 or 16 bits',
    )
    await expect(imageOf(tiff({ bits: 32, samples: 1, sampleFormat: 1 }))).rejects.toThrow('(uint)')
    expect(await imageOf(tiff({ bits: 8, samples: 1, sampleFormat: 1 }))).toEqual(Buffer.alloc(24 * 24 * 3, 7))
  })

  test('a TIFF of more channels than colours', async () => {
    for (const samples of [3, 5])
      await expect(imageOf(tiff({ bits: 8, samples, sampleFormat: 1 }))).rejects.toThrow('its channels are no colours')
    await expect(imageOf(tiff({ bits: 8, samples: 7, sampleFormat: 1 }))).rejects.toThrow('exceeds channel limit')
  })

  test('a kind that the decoder reads but a set may not hold, and one that is no picture', async () => {
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    await expect(imageOf(drawing)).rejects.toThrow('no picture of a kind that is read here')
    await expect(imageOf(Buffer.from('GIF8 of another time'))).rejects.toThrow('no picture of a kind')
  })

  test('a WebP, GIF, TIFF or AVIF that breaks off', async () => {
    for (const whole of [
      made().webp({ lossless: true }),
      made().gif(),
      made().tiff({ compression: 'none' }),
      made().avif(),
    ]) {
      const bytes = await whole.toBuffer()
      await expect(imageOf(bytes.subarray(0, bytes.byteLength / 2))).rejects.toMatchObject({ name: 'BrokenPicture' })
    }
  })

  test('in a published set every kind but JPEG and PNG', async () => {
    const strict = new PictureImages({ form, image })
    await expect(strict.of(await made().webp().toBuffer(), [null])).rejects.toThrow('no JPEG or PNG')
    await expect(strict.of(await made().tiff().toBuffer(), [null])).rejects.toThrow('no JPEG or PNG')
  })
})
