import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, utimes } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { DatasetForm, ownForm } from '../../core/dataChoice.ts'
import { DatasetCard, DatasetPart, PreparedData, Sha256, Split } from '../../core/dataset.ts'
import { refuse } from '../../core/problems.ts'
import { syncFolder, temporaryBeside, writeProblem } from './atomicFile.ts'

/** The arrays of a prepared form, in the order in which their hashes make its identity. */
const arrayFiles = ['train.images', 'train.labels', 'test.images', 'test.labels'] as const
/** The arrays that sets with groups have besides. */
const groupFiles = ['train.groups', 'test.groups'] as const
type PreparedFile = (typeof arrayFiles)[number] | (typeof groupFiles)[number]

const ArrayHashes = { 'train.images': Sha256, 'train.labels': Sha256, 'test.images': Sha256, 'test.labels': Sha256 }

/** `card.json`: the set's card with the extents and sizes of this form, what was prepared, and the sha256 of each array. */
export const PreparedCard = z.strictObject({
  format: z.literal(2),
  card: DatasetCard,
  form: DatasetForm,
  prepared: PreparedData,
  parts: z.array(DatasetPart).min(1),
  files: z.strictObject({ ...ArrayHashes, 'train.groups': Sha256.optional(), 'test.groups': Sha256.optional() }),
})
export type PreparedCard = z.infer<typeof PreparedCard>

/** What was written before a set had several forms; the identity is the same. */
const FirstCard = z.strictObject({ format: z.literal(1), card: DatasetCard, prepared: PreparedData, files: z.strictObject(ArrayHashes) })

/** Images uint8 `[image, height, width, channels]`, labels uint16 `[image]`, and in sets with groups the group uint16 `[image]`. */
export interface PreparedSplit {
  readonly images: Uint8Array
  readonly labels: Uint16Array
  readonly groups?: Uint16Array
}

export interface PreparedArrays {
  readonly card: DatasetCard
  readonly form: DatasetForm
  readonly parts: readonly DatasetPart[]
  readonly prepared: PreparedData
  readonly train: PreparedSplit
  readonly test: PreparedSplit
}

/** Bytes of one image. */
export function imageBytes(card: DatasetCard): number {
  return card.image.height * card.image.width * card.image.channels
}

/** Bytes that each array of a form takes. */
export function preparedSizes(card: DatasetCard, grouped: boolean): ReadonlyMap<PreparedFile, number> {
  const image = imageBytes(card)
  return new Map(
    filesOf(grouped).map((file) => {
      const count = file.startsWith('train') ? card.sizes.train : card.sizes.test
      return [file, count * (file.endsWith('.images') ? image : 2)]
    }),
  )
}

/** Bytes that the arrays of a form take together. */
export function preparedBytes(card: DatasetCard, grouped: boolean): number {
  return [...preparedSizes(card, grouped).values()].reduce((sum, bytes) => sum + bytes, 0)
}

function filesOf(grouped: boolean): readonly PreparedFile[] {
  return grouped ? [...arrayFiles, ...groupFiles] : arrayFiles
}

function isGrouped(files: PreparedCard['files']): boolean {
  return files['train.groups'] !== undefined
}

/** The identity of prepared data: sha256 over the hex digests of its arrays, those of groups last where there are some, joined by line feeds. */
export function preparedIdentity(files: PreparedCard['files']): string {
  const hashes = filesOf(isGrouped(files)).map((file) => files[file])
  return createHash('sha256').update(hashes.join('\n')).digest('hex')
}

/**
 * Images of each class in each split, and by group where there are groups. Splits without images are left out, but for the training one.
 * @param classes number of classes
 */
export function countParts(classes: number, splits: Readonly<Record<Split, Pick<PreparedSplit, 'labels' | 'groups'>>>): DatasetPart[] {
  return Split.options.flatMap((split) => {
    const { labels, groups } = splits[split]
    const parts = new Map<number | null, DatasetPart>()
    labels.forEach((label, index) => {
      const group = groups?.[index] ?? null
      const part = parts.get(group) ?? { split, group, counts: Array.from({ length: classes }, () => 0) }
      part.counts[label] += 1
      parts.set(group, part)
    })
    if (parts.size === 0 && split === 'train') return [{ split, group: null, counts: Array.from({ length: classes }, () => 0) }]
    return [...parts.values()].sort((one, other) => (one.group ?? 0) - (other.group ?? 0))
  })
}

