// @module-tag slow
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import type { ImageChoice } from '../../../core/inspect/imageChoice.ts'
import type { Prediction } from '../../../core/inspect/looking.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { failureOf } from '../../../main/cli/failure.ts'
import { givePicture } from '../../../main/cli/givePicture.ts'
import { mnist } from '../../../main/datasets/sets/mnist.ts'
import type { Home } from '../../../main/files/places.ts'
import { writePreparedForm } from '../../../main/files/preparedForm.ts'
import { openLab, type OpenLab } from '../openLab.ts'
import { smallCard, smallHome } from '../smallHome.ts'
import { storedRun } from './storedRun.ts'

const side = 32

/** Uneven pixels of 0 to 255, so that no turn or mirror image of a picture equals it. */
function pixels(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, at) => (at * at * 31 + at * 7) % 256)
}

/** A colour picture in the extents of the set's images: what is made of it has the very same pixels. */
function picture(bytes = pixels(side * side * 3)): Sharp {
  return sharp(bytes, { raw: { width: side, height: side, channels: 3 } })
}

/** A lab with an untrained run on a colour set, and what it answers for files. */
async function openedLab(): Promise<OpenLab & { run: number; answer: (bytes: Uint8Array) => Promise<Prediction> }> {
  const opened = await openLab(await smallHome())
  const { run } = await storedRun(opened.lab, { card: smallCard })
  return { ...opened, run, answer: (bytes) => answerOf(opened, run, bytes) }
}

async function answerOf({ client }: OpenLab, run: number, bytes: Uint8Array): Promise<Prediction> {
  const { sha256 } = await givePicture(client, bytes)
  return client.look.predict({ run, checkpoint: 'last', image: { kind: 'given', sha256 } })
}

/** The pixels that the network of a run is given for a file, before the crop to its input. */
async function pixelsFor({ client }: OpenLab, run: number, bytes: Uint8Array): Promise<Uint8Array> {
  const { sha256 } = await givePicture(client, bytes)
  const image: ImageChoice = { kind: 'given', sha256 }
  const options = { format: 'png', scale: 1, title: null } as const
  const written = await client.look.picture({ question: { what: 'image', run, image }, options })
  return sharp(Buffer.from(written.bytes, 'base64')).removeAlpha().raw().toBuffer()
}

async function placeGreySet(home: Home): Promise<DatasetCard> {
  const card: DatasetCard = { ...mnist.card, sizes: { train: 40, test: 20 } }
  const split = (count: number) => ({
    images: pixels(count * 28 * 28),
    labels: Uint16Array.from({ length: count }, (_, image) => image % 10),
  })
  await writePreparedForm(path.join(home.datasets, card.id, 'forms', 'own'), {
    card,
    source: 'publisher',
    train: split(card.sizes.train),
    test: split(card.sizes.test),
  })
  return card
}

