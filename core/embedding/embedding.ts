/** Test images as points of a plane, by the vectors of the last hidden layer. */
import { z } from 'zod'
import { Sha256 } from '../data/dataset.ts'
import { LookSubject } from '../inspect/looking.ts'
import { PassProgress } from '../inspect/passProgress.ts'
import { RunId } from '../run/run.ts'
import { Seed } from '../run/seed.ts'

const count = z.int().min(0)

/** The fewest points that say anything of a plane. */
export const fewestImages = 3

/** How many test images are shown at most. */
export const EmbeddedImages = z.int().min(fewestImages).max(5000)

/** Images that count as near, the image itself among them. */
export const NearImages = z.int().min(2).max(100)

/** What a person may choose, and what stands where nothing is chosen. */
export const imageChoices = [1000, 2000, 5000] as const
export const usualPlane = { images: 2000, neighbours: 15, seed: 1 } as const

/**
 * How vectors become points. `pca`: the first two principal components. `umap`: McInnes et al. 2018, from the principal
 * components on; equal settings give equal points.
 */
export const PlaneMethod = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pca') }),
  z.strictObject({ kind: z.literal('umap'), neighbours: NearImages, seed: Seed }),
])
export type PlaneMethod = z.infer<typeof PlaneMethod>

export const EmbeddingQuestion = z.strictObject({
  ...LookSubject.shape,
  images: EmbeddedImages,
  method: PlaneMethod,
})
export type EmbeddingQuestion = z.infer<typeof EmbeddingQuestion>

/**
 * What is under way: the pass over the test set, the vectors of the chosen images, their principal components, their
 * nearest neighbours (all three in images), and UMAP's layout (in epochs).
 */
export const EmbeddingStage = z.enum(['answers', 'vectors', 'components', 'neighbours', 'layout'])
export type EmbeddingStage = z.infer<typeof EmbeddingStage>

export const EmbeddingProgress = z.strictObject({ ...PassProgress.shape, stage: EmbeddingStage })
export type EmbeddingProgress = z.infer<typeof EmbeddingProgress>

/** How the points were made. */
export const PlaneMade = z.discriminatedUnion('kind', [
  /** Shares of the vectors' whole variance along x and along y. */
  z.strictObject({ kind: z.literal('pca'), explained: z.tuple([z.number(), z.number()]) }),
  /** Fewer neighbours than asked for where there are fewer images. */
  z.strictObject({ kind: z.literal('umap'), neighbours: NearImages, seed: Seed, epochs: count }),
])
export type PlaneMade = z.infer<typeof PlaneMade>

export const Embedding = z.strictObject({
  run: RunId,
  /** Step of the checkpoint. */
  checkpoint: count,
  sha256: Sha256,
  /** English names. */
  classes: z.array(z.string()),
  /** Whose output the vectors are; `input` where it is what enters the network. */
  layer: z.string(),
  /** Values of a vector. */
  width: count,
  /** Whether no layer with a kernel comes before, so that the vectors are pixels. */
  isPixels: z.boolean(),
  /** Images of the test set. */
  testImages: count,
  /** Images that were asked for. There are fewer where the test set has fewer, or where more did not fit into memory. */
  asked: EmbeddedImages,
  made: PlaneMade,
  /** The images, ascending: their places in the run's test list. What follows has an entry for each. */
  numbers: z.array(count),
  /** Indices of the true classes. */
  labels: z.array(count),
  /** Indices of the classes that are answered. */
  predicted: z.array(count),
  /** Probability of the answer. */
  confidence: z.array(z.number().min(0).max(1)),
  x: z.array(z.number()),
  y: z.array(z.number()),
})
export type Embedding = z.infer<typeof Embedding>

/** Progress, and at last the plane. What is known already comes without progress. */
export const EmbeddingEvent = z.discriminatedUnion('kind', [
  EmbeddingProgress,
  z.strictObject({ kind: z.literal('done'), embedding: Embedding }),
])
export type EmbeddingEvent = z.infer<typeof EmbeddingEvent>
