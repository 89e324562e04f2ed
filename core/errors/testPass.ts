/** What a checkpoint answers for every test image, in little: all figures of errors follow from it. */

/** Stands in `suspected` for an image whose label looks right. */
export const notSuspected = 65_535

/** Every array has one entry an image, in the order of the run's test list. Classes are indices. */
export interface TestPass {
  /** Number of classes. */
  readonly classes: number
  readonly labels: Uint16Array
  /** The answers. */
  readonly predicted: Uint16Array
  /** How many classes are more probable than the image's own; of equally probable ones, those before it. */
  readonly ranks: Uint16Array
  /** The class that an image looks like where its label looks wrong, otherwise `notSuspected`. */
  readonly suspected: Uint16Array
  /** Probability of the answer. */
  readonly confidence: Float64Array
  /** Probability of the image's own class. */
  readonly ofLabel: Float64Array
  /** Probability of the most probable class less that of the next one. */
  readonly margin: Float64Array
  /** Of the probabilities, in bits. */
  readonly entropy: Float64Array
}

/** A pass with the English names of its classes, which a set may lose or change. */
export interface NamedPass {
  readonly names: readonly string[]
  readonly pass: TestPass
}

/** Number of images. */
export function imagesOf({ labels }: TestPass): number {
  return labels.length
}

/** Whether an image is answered rightly. */
export function isRight({ labels, predicted }: TestPass, image: number): boolean {
  return labels[image] === predicted[image]
}

/** Number of images that are answered rightly. */
export function correctIn(pass: TestPass): number {
  return pass.labels.reduce((sum, _, image) => sum + Number(isRight(pass, image)), 0)
}

const wholes = ['labels', 'predicted', 'ranks', 'suspected'] as const
const shares = ['confidence', 'ofLabel', 'margin', 'entropy'] as const

/** Bytes of a packed pass for each image. */
const bytesAnImage = shares.length * Float64Array.BYTES_PER_ELEMENT + wholes.length * Uint16Array.BYTES_PER_ELEMENT

/** Length of a packed pass. */
export function packedBytes(pass: TestPass): number {
  return imagesOf(pass) * bytesAnImage
}

/** A pass as bytes, little endian: first the arrays of float64, then those of uint16, each in the order above. */
export function packPass(pass: TestPass): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(packedBytes(pass))
  let offset = 0
  for (const { buffer, byteOffset, byteLength } of [
    ...shares.map((name) => pass[name]),
    ...wholes.map((name) => pass[name]),
  ]) {
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), offset)
    offset += byteLength
  }
  return packed
}

/** The pass in bytes of `packPass`, copied; null when they are no whole number of images. */
export function unpackPass(packed: Uint8Array, classes: number): TestPass | null {
  const images = packed.length / bytesAnImage
  if (!Number.isInteger(images)) return null
  // Copied, because arrays of float64 must begin at a multiple of eight bytes.
  const { buffer } = Uint8Array.from(packed)
  const share = (place: number): Float64Array => new Float64Array(buffer, place * images * 8, images)
  const whole = (place: number): Uint16Array => new Uint16Array(buffer, images * (32 + place * 2), images)
  const [confidence, ofLabel, margin, entropy] = shares.map((_, place) => share(place))
  const [labels, predicted, ranks, suspected] = wholes.map((_, place) => whole(place))
  return { classes, labels, predicted, ranks, suspected, confidence, ofLabel, margin, entropy }
}
