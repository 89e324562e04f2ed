import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Sha256 } from '../data/dataset.ts'
import { RunConfig } from '../run/run.ts'
import { Problem } from '../words/problems.ts'

/** float32 values, little endian, as base64: the ports between processes carry JSON. */
export const FloatsText = z.base64()

const extent = z.int().min(1)

/** The network of a run with the weights of a checkpoint file. */
export const InspectSubject = z.strictObject({
  config: RunConfig,
  checkpoint: z.strictObject({ path: z.string(), sha256: Sha256 }),
})
export type InspectSubject = z.infer<typeof InspectSubject>

/** uint8 pixels `[height, width, channels]` as base64, before the crop to the network's input. */
export const InspectImage = z.strictObject({
  height: extent,
  width: extent,
  channels: z.union([z.literal(1), z.literal(3)]),
  pixels: z.base64(),
})
export type InspectImage = z.infer<typeof InspectImage>

const OfImage = z.strictObject({ ...InspectSubject.shape, image: InspectImage })

/** Values with their shape, without the batch dimension. */
export const InspectedValues = z.strictObject({ shape: z.array(extent), values: FloatsText })
export type InspectedValues = z.infer<typeof InspectedValues>

const call = oc.errors({ PROBLEM: { data: Problem } })

/** What main may ask of the engine that looks inside networks. Nothing here changes a file. */
export const inspectContract = {
  /** The logits of images, `[images, logits]`; with the run's `evaluation.flips` the means with their mirror images'. */
  answers: call
    .input(z.strictObject({ ...InspectSubject.shape, images: z.array(InspectImage).min(1).max(256) }))
    .output(z.strictObject({ logits: z.array(z.array(z.number())) })),
  /** What enters the network, of an image: `[height, width, channels]` in its scale. Needs no weights. */
  entering: call.input(z.strictObject({ config: RunConfig, image: InspectImage })).output(InspectedValues),
  /** The output of a layer for an image; of `input` what enters the network. */
  layer: call.input(z.strictObject({ ...OfImage.shape, layer: z.string() })).output(InspectedValues),
}
