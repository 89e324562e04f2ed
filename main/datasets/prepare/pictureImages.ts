import sharp, { type Metadata, type OutputInfo, type Region, type Sharp } from 'sharp'
import type { DatasetForm } from '../../../core/data/dataChoice.ts'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { phrase, phraseText, type Phrase } from '../../../core/words/phrases.ts'
import type { CollectionImage } from '../../files/collection.ts'
import { signatureBytes } from '../archives/signature.ts'
import { pictureKindOf, publishedKinds, type PictureKind } from '../formats/pictureKind.ts'

/** The most pixels that a picture may have: a photograph of 8000 x 8000. */
export const mostPixels = 64_000_000
/** A picture with more pixels is decoded alone, so that memory stays small. */
const manyPixels = 12_000_000
/** Files below this size are decoded without first reading their extents. */
const smallFile = 1 << 19

/** Thrown when a picture cannot be read. */
export class BrokenPicture extends Error {
  override readonly name = 'BrokenPicture'
  readonly reason: Phrase

  constructor(reason: Phrase, options?: ErrorOptions) {
    super(phraseText(reason, 'en'), options)
    this.reason = reason
  }
}

/** The box of a picture from which an image is cut. */
export type PictureBox = CollectionImage['box']

/** The shape of the images that a form asks for. */
export interface ImageShape {
  readonly form: DatasetForm
  /** Extents and channels of the images. */
  readonly image: DatasetCard['image']
  /** The kinds of picture that are read; JPEG and PNG if left out. */
  readonly kinds?: ReadonlySet<PictureKind>
}

const black = { r: 0, g: 0, b: 0 }

function spaceOf({ channels }: DatasetCard['image']): 'b-w' | 'srgb' {
  return channels === 1 ? 'b-w' : 'srgb'
}

/**
 * Resizes a picture to the extents of a form (Lanczos kernel with three lobes), either cropped to the centre or padded
 * with black.
 */
export function resized(picture: Sharp, { form, image }: ImageShape): Sharp {
  if (form.side === null) return picture
  return picture.resize(image.width, image.height, {
    fit: form.fit === 'crop' ? 'cover' : 'contain',
    position: 'centre',
    background: black,
    kernel: 'lanczos3',
  })
}

/**
 * The raw pixels of a picture, in the set's colours, with transparent parts on black.
 * @throws BrokenPicture for channels that are no colours; what the library throws.
 */
export async function pixelsOf(
  picture: Sharp,
  image: DatasetCard['image'],
): Promise<{ data: Buffer; info: OutputInfo }> {
  const made = await picture
    .flatten({ background: black })
    .toColourspace(spaceOf(image))
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  // A TIFF may have channels besides its colours, which the library keeps.
  if (made.info.channels !== image.channels) throw new BrokenPicture(phrase('no-colours', {}))
  return made
}

/** Checks the kind of a picture by its first bytes. The library reads more kinds than a set may hold. */
function checkedKind(bytes: Buffer, kinds: ReadonlySet<PictureKind>): PictureKind {
  const kind = pictureKindOf(bytes.subarray(0, signatureBytes))
  if (kind !== null && kinds.has(kind)) return kind
  throw new BrokenPicture(
    kinds === publishedKinds ? phrase('neither-jpeg-nor-png', {}) : phrase('no-known-picture', {}),
  )
}

/** Refuses a TIFF of other values than a brightness of 8 or 16 bits: they have no range to scale them from. */
function checkValues({ depth }: Metadata): void {
  if (depth !== 'uchar' && depth !== 'ushort') throw new BrokenPicture(phrase('no-brightness', { values: depth }))
}

/**
 * Makes images of pictures, a few at once, but large ones alone. Runs in the calling thread; the decoding runs in the
 * library's threads.
 */
export class PictureImages {
  readonly #shape: ImageShape
  #largeOnes: Promise<unknown> = Promise.resolve()

  constructor(shape: ImageShape) {
    this.#shape = shape
  }

