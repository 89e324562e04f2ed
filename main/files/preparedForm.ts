import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { readFile, rm, utimes } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { type DatasetForm, ownForm } from '../../core/data/dataChoice.ts'
import type { DatasetCard, DatasetPart, PreparedData, Split } from '../../core/data/dataset.ts'
import { phrase, quoted, type Phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { countedParts } from '../../core/data/selection.ts'
import { temporaryBeside, writeProblem } from './atomicFile.ts'
import {
  filesOf,
  FirstCard,
  isGrouped,
  PreparedCard,
  preparedIdentity,
  preparedSizes,
  type PreparedFile,
  type PreparedSplit,
} from './preparedCard.ts'
import { PreparedFormWriter, type WrittenForm } from './preparedFormWriter.ts'
import { replaceFolder } from './replaceFolder.ts'

export interface PreparedArrays {
  readonly card: DatasetCard
  readonly form: DatasetForm
  readonly parts: readonly DatasetPart[]
  readonly prepared: PreparedData
  readonly train: PreparedSplit
  readonly test: PreparedSplit
}

/** @param card Card of the set, if it could be read. */
function damaged(folder: string, detail: Phrase, cause?: unknown, card?: Pick<DatasetCard, 'id' | 'name'>): never {
  const { id, name } = card ?? { id: path.basename(folder), name: path.basename(folder) }
  refuse('dataset-damaged', { dataset: name, id, detail }, { cause })
}

/** That a file cannot be read, and what the system says about it. */
export function unreadPhrase(file: string, thrown: unknown): Phrase {
  return phrase('file-unread', { file, why: quoted(thrown instanceof Error ? thrown.message : String(thrown)) })
}

/**
 * The cheap check: `card.json` is valid and every array has the right length. Reads no array.
 * @throws LabError `dataset-damaged`.
 */
export function checkPreparedSizes(folder: string): PreparedCard {
  const card = readCard(folder)
  for (const [file, expected] of preparedSizes(card.card, isGrouped(card.files))) {
    const size = statSync(path.join(folder, file), { throwIfNoEntry: false })?.size ?? 0
    if (size !== expected)
      damaged(folder, phrase('file-bytes-unlike', { file, bytes: size, wanted: expected }), undefined, card.card)
  }
  return card
}

/** Bytes to read and hash at once: about a millisecond of processor time. */
const hashedAtOnce = 1 << 20

/**
 * Makes sure that no array was altered. `card.json` is written last, so only arrays newer than it are read and hashed,
 * a piece at a time. If they all match (as in a copied folder), the card's time is updated, so that the next check is
 * cheap again.
 * @throws LabError `dataset-damaged`.
 */
export async function verifyPreparedForm(folder: string): Promise<void> {
  const { card, files } = checkPreparedSizes(folder)
  const cardFile = path.join(folder, 'card.json')
  const changedAt = (name: string): number => statSync(path.join(folder, name)).mtimeMs
  const newer = filesOf(isGrouped(files)).filter((file) => changedAt(file) > changedAt('card.json'))
  for (const file of newer) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(path.join(folder, file), { highWaterMark: hashedAtOnce }), hash).catch(
      (thrown: unknown) => damaged(folder, unreadPhrase(file, thrown), thrown, card),
    )
    if (hash.digest('hex') !== files[file]) damaged(folder, phrase('file-altered', { file }), undefined, card)
  }
  // In a folder that we may not write to, the arrays are hashed each time. That costs only time.
  if (newer.length > 0) await utimes(cardFile, new Date(), new Date()).catch(() => undefined)
}

/** The cards that were read last, by their files: a page that shows images asks for the same one again and again. */
const cards = new Map<string, { readonly file: string; readonly card: PreparedCard }>()

/** Most cards that are kept. */
const cardsKept = 64

/** The card of a form, read again when its file is another one. */
function readCard(folder: string): PreparedCard {
  const stat = statSync(path.join(folder, 'card.json'), { throwIfNoEntry: false })
  const file = stat === undefined ? null : `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`
  const known = cards.get(folder)
  if (known !== undefined && known.file === file) return known.card
  const card = parsedCard(folder)
  cards.delete(folder)
  if (file !== null) cards.set(folder, { file, card })
  for (const oldest of cards.keys()) {
    if (cards.size <= cardsKept) break
    cards.delete(oldest)
  }
  return card
}

