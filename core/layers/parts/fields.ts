/** What the schemas of layers share. */
import { z } from 'zod'
import { saying } from '../../words/issuePhrase.ts'
import { phrase } from '../../words/phrases.ts'

/** What a layer's `from` calls the image that enters the network. */
export const imageName = 'input'

/** A layer's name: what its variables and maps are called everywhere (`conv_1/kernel`). */
const LayerName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/)
  .refine((name) => name !== imageName, saying(phrase('name-of-image', { name: imageName })))

/** An earlier layer, or the image, whose output comes in. */
const Source = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

/**
 * What most layers have: a name and, where the layer does not take the output of the one before it in the list, the
 * name of the layer whose output it takes.
 */
export const common = { name: LayerName, from: Source.optional() }

/**
 * What layers with variables have: whether they are frozen, which is when none of these is trained. Left out where they
 * are trained, so that every network has one way to be written.
 */
export const freezable = { frozen: z.literal(true).optional() }

/** What layers that merge have: a name, and the names of the layers whose outputs they take. */
export const merging = { name: LayerName, from: z.array(Source).min(2).max(16) }
