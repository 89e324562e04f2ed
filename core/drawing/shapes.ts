import type { Split } from '../data/dataset.ts'
import { RandomNumbers, share, within } from '../numbers/random.ts'
import { type Point, outlines, type Stroke } from './outlines.ts'
import { drawStroke } from './pen.ts'

/** Height and width of a drawn image, in pixels. */
export const shapeSide = 28

/** How many images of each split are drawn; each shape has the same number of them. */
export const shapeCounts = { train: 600, test: 300 } as const satisfies Record<Split, number>

/** Never changed: the images follow from it, and runs name their data by its hash. */
const seed = 1948

const splits = { train: 0, test: 1 } as const satisfies Record<Split, number>

/** Blocks of random words within an image. Those of its pixels come last. */
const blocks = { place: 0, form: 1, pen: 2, stray: 3, wobble: 10, noise: 100 } as const

const random = new RandomNumbers(seed)

/** The label of an image of a split: the shapes take turns. */
export function shapeLabel(image: number): number {
  return image % outlines.length
}

/** The strokes of a shape where and as this image has it, in pixels. */
function placed(strokes: readonly Stroke[], split: Split, image: number): Stroke[] {
  const words = (block: number): number[] => [...random.words('drawing', splits[split], image, block)]
  const [x, y, size, turn] = words(blocks.place)
  const [width, slant] = words(blocks.form)
  const centre = shapeSide / 2
  const [left, top] = [within(-4, 4, x), within(-4, 4, y)]
  const radius = within(5, 10.5, size)
  const angle = within(-0.5, 0.5, turn)
  const squeeze = within(0.75, 1.3, width)
  const skew = within(-0.25, 0.25, slant)
  let corner = 0
  return strokes.map((stroke) =>
    stroke.map(([px, py]): Point => {
      const [right, down] = words(blocks.wobble + corner)
      corner += 1
      const [sx, sy] = [(px + skew * py) * squeeze, py / squeeze]
      return [
        centre + left + radius * (sx * Math.cos(angle) - sy * Math.sin(angle)) + within(-0.6, 0.6, right),
        centre + top + radius * (sx * Math.sin(angle) + sy * Math.cos(angle)) + within(-0.6, 0.6, down),
      ]
    }),
  )
}

/** A short stroke that belongs to no shape. */
function strayStroke(split: Split, image: number): Stroke {
  const [x, y, toX, toY] = random.words('drawing', splits[split], image, blocks.stray)
  const begin: Point = [within(0, shapeSide, x), within(0, shapeSide, y)]
  return [begin, [begin[0] + within(-8, 8, toX), begin[1] + within(-8, 8, toY)]]
}

/** Adds noise whose four terms come near a normal distribution, and turns brightness into bytes. */
function noisyBytes(image: Float64Array, split: Split, index: number, strength: number): Uint8Array {
  return Uint8Array.from(image, (brightness, pixel) => {
    const words = random.words('drawing', splits[split], index, blocks.noise + pixel)
    const noise = (share(words[0]) + share(words[1]) + share(words[2]) + share(words[3]) - 2) * strength
    return Math.round(Math.min(1, Math.max(0, brightness + noise)) * 255)
  })
}

/**
 * Draws an image of the set: a shape somewhere near the middle, turned, squeezed and slanted a little, drawn with a
 * shaking pen, with a stray stroke and noise.
 * @param index of the image within its split.
 * @returns grey bytes, [28, 28].
 */
export function drawShape(split: Split, index: number): Uint8Array {
  const image = new Float64Array(shapeSide * shapeSide)
  const [radius, ink, ground, noise] = [...random.words('drawing', splits[split], index, blocks.pen)]
  image.fill(within(0, 0.25, ground))
  const pen = { radius: within(0.5, 1.3, radius), ink: within(0.5, 1, ink) }
  for (const stroke of placed(outlines[shapeLabel(index)].strokes, split, index))
    drawStroke(image, shapeSide, stroke, pen)
  drawStroke(image, shapeSide, strayStroke(split, index), { ...pen, radius: pen.radius * 0.8 })
  return noisyBytes(image, split, index, within(0.05, 0.25, noise))
}

/**
 * Draws a split whole.
 * @returns grey bytes, [image, 28, 28], and a label for each image.
 */
export function drawShapes(split: Split): { readonly images: Uint8Array; readonly labels: Uint8Array } {
  const count = shapeCounts[split]
  const images = new Uint8Array(count * shapeSide * shapeSide)
  for (let index = 0; index < count; index += 1) images.set(drawShape(split, index), index * shapeSide * shapeSide)
  return { images, labels: Uint8Array.from({ length: count }, (_, index) => shapeLabel(index)) }
}
