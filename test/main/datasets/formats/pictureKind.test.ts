import sharp from 'sharp'
import { expect, test } from 'vitest'
import { pictureKindOf, pictureKindOfFile, readKinds } from '../../../../main/datasets/formats/pictureKind.ts'

const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })

function bytes(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

/** The first box of an ISO base media file. */
function box(...brands: readonly string[]): Buffer {
  return bytes(
    `\0\0\0${String.fromCharCode(12 + 4 * brands.length)}ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`,
  )
}

test('what the decoder writes is recognized as a kind that is read', async () => {
  const written = await Promise.all([
    picture.clone().jpeg().toBuffer(),
    picture.clone().png().toBuffer(),
    picture.clone().webp().toBuffer(),
    picture.clone().gif().toBuffer(),
    picture.clone().tiff().toBuffer(),
    picture.clone().tiff({ bigtiff: true }).toBuffer(),
    picture.clone().avif().toBuffer(),
  ])
  const kinds = written.map((one) => pictureKindOf(one.subarray(0, 512)))
  expect(kinds).toEqual(['JPEG', 'PNG', 'WebP', 'GIF', 'TIFF', 'TIFF', 'AVIF'])
  expect([...readKinds].sort()).toEqual([...new Set(kinds)].sort())
})

test.each([
  ['AVIF', box('mif1', 'mif1', 'avif', 'miaf')],
  ['HEIC', box('heic', 'mif1', 'heic')],
  ['HEIC', box('mif1', 'mif1', 'heic')],
  ['RAW', box('crx ', 'crx ', 'isom')],
  ['RAW', bytes('II*\0\x10\0\0\0CR\x02\0')],
  ['BMP', bytes(`BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0`)],
  ['JPEG 2000', bytes('\0\0\0\x0cjP  \r\n\x87\n')],
  ['JPEG XL', bytes('\xff\x0a\x10')],
  ['PNM', bytes('P6\n9 9\n255\n')],
  ['PSD', bytes('8BPS\0\x01')],
  ['DICOM', bytes(`${'\0'.repeat(128)}DICM`)],
  ['SVG', bytes('\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['SVG', bytes(' <svg width="9"></svg>')],
])('%s', (kind, head) => {
  expect(pictureKindOf(head)).toBe(kind)
})

test.each([
  ['nothing', bytes('')],
  ['a film', box('isom', 'isom', 'mp42')],
  ['a film of a phone', box('qt  ', 'qt  ')],
  ['a text that begins like a bitmap', bytes('BMW and other cars are in this folder')],
  ['a table', bytes('P1,cat\nP2,dog\n')],
  ['a web page with a drawing', bytes('<!doctype html><html><svg></svg></html>')],
  ['a sound', bytes('RIFF\0\0\0\0WAVEfmt ')],
  ['a box that is shorter than its own length', bytes('\0\0\0\x40ftyp')],
  ['a box of no length', bytes('\0\0\0\0ftypavif')],
])('%s is no picture', (_what, head) => {
  expect(pictureKindOf(head)).toBeNull()
})

test('a raw file of a camera that begins as a TIFF is told by its name', () => {
  const tiff = bytes('II*\0\x08\0\0\0')
  expect(['cat/1.tif', 'cat/1', 'cat/1.NEF', 'cat/1.dng'].map((name) => pictureKindOfFile(name, tiff))).toEqual([
    'TIFF',
    'TIFF',
    'RAW',
    'RAW',
  ])
})