function parsedCard(folder: string): PreparedCard {
  try {
    const read = z
      .union([PreparedCard, FirstCard])
      .parse(JSON.parse(readFileSync(path.join(folder, 'card.json'), 'utf8')))
    const card = read.format === 2 ? read : withParts(folder, read)
    if (preparedIdentity(card.files) === card.prepared.sha256) return card
  } catch (thrown) {
    // The messages of zod and the system are long. It is enough to know that the card is unreadable.
    damaged(folder, phrase('card-unread', {}), thrown)
  }
  damaged(folder, phrase('card-contradicts-itself', {}))
}

/** Completes a card of the first format by counting the labels. */
function withParts(folder: string, { card, prepared, files }: z.infer<typeof FirstCard>): PreparedCard {
  const labelsOf = (split: Split) => ({
    labels: numbersIn(readFileSync(path.join(folder, `${split}.labels`))),
    groups: null,
  })
  return {
    format: 2,
    card,
    form: ownForm,
    prepared,
    files,
    parts: countedParts({ train: labelsOf('train'), test: labelsOf('test') }, card.classes.length),
  }
}

/**
 * Reads uint16 numbers from the bytes of a file. Copied, because a Uint16Array needs an even offset and a small file
 * may come out of a shared pool.
 */
function numbersIn(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(Uint8Array.from(bytes).buffer)
}

/** The labels and groups of one split of a form whose sizes have been checked. Its images stay on disk. */
export async function readPreparedNumbers(
  folder: string,
  { files }: PreparedCard,
  split: Split,
): Promise<Pick<PreparedSplit, 'labels' | 'groups'>> {
  const labels = numbersIn(await readFile(path.join(folder, `${split}.labels`)))
  return isGrouped(files)
    ? { labels, groups: numbersIn(await readFile(path.join(folder, `${split}.groups`))) }
    : { labels }
}

/**
 * Reads a whole prepared form, and checks its sizes and the hashes of all arrays.
 * @throws LabError `dataset-damaged`.
 */
export async function readPreparedForm(folder: string): Promise<PreparedArrays> {
  const { card, form, parts, prepared, files } = checkPreparedSizes(folder)
  const bytesOf = async (file: PreparedFile): Promise<Uint8Array> => {
    const bytes = await readFile(path.join(folder, file)).catch((thrown: unknown) =>
      damaged(folder, unreadPhrase(file, thrown), thrown, card),
    )
    if (createHash('sha256').update(bytes).digest('hex') !== files[file])
      damaged(folder, phrase('file-altered', { file }), undefined, card)
    return bytes
  }
  const splitOf = async (split: Split): Promise<PreparedSplit> => {
    const images = await bytesOf(`${split}.images`)
    const labels = numbersIn(await bytesOf(`${split}.labels`))
    return isGrouped(files)
      ? { images, labels, groups: numbersIn(await bytesOf(`${split}.groups`)) }
      : { images, labels }
  }
  return { card, form, parts, prepared, train: await splitOf('train'), test: await splitOf('test') }
}

/**
 * Writes a prepared form from memory: into a temporary folder next to `folder`, synced, renamed. Replaces an existing
 * one.
 * @param form By default the set's own.
 * @returns the content of `card.json`.
 * @throws LabError `disk-full` or `write-failed`, with nothing half-written left; RangeError when the arrays do not fit
 *   the card.
 */
export async function writePreparedForm(
  folder: string,
  set: Omit<WrittenForm, 'form'> & { form?: DatasetForm; train: PreparedSplit; test: PreparedSplit },
): Promise<PreparedCard> {
  const { card, train, test } = set
  if (train.labels.length !== card.sizes.train || test.labels.length !== card.sizes.test)
    throw new RangeError(`${card.id} has other numbers of images than its card says`)
  const temporary = temporaryBeside(folder)
  const writer = await PreparedFormWriter.create(temporary, { card, grouped: train.groups !== undefined })
  try {
    await writer.add('train', train)
    await writer.add('test', test)
    const written = await writer.finish({ form: ownForm, ...set })
    await replaceFolder(temporary, folder).catch((thrown: unknown) => {
      throw writeProblem(thrown, folder)
    })
    return written
  } catch (thrown) {
    await writer.abandon()
    await rm(temporary, { recursive: true, force: true })
    throw thrown
  }
}
