import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DatasetForm } from '../../core/data/dataChoice.ts'
import { DatasetCard, DatasetPart, PreparedData, Sha256 } from '../../core/data/dataset.ts'

/** The arrays of a prepared form, in the order in which their hashes form its identity. */
const arrayFiles = ['train.images', 'train.labels', 'test.images', 'test.labels'] as const
/** Additional arrays of sets with groups. */
const groupFiles = ['train.groups', 'test.groups'] as const
export type PreparedFile = (typeof arrayFiles)[number] | (typeof groupFiles)[number]

const ArrayHashes = { 'train.images': Sha256, 'train.labels': Sha256, 'test.images': Sha256, 'test.labels': Sha256 }

/**
 * The content of `card.json`: the set's card with the extents and sizes of this form, what was prepared, and the sha256
 * of each array.
 */
export const PreparedCard = z.strictObject({
  format: z.literal(2),
  card: DatasetCard,
  form: DatasetForm,
  prepared: PreparedData,
  parts: z.array(DatasetPart).min(1),
  files: z.strictObject({ ...ArrayHashes, 'train.groups': Sha256.optional(), 'test.groups': Sha256.optional() }),
})
export type PreparedCard = z.infer<typeof PreparedCard>

/** The older format, from when a set had a single form. The identity is computed in the same way. */
export const FirstCard = z.strictObject({
  format: z.literal(1),
  card: DatasetCard,
  prepared: PreparedData,
  files: z.strictObject(ArrayHashes),
})

/**
 * Images uint8 `[image, height, width, channels]`, labels uint16 `[image]`, and for sets with groups also groups uint16
 * `[image]`.
 */
export interface PreparedSplit {
  readonly images: Uint8Array
  readonly labels: Uint16Array
  readonly groups?: Uint16Array
}

/** Bytes of one image. */
export function imageBytes({ image }: Pick<DatasetCard, 'image'>): number {
  return image.height * image.width * image.channels
}

/** Size in bytes of each array of a form. */
export function preparedSizes(
  card: Pick<DatasetCard, 'image' | 'sizes'>,
  grouped: boolean,
): ReadonlyMap<PreparedFile, number> {
  const image = imageBytes(card)
  return new Map(
    filesOf(grouped).map((file) => {
      const count = file.startsWith('train') ? card.sizes.train : card.sizes.test
      return [file, count * (file.endsWith('.images') ? image : 2)]
    }),
  )
}

/** Total size in bytes of the arrays of a form. */
export function preparedBytes(card: Pick<DatasetCard, 'image' | 'sizes'>, grouped: boolean): number {
  return [...preparedSizes(card, grouped).values()].reduce((sum, bytes) => sum + bytes, 0)
}

/** Names of the arrays of a form. */
export function filesOf(grouped: boolean): readonly PreparedFile[] {
  return grouped ? [...arrayFiles, ...groupFiles] : arrayFiles
}

/** Whether the set has groups. */
export function isGrouped(files: PreparedCard['files']): boolean {
  return files['train.groups'] !== undefined
}

/**
 * The identity of prepared data: sha256 over the hex digests of its arrays, joined by line feeds. Those of groups, if
 * any, come last.
 */
export function preparedIdentity(files: PreparedCard['files']): string {
  const hashes = filesOf(isGrouped(files)).map((file) => files[file])
  return createHash('sha256').update(hashes.join('\n')).digest('hex')
}