describe('a picture that a person gives', () => {
  test('is answered as the image that it shows, however its file says that', async () => {
    const { answer } = await openedLab()
    const { logits } = await answer(await picture().png().toBuffer())

    // Opaque, or in 16 bits a channel: the same pixels.
    const opaque = await picture().ensureAlpha(1).png().toBuffer()
    expect(await answer(opaque)).toMatchObject({ label: null, logits })
    const deep = await picture().toColourspace('rgb16').png().toBuffer()
    expect((await sharp(deep).metadata()).depth).toBe('ushort')
    expect(await answer(deep)).toMatchObject({ logits })

    // What is transparent lies on black.
    const half = Buffer.from(Array.from({ length: side * side }, (_, at) => (at % side < side / 2 ? 0 : 255)))
    const alpha = { width: side, height: side, channels: 1 as const }
    const transparent = await picture().joinChannel(half, { raw: alpha }).png().toBuffer()
    expect((await sharp(transparent).metadata()).channels).toBe(4)
    const onBlack = pixels(side * side * 3).map((value, at) => (half[Math.floor(at / 3)] === 0 ? 0 : value))
    const black = await answer(await picture(onBlack).png().toBuffer())
    expect(black.logits).not.toEqual(logits)
    expect(await answer(transparent)).toMatchObject({ logits: black.logits })
  })

  test.each(['png', 'jpeg'] as const)(
    'is upright, whichever of the eight ways a %s says that it lies',
    async (format) => {
      const { answer } = await openedLab()
      for (let orientation = 1; orientation <= 8; orientation += 1) {
        const lying = await picture().withMetadata({ orientation }).toFormat(format, { quality: 90 }).toBuffer()
        expect((await sharp(lying).metadata()).orientation ?? 1).toBe(orientation)
        const upright = await sharp(lying).autoOrient().png().toBuffer()
        const { logits } = await answer(upright)
        expect(await answer(lying)).toMatchObject({ logits })
        // The same without what its file says of it.
        const raw = await sharp(lying).png().toBuffer()
        if (orientation > 1) expect((await answer(raw)).logits).not.toEqual(logits)
      }
    },
  )

  test('in the colours of print keeps them', async () => {
    const opened = await openedLab()
    const red = sharp({ create: { width: 90, height: 60, channels: 3, background: { r: 200, g: 30, b: 20 } } })
    const print = await red.toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()
    expect((await sharp(print).metadata()).space).toBe('cmyk')
    const [r, g, b] = await pixelsFor(opened, opened.run, print)
    expect(r).toBeGreaterThan(120)
    expect(Math.max(g, b)).toBeLessThan(90)
    const { probabilities } = await opened.answer(print)
    expect(probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)
  })

  test('of one pixel fills the image, and a very long one shows its middle', async () => {
    const opened = await openedLab()
    const background = { r: 9, g: 200, b: 77 }
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background } })
      .png()
      .toBuffer()
    const filled = await pixelsFor(opened, opened.run, dot)
    expect(filled).toEqual(Buffer.from(Array.from({ length: side * side }, () => [9, 200, 77]).flat()))
    const line = await sharp({ create: { width: 30_000, height: 1, channels: 3, background } })
      .png()
      .toBuffer()
    expect(await pixelsFor(opened, opened.run, line)).toEqual(filled)
  })

  test('becomes grey for a set of grey images, and grey becomes colour for one of colour', async () => {
    const home = await smallHome()
    const card = await placeGreySet(home)
    const opened = await openLab(home)
    const { run: grey } = await storedRun(opened.lab, { card, preset: 'digits' })
    const { run: colour } = await storedRun(opened.lab, { card: smallCard })

    const background = { r: 200, g: 90, b: 20 }
    const photo = await sharp({ create: { width: 90, height: 60, channels: 3, background } })
      .jpeg()
      .toBuffer()
    const asGrey = await sharp(photo).toColourspace('b-w').png().toBuffer()
    expect((await sharp(asGrey).metadata()).channels).toBe(1)
    const given = await pixelsFor(opened, grey, photo)
    expect(given).toEqual(Buffer.alloc(28 * 28 * 3, given[0]))
    expect(await pixelsFor(opened, grey, asGrey)).toEqual(given)
    expect(await answerOf(opened, grey, photo)).toMatchObject({ classes: card.classes })

    const equalChannels = await sharp(asGrey).toColourspace('srgb').png().toBuffer()
    const { logits } = await answerOf(opened, colour, equalChannels)
    expect(await answerOf(opened, colour, asGrey)).toMatchObject({ logits })
  })
})

describe('a file that cannot be looked at is refused in a sentence', () => {
  const refusal = (detail: string) => `The picture cannot be read: ${detail}. Give a JPEG or PNG file.`

  test('and others are answered after it', async () => {
    const { client, answer } = await openedLab()
    const refused = (bytes: Uint8Array): Promise<string> => {
      return givePicture(client, bytes).then(
        () => 'taken',
        (thrown: unknown) => sentenceOf(failureOf(thrown, true), 'en'),
      )
    }
    const jpeg = await picture().resize(300, 200).jpeg().toBuffer()
    const giant = await sharp({ create: { width: 9000, height: 7200, channels: 3, background: 'red' } })
      .png({ compressionLevel: 9 })
      .toBuffer()

    // A text file that is called photo.jpg: names do not reach the lab.
    expect(await refused(Buffer.from('not a photo\n'))).toBe(refusal('no JPEG or PNG'))
    expect(await refused(Buffer.alloc(0))).toBe(refusal('no JPEG or PNG'))
    expect(await refused(await picture().webp().toBuffer())).toBe(refusal('no JPEG or PNG'))
    expect(await refused(giant)).toBe(refusal('9000 × 7200 pixels, at most 64 million are read'))
    expect(await refused(jpeg.subarray(0, jpeg.byteLength / 2))).toMatch(
      /^The picture cannot be read: cannot be decoded: /,
    )
    expect(await refused(jpeg.subarray(0, 4))).toMatch(/^The picture cannot be read: cannot be decoded: /)
    expect(await refused(new Uint8Array(64_000_001))).toBe(refusal('the file is larger than 64 MB'))

    expect((await answer(jpeg)).logits).toHaveLength(10)
  })
})