/** Labels or groups as they lie on disk. Every platform with a TensorFlow library is little endian, as the files are. */
function bytesOfNumbers(numbers: Uint16Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

/** @param card of the set, where it could be read */
function damaged(folder: string, detail: string, cause?: unknown, card?: Pick<DatasetCard, 'id' | 'name'>): never {
  const { id, name } = card ?? { id: path.basename(folder), name: path.basename(folder) }
  refuse('dataset-damaged', { dataset: name, id, detail }, { cause })
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/**
 * The cheap check: `card.json` is right and every array has its length. Reads no array, five calls to the system in all.
 * @throws LabError `dataset-damaged`.
 */
export function checkPreparedSizes(folder: string): PreparedCard {
  const card = readCard(folder)
  for (const [file, expected] of preparedSizes(card.card, isGrouped(card.files))) {
    const size = statSync(path.join(folder, file), { throwIfNoEntry: false })?.size ?? 0
    if (size !== expected) damaged(folder, `${file} has ${size} bytes instead of ${expected}`, undefined, card.card)
  }
  return card
}

/** Bytes that are read and hashed at once: about a millisecond of processor time. */
const hashedAtOnce = 1 << 20

/**
 * Makes sure that no array has been altered. `card.json` is written last, so only an array that is newer than it has its bytes read, a piece at
 * a time. Where all are as they were (a copied folder) the card is made the newest again, so that this is found out once.
 * @throws LabError `dataset-damaged`.
 */
export async function verifyPreparedForm(folder: string): Promise<void> {
  const { card, files } = checkPreparedSizes(folder)
  const cardFile = path.join(folder, 'card.json')
  const changedAt = (name: string): number => statSync(path.join(folder, name)).mtimeMs
  const newer = filesOf(isGrouped(files)).filter((file) => changedAt(file) > changedAt('card.json'))
  for (const file of newer) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(path.join(folder, file), { highWaterMark: hashedAtOnce }), hash).catch((thrown: unknown) => damaged(folder, `${file}: ${reasonOf(thrown)}`, thrown, card))
    if (hash.digest('hex') !== files[file]) damaged(folder, `${file} has been altered`, undefined, card)
  }
  // A folder that only somebody else may write is read anew each time; that costs time and nothing else.
  if (newer.length > 0) await utimes(cardFile, new Date(), new Date()).catch(() => undefined)
}

function readCard(folder: string): PreparedCard {
  try {
    const read = z.union([PreparedCard, FirstCard]).parse(JSON.parse(readFileSync(path.join(folder, 'card.json'), 'utf8')))
    const card = read.format === 2 ? read : withParts(folder, read)
    if (preparedIdentity(card.files) === card.prepared.sha256) return card
  } catch (thrown) {
    // What zod or the system says is long; that the card is unreadable is what a person can use.
    damaged(folder, 'card.json is missing or unreadable', thrown)
  }
  damaged(folder, 'the hashes in card.json contradict each other')
}

/** A card of the first format with what it lacks, counted in the labels. */
function withParts(folder: string, { card, prepared, files }: z.infer<typeof FirstCard>): PreparedCard {
  const labelsOf = (split: Split): { labels: Uint16Array } => ({ labels: numbersIn(readFileSync(path.join(folder, `${split}.labels`))) })
  return { format: 2, card, form: ownForm, prepared, files, parts: countParts(card.classes.length, { train: labelsOf('train'), test: labelsOf('test') }) }
}

/** Numbers of 16 bits out of a file. A copy, because a view of them needs an even offset and a small file may come out of a shared pool. */
function numbersIn(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(Uint8Array.from(bytes).buffer)
}

/**
 * Reads a prepared form whole, and checks its sizes and the hashes of all arrays.
 * @throws LabError `dataset-damaged`.
 */