  /**
   * The images that a form makes of one picture, which is decoded once.
   * @param bytes of a picture of one of the kinds.
   * @param boxes of the images: corners in the upright picture; null: the whole picture.
   * @returns uint8 `[height, width, channels]` for each box; null for a box that the form leaves out.
   * @throws BrokenPicture when it cannot be read.
   */
  async of(bytes: Buffer, boxes: readonly PictureBox[]): Promise<(Buffer | null)[]> {
    const kind = checkedKind(bytes, this.#shape.kinds ?? publishedKinds)
    const whole = this.#shape.form.cut.kind === 'whole' || boxes.every((box) => box === null)
    const decode = (): Promise<(Buffer | null)[]> =>
      this.#decode(upright(bytes, kind), boxes, whole).catch((thrown: unknown) => broken(bytes, thrown))
    if (whole && bytes.byteLength < smallFile && kind !== 'TIFF') return decode()
    const metadata = await sharp(bytes, { limitInputPixels: false })
      .metadata()
      .catch((thrown: unknown) => broken(bytes, thrown))
    if (kind === 'TIFF') checkValues(metadata)
    const { width, height } = metadata
    if (width * height > mostPixels) throw new BrokenPicture(tooLarge(width, height))
    if (width * height <= manyPixels) return decode()
    const turn = this.#largeOnes.then(decode)
    this.#largeOnes = turn.catch(() => undefined) // The caller gets the error; the next one's turn comes in any case.
    return turn
  }

  async #decode(opened: Promise<Sharp>, boxes: readonly PictureBox[], whole: boolean): Promise<(Buffer | null)[]> {
    const picture = await opened
    if (whole) {
      const { data, info } = await pixelsOf(resized(picture, this.#shape), this.#shape.image)
      const { width, height } = this.#shape.image
      if (info.width !== width || info.height !== height)
        throw new BrokenPicture(
          phrase('other-extents', { width: info.width, height: info.height, wanted: `${width} × ${height}` }),
        )
      return boxes.map(() => data)
    }
    const { data, info } = await pixelsOf(picture, this.#shape.image)
    const raw = { width: info.width, height: info.height, channels: this.#shape.image.channels }
    return Promise.all(boxes.map((box) => this.#cutOut(data, raw, box)))
  }

  async #cutOut(
    pixels: Buffer,
    raw: { width: number; height: number; channels: 1 | 3 },
    box: PictureBox,
  ): Promise<Buffer | null> {
    const { cut } = this.#shape.form
    let picture = sharp(pixels, { raw })
    if (box !== null && cut.kind === 'object') {
      if (Math.min(box.right - box.left, box.bottom - box.top) < cut.least) return null
      const area = areaWithin(box, cut.margin, raw)
      if (area === null) return null
      picture = picture.extract(area)
    }
    return (await pixelsOf(resized(picture, this.#shape), this.#shape.image)).data
  }
}

/** Opens a picture, turned upright. */
async function upright(bytes: Buffer, kind: PictureKind): Promise<Sharp> {
  const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' }).autoOrient()
  if (kind !== 'WebP') return picture
  // The library would let the decoder of WebP do a part of the resizing, and give other pixels than for a PNG.
  const { data, info } = await picture
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}

/** A box with its margin, clipped to the picture; null if nothing of it is inside. */
function areaWithin(
  box: NonNullable<PictureBox>,
  margin: number,
  picture: { readonly width: number; readonly height: number },
): Region | null {
  const beside = margin * (box.right - box.left)
  const above = margin * (box.bottom - box.top)
  const left = Math.max(0, Math.floor(box.left - beside))
  const top = Math.max(0, Math.floor(box.top - above))
  const width = Math.min(picture.width, Math.ceil(box.right + beside)) - left
  const height = Math.min(picture.height, Math.ceil(box.bottom + above)) - top
  return width > 0 && height > 0 ? { left, top, width, height } : null
}

function tooLarge(width: number, height: number): Phrase {
  return phrase('too-many-pixels', { width, height, millions: mostPixels / 1e6 })
}

/** Throws what the library found wrong with a picture, in the library's words. */
async function broken(bytes: Buffer, thrown: unknown): Promise<never> {
  if (thrown instanceof BrokenPicture) throw thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (message.includes('pixel limit')) {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
    throw new BrokenPicture(tooLarge(width, height), { cause: thrown })
  }
  throw new BrokenPicture(phrase('not-decoded', { detail: message.split('\n')[0].trim().slice(0, 120) }), {
    cause: thrown,
  })
}
