import { deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import type { DatasetForm } from '../../../../core/data/dataChoice.ts'
import type { DatasetCard } from '../../../../core/data/dataset.ts'
import { PictureImages, type PictureBox } from '../../../../main/datasets/prepare/pictureImages.ts'

const crop: DatasetForm = { side: 24, fit: 'crop', cut: { kind: 'whole' } }
const fit: DatasetForm = { ...crop, fit: 'fit' }
const colour: DatasetCard['image'] = { height: 24, width: 24, channels: 3 }
const grey: DatasetCard['image'] = { ...colour, channels: 1 }

const red = { r: 200, g: 0, b: 0 }
const green = { r: 0, g: 150, b: 0 }

/** A picture whose left half is red and whose right half is green. */
function halves(width: number, height: number): Sharp {
  const right = { create: { width: Math.floor(width / 2), height, channels: 3 as const, background: green } }
  return sharp({ create: { width, height, channels: 3, background: red } }).composite([
    { input: right, left: Math.ceil(width / 2), top: 0 },
  ])
}

async function imageOf(bytes: Buffer, form: DatasetForm, image = colour): Promise<Buffer> {
  const [made] = await new PictureImages({ form, image }).of(bytes, [null])
  if (made === null) throw new Error('no image was made')
  return made
}

/** Colour of the pixel in a row and column of a colour image. */
function at(image: Buffer, row: number, column: number): number[] {
  return [...image.subarray((row * 24 + column) * 3, (row * 24 + column) * 3 + 3)]
}

describe('a whole picture', () => {
  test('is cropped to its centre', async () => {
    const made = await imageOf(await halves(400, 100).png().toBuffer(), crop)
    expect(made.byteLength).toBe(24 * 24 * 3)
    // The middle 100 columns of 400: half red, half green.
    expect(at(made, 12, 2)).toEqual([200, 0, 0])
    expect(at(made, 12, 21)).toEqual([0, 150, 0])
  })

  test('is fitted with black beside it', async () => {
    const made = await imageOf(await halves(400, 100).png().toBuffer(), fit)
    expect(at(made, 2, 2)).toEqual([0, 0, 0])
    expect(at(made, 12, 2)).toEqual([200, 0, 0])
    expect(at(made, 21, 21)).toEqual([0, 0, 0])
  })

  test('of one pixel fills the image', async () => {
    const made = await imageOf(
      await sharp({ create: { width: 1, height: 1, channels: 3, background: red } })
        .png()
        .toBuffer(),
      crop,
    )
    expect(at(made, 0, 0)).toEqual([200, 0, 0])
    expect(at(made, 23, 23)).toEqual([200, 0, 0])
  })

  test('is turned upright where its EXIF data say so', async () => {
    // Orientation 6: to be turned a quarter clockwise, so that the left half comes to the top.
    const made = await imageOf(
      await halves(96, 96)
        .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
        .withMetadata({ orientation: 6 })
        .toBuffer(),
      crop,
    )
    expect(at(made, 2, 20)[0]).toBeGreaterThan(180)
    expect(at(made, 21, 2)[1]).toBeGreaterThan(130)
  })

  test('of grey becomes RGB in a set of colour, and of colour grey in a set of grey', async () => {
    const light = await sharp({ create: { width: 30, height: 30, channels: 3, background: { r: 77, g: 77, b: 77 } } })
      .toColourspace('b-w')
      .jpeg()
      .toBuffer()
    expect((await sharp(light).metadata()).channels).toBe(1)
    expect(at(await imageOf(light, crop), 5, 5)).toEqual([77, 77, 77])
    expect((await imageOf(await halves(30, 30).png().toBuffer(), crop, grey)).byteLength).toBe(24 * 24)
  })

  test('that is transparent lies on black', async () => {
    const clear = await sharp({
      create: { width: 30, height: 30, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } },
    })
      .png()
      .toBuffer()
    expect(at(await imageOf(clear, crop), 5, 5)).toEqual([0, 0, 0])
  })

  test('of 16 bits a channel keeps its brightness', async () => {
    const deep = await halves(30, 30).toColourspace('rgb16').png().toBuffer()
    expect((await sharp(deep).metadata()).depth).toBe('ushort')
    const [r, g, b] = at(await imageOf(deep, crop), 5, 2)
    expect([Math.abs(r - 200), g, b].every((far) => far <= 2)).toBe(true)
  })

  test('in the colours of print is read', async () => {
    const print = await halves(30, 30).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()
    expect((await sharp(print).metadata()).space).toBe('cmyk')
    const [r, g, b] = at(await imageOf(print, crop), 5, 2)
    expect(r).toBeGreaterThan(120)
    expect(Math.max(g, b)).toBeLessThan(90)
  })

  test('in its own size must have it', async () => {
    const own: DatasetForm = { ...crop, side: null }
    const pictures = new PictureImages({ form: own, image: colour })
    const fitting = await halves(24, 24).png().toBuffer()
    const [made] = await pictures.of(fitting, [null])
    expect(made).toEqual(await sharp(fitting).removeAlpha().raw().toBuffer())
    await expect(pictures.of(await halves(24, 26).png().toBuffer(), [null])).rejects.toThrow(
      '24 × 26 pixels, not 24 × 24',
    )
  })
})