export async function readPreparedForm(folder: string): Promise<PreparedArrays> {
  const { card, form, parts, prepared, files } = checkPreparedSizes(folder)
  const bytesOf = async (file: PreparedFile): Promise<Uint8Array> => {
    const bytes = await readFile(path.join(folder, file)).catch((thrown: unknown) => damaged(folder, `${file}: ${reasonOf(thrown)}`, thrown, card))
    if (createHash('sha256').update(bytes).digest('hex') !== files[file]) damaged(folder, `${file} has been altered`, undefined, card)
    return bytes
  }
  const splitOf = async (split: Split): Promise<PreparedSplit> => {
    const images = await bytesOf(`${split}.images`)
    const labels = numbersIn(await bytesOf(`${split}.labels`))
    return isGrouped(files) ? { images, labels, groups: numbersIn(await bytesOf(`${split}.groups`)) } : { images, labels }
  }
  return { card, form, parts, prepared, train: await splitOf('train'), test: await splitOf('test') }
}

/**
 * Writes a prepared form: into a temporary folder beside `folder`, synced, renamed. One that was there before is replaced.
 * @param form left out: the set's own.
 * @returns what `card.json` says.
 * @throws LabError `disk-full` or `write-failed`, with nothing half-written left; RangeError when the arrays do not fit the card.
 */
export async function writePreparedForm(
  folder: string,
  set: { card: DatasetCard; form?: DatasetForm; source: PreparedData['source']; train: PreparedSplit; test: PreparedSplit; preparedAt?: Date },
): Promise<PreparedCard> {
  const { train, test } = set
  const arrays = new Map<PreparedFile, Uint8Array>([
    ['train.images', train.images],
    ['train.labels', bytesOfNumbers(train.labels)],
    ['test.images', test.images],
    ['test.labels', bytesOfNumbers(test.labels)],
  ])
  if (train.groups !== undefined && test.groups !== undefined) {
    arrays.set('train.groups', bytesOfNumbers(train.groups))
    arrays.set('test.groups', bytesOfNumbers(test.groups))
  }
  checkArrays(set.card, arrays, [train, test])
  const files = PreparedCard.shape.files.parse(Object.fromEntries([...arrays].map(([file, bytes]) => [file, createHash('sha256').update(bytes).digest('hex')])))
  const prepared: PreparedData = {
    sha256: preparedIdentity(files),
    bytes: preparedBytes(set.card, isGrouped(files)),
    source: set.source,
    preparedAt: (set.preparedAt ?? new Date()).toISOString(),
  }
  const parts = countParts(set.card.classes.length, { train, test })
  const card = PreparedCard.parse({ format: 2, card: set.card, form: set.form ?? ownForm, prepared, parts, files })
  const temporary = temporaryBeside(folder)
  try {
    await mkdir(temporary, { recursive: true })
    for (const [file, bytes] of arrays) await writeSynced(path.join(temporary, file), bytes)
    await writeSynced(path.join(temporary, 'card.json'), Buffer.from(`${JSON.stringify(card, null, 2)}\n`))
    await syncFolder(temporary)
    await replaceFolder(temporary, folder)
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true })
    throw writeProblem(thrown, folder)
  }
  return card
}

function checkArrays(card: DatasetCard, arrays: ReadonlyMap<PreparedFile, Uint8Array>, splits: readonly PreparedSplit[]): void {
  const sizes = preparedSizes(card, arrays.has('train.groups'))
  for (const [file, { byteLength }] of arrays) {
    if (byteLength !== sizes.get(file)) throw new RangeError(`${file} of ${card.id} has ${byteLength} bytes instead of ${sizes.get(file)}`)
  }
  if (splits.some(({ labels }) => labels.some((label) => label >= card.classes.length))) throw new RangeError(`${card.id} has a label without a class`)
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Puts a finished folder in the place of another one, which need not exist. No system renames onto a folder with files
 * in it, so the old one steps aside first, under a temporary name.
 */
export async function replaceFolder(from: string, to: string): Promise<void> {
  const aside = temporaryBeside(to)
  const existed = await rename(to, aside).then(
    () => true,
    (thrown: unknown) => {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return false
      throw thrown
    },
  )
  await rename(from, to)
  await syncFolder(path.dirname(to))
  if (existed) await rm(aside, { recursive: true, force: true })
}
