import { z } from 'zod'
import { Distortion } from '../run/distortion.ts'
import { RunId } from '../run/run.ts'
import { Steps } from '../run/schedule.ts'
import { Seed } from '../run/seed.ts'
import { AscentSettings } from './ascending.ts'
import { BatchQuestion, DistortionsQuestion, FeedSource } from './distorting.ts'
import { OcclusionPatch } from './explaining.ts'
import { ImageChoice } from './imageChoice.ts'

const count = z.int().min(0)

/** A checkpoint by what it is: its address changes when its content does. */
const checkpoint = {
  run: RunId,
  step: count,
  /** The first 12 hex digits of its file's sha256. */
  sha256: z.string().regex(/^[0-9a-f]{12}$/),
}

/** Whether the maps of a layer share one scale of colours, or each has its own. */
export const MapScale = z.enum(['layer', 'map'])
export type MapScale = z.infer<typeof MapScale>

/** Whether values are drawn over what enters the network, in grey, or alone, a pixel a value. */
const over = z.boolean()

/** A picture, as a pure function of what it names. */
export const PictureQuestion = z.discriminatedUnion('what', [
  /** The image as it is stored, or a given one as it was made to fit. */
  z.strictObject({ what: z.literal('image'), run: RunId, image: ImageChoice }),
  /** What enters the network: cut and scaled. A channel alone is grey. */
  z.strictObject({ what: z.literal('input'), run: RunId, image: ImageChoice, channel: count.nullable() }),
  /** What enters the network of an image under this distortion. */
  z.strictObject({
    what: z.literal('distorted'),
    of: FeedSource,
    image: ImageChoice,
    distortion: Distortion,
    /** Side of the square that is cut out; null cuts nothing out. */
    cutoutSide: z.int().min(1).max(512).nullable(),
  }),
  /** What enters the network of an image under random distortions, in a square grid. */
  z.strictObject({ what: z.literal('distortions'), ...DistortionsQuestion.shape, seed: Seed }),
  /** What enters the network of images of a step's batch, in a square grid. */
  z.strictObject({ what: z.literal('batch'), ...BatchQuestion.shape, step: Steps }),
  /** All maps of a layer in a square grid, white low and black high. */
  z.strictObject({
    what: z.literal('maps'),
    ...checkpoint,
    image: ImageChoice,
    layer: z.string(),
    scale: MapScale,
  }),
  /** One of them. */
  z.strictObject({
    what: z.literal('map'),
    ...checkpoint,
    image: ImageChoice,
    layer: z.string(),
    map: count,
    scale: MapScale,
  }),
  /**
   * The kernels of a layer for one input channel in a square grid. With the channel null the matrix of a dense layer, cut
   * into parts where it is long, and all kernels of a depthwise one.
   */
  z.strictObject({ what: z.literal('kernels'), ...checkpoint, layer: z.string(), inputChannel: count.nullable() }),
  /** The saliency of each pixel that enters the network for a class: white low and black high, or red over the input. */
  z.strictObject({ what: z.literal('saliency'), ...checkpoint, image: ImageChoice, label: count, over }),
  /** Where the maps of a layer speak for a class, in their extents, or over the input. */
  z.strictObject({ what: z.literal('cam'), ...checkpoint, image: ImageChoice, layer: z.string(), label: count, over }),
  /** The probability of a class with each place covered, blue where it falls and red where it rises. */
  z.strictObject({
    what: z.literal('occlusion'),
    ...checkpoint,
    ...OcclusionPatch.shape,
    image: ImageChoice,
    label: count,
    over,
  }),
  /** One kernel in a grid of its input channels; of a dense layer one unit, as what comes in lies. */
  z.strictObject({ what: z.literal('kernel'), ...checkpoint, layer: z.string(), kernel: count }),
  /** The kernels of a convolution of colour images in colour, all in a square grid or one. */
  z.strictObject({ what: z.literal('colour-kernels'), ...checkpoint, layer: z.string(), kernel: count.nullable() }),
  /** What enters the network of an image after the smallest step (FGSM) that changes the answer. */
  z.strictObject({ what: z.literal('changed-image'), ...checkpoint, image: ImageChoice }),
  /** What that step changed, red up and blue down: of a channel, or with null the mean over all. */
  z.strictObject({ what: z.literal('change'), ...checkpoint, image: ImageChoice, channel: count.nullable() }),
  /** The image that gradient ascent ends with. */
  z.strictObject({ what: z.literal('ascent'), ...checkpoint, ...AscentSettings.shape }),
])
export type PictureQuestion = z.infer<typeof PictureQuestion>
export type PictureOf<What extends PictureQuestion['what']> = Extract<PictureQuestion, { what: What }>

/** How a picture is written. */
export const PictureOptions = z.strictObject({
  format: z.enum(['png', 'svg']),
  /** Pixels a value, each way. */
  scale: z.int().min(1).max(64),
  /** Above the picture, in an SVG. */
  title: z.string().max(200).nullable(),
})
export type PictureOptions = z.infer<typeof PictureOptions>

export const plainPng: PictureOptions = { format: 'png', scale: 1, title: null }

/** The path that all pictures are under. */
export const picturesPath = '/pictures/'

/** The address of a picture in the window. */
export function pictureAddress(question: PictureQuestion, options: Partial<PictureOptions> = {}): string {
  const { format, scale, title } = { ...plainPng, ...options }
  const parameters = new URLSearchParams({ of: JSON.stringify(question) })
  if (scale !== 1) parameters.set('scale', String(scale))
  if (title !== null) parameters.set('title', title)
  return `${picturesPath}${question.what}.${format}?${parameters.toString()}`
}

/** Reads the address of a picture; null when it is none. */
export function pictureOf(url: URL): { readonly question: PictureQuestion; readonly options: PictureOptions } | null {
  const format = url.pathname.split('.').at(-1)
  let of: unknown
  try {
    of = JSON.parse(url.searchParams.get('of') ?? '')
  } catch {
    return null
  }
  const question = PictureQuestion.safeParse(of)
  const options = PictureOptions.safeParse({
    format,
    scale: Number(url.searchParams.get('scale') ?? 1),
    title: url.searchParams.get('title'),
  })
  return question.success && options.success ? { question: question.data, options: options.data } : null
}