describe('objects', () => {
  const objects = (margin: number, least: number): PictureImages =>
    new PictureImages({ form: { side: 24, fit: 'fit', cut: { kind: 'object', margin, least } }, image: colour })
  const box = (left: number, top: number, right: number, bottom: number): PictureBox => ({ left, top, right, bottom })

  test('of one picture are cut out by their boxes, and those that are too small left out', async () => {
    const picture = await halves(200, 100).png().toBuffer()
    const [left, right, small, whole] = await objects(0, 20).of(picture, [
      box(10, 10, 60, 60),
      box(120, 20, 180, 80),
      box(10, 10, 60, 29),
      null,
    ])
    expect(left === null ? null : at(left, 12, 12)).toEqual([200, 0, 0])
    expect(right === null ? null : at(right, 12, 12)).toEqual([0, 150, 0])
    expect(small).toBeNull()
    // Without a box the picture itself is the object.
    expect(whole === null ? null : at(whole, 0, 12)).toEqual([0, 0, 0])
  })

  test('keep a margin as far as the picture reaches', async () => {
    const picture = await halves(200, 100).png().toBuffer()
    // 40 wide at the seam: half of it red with a margin of a half, and clamped at the lower edge.
    const [made] = await objects(0.5, 1).of(picture, [box(100, 60, 140, 100)])
    expect(made === null ? null : at(made, 12, 1)).toEqual([200, 0, 0])
    expect(made === null ? null : at(made, 12, 20)).toEqual([0, 150, 0])
  })

  test('whose box lies outside are left out', async () => {
    expect(await objects(0, 1).of(await halves(50, 50).png().toBuffer(), [box(60, 10, 90, 40)])).toEqual([null])
  })
})

/** A PNG of zeros of any extents, of a few bytes. */
function emptyPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.byteLength, 0)
    ends.writeUInt32BE(crc(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((width + 1) * height), { level: 9 })
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc(bytes: Buffer): number {
  let value = 0xffff_ffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1
  }
  return (value ^ 0xffff_ffff) >>> 0
}

describe('a picture that cannot be an image says why', () => {
  const pictures = new PictureImages({ form: crop, image: colour })

  test('of 20,000 × 20,000 pixels', async () => {
    await expect(pictures.of(emptyPng(20_000, 20_000), [null])).rejects.toThrow(
      '20,000 × 20,000 pixels, at most 64 million are read',
    )
  })

  test('of another kind than its name says', async () => {
    await expect(pictures.of(Buffer.from('<html>not here</html>'), [null])).rejects.toThrow('no JPEG or PNG')
    await expect(pictures.of(await halves(9, 9).webp().toBuffer(), [null])).rejects.toThrow('no JPEG or PNG')
    // A PNG that is called .jpg is one.
    expect(await pictures.of(await halves(9, 9).png().toBuffer(), [null])).toHaveLength(1)
  })

  test('that is empty or breaks off', async () => {
    await expect(pictures.of(Buffer.alloc(0), [null])).rejects.toThrow('no JPEG or PNG')
    const jpeg = await halves(300, 200).jpeg().toBuffer()
    await expect(pictures.of(jpeg.subarray(0, jpeg.byteLength / 2), [null])).rejects.toMatchObject({
      name: 'BrokenPicture',
    })
    const png = await halves(300, 200).png({ compressionLevel: 0 }).toBuffer()
    await expect(pictures.of(png.subarray(0, png.byteLength / 2), [null])).rejects.toMatchObject({
      name: 'BrokenPicture',
    })
  })
})
