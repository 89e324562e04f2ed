import { phrase, type Phrase } from '../words/phrases.ts'
import { LabError, refuse } from '../words/problems.ts'
import { chooseLabelling } from './chooseLabelling.ts'
import { choosePartings } from './choosePartings.ts'
import { framesOf, type Frame } from './frame.ts'
import type { Labelling } from './labelling.ts'
import { makeReading, type WholeReading } from './makeReading.ts'
import type { Parting } from './parting.ts'
import type { FoundFiles, ReadFiles } from './readImage.ts'
import type { ReadingWishes } from './readingWishes.ts'
import type { Tables } from './tables.ts'
import { tablesAt } from './tablesAt.ts'

/** Most readings that a person is offered. */
const mostReadings = 8

/**
 * Reads a person's own images: finds the ways in which folders and tables can tell the classes and parts, and the one
 * that is meant, if there is no doubt. A pure function of the files, independent of their order.
 * @throws LabError where no reading gives two classes, for wishes that the files cannot fulfil, and for tables that
 *   contradict themselves.
 */
export function readImages(found: FoundFiles, wishes: ReadingWishes): ReadFiles {
  if (found.pictures.length === 0) refuse('images-missing', {})
  const frames = framesOf(found.pictures, wishes)
  const candidates = candidatesInAll(frames, found, wishes)
  const meant = distinct(tried(candidates.filter((one) => one.meant)))
  // Folders that look like parts but hold no classes may be classes, but a person must say so.
  const doubtful = frames.some((frame) => candidates.every((one) => one.frame !== frame))
  if (meant.length > 1 || doubtful)
    return { readings: shown(meant), question: questionOf(meant), images: meant[0].images }
  const others = tried(
    candidates.filter((one) => !one.meant),
    meant,
  )
  return { readings: shown(distinct([...meant, ...others])), question: null, images: meant[0].images }
}

/** A reading that is possible, before its images are put together. */
interface Candidate {
  readonly frame: Frame
  readonly tables: Tables
  readonly labelling: Labelling
  readonly parting: Parting
  readonly found: FoundFiles
  readonly wishes: ReadingWishes
  /** Whether it may be what its owner means; the others are offered in case he means something else. */
  readonly meant: boolean
}

/**
 * The candidates of all frames.
 * @throws what speaks against the first frame, if there are none.
 */
function candidatesInAll(frames: readonly Frame[], found: FoundFiles, wishes: ReadingWishes): Candidate[] {
  const around = { found, wishes, severalFrames: frames.length > 1 }
  const { passed, refusals } = withoutRefused(frames, (frame) => candidatesIn(frame, around))
  if (passed.length === 0) throw refusals[0]
  return passed.flat()
}

/** What work makes of each item, without those that it refuses. */
function withoutRefused<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
): { readonly passed: readonly Result[]; readonly refusals: readonly LabError[] } {
  const passed: Result[] = []
  const refusals: LabError[] = []
  for (const item of items) {
    try {
      passed.push(work(item))
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown
      refusals.push(thrown)
    }
  }
  return { passed, refusals }
}

interface Around {
  readonly found: FoundFiles
  readonly wishes: ReadingWishes
  readonly severalFrames: boolean
}

function candidatesIn(frame: Frame, around: Around): Candidate[] {
  const { found, wishes: given, severalFrames } = around
  const tables = tablesAt(found.tables, found.pictures, frame, given)
  if (tables.pathColumns.length > 0)
    return tables.pathColumns.flatMap((pathColumn) =>
      candidatesIn(frame, { ...around, wishes: { ...given, pathColumn } }),
    )
  const labels = chooseLabelling(frame.labelling, tables.columns, given)
  if (labels.meant.length === 0) tables.refuseUnlabelled(frame, given)
  const severalLabellings = labels.meant.length + labels.others.length > 1
  const of = (labelling: Labelling, likely: boolean): Candidate[] => {
    const offered = { folders: frame.parting, ...tables.partingsFor(labelling) }
    const parts = choosePartings(offered, given, labelling.of.keys())
    if (parts.meant.length === 0) tables.refuseUnparted(given)
    const severalPartings = parts.meant.length + parts.others.length > 1
    const candidate = (parting: Parting, meant: boolean): Candidate => ({
      frame,
      tables,
      labelling,
      parting,
      found,
      meant,
      wishes: {
        ...given,
        ...(severalFrames ? frame.wishes : {}),
        ...(severalLabellings ? labelling.wishes : {}),
        ...(severalPartings ? parting.wishes : {}),
      },
    })
    return [
      ...parts.meant.map((parting) => candidate(parting, likely)),
      ...(likely ? parts.others.map((parting) => candidate(parting, false)) : []),
    ]
  }
  return [...labels.meant.flatMap((one) => of(one, true)), ...labels.others.flatMap((one) => of(one, false))]
}

/** A candidate that gives a set. */
interface Tried extends WholeReading {
  readonly candidate: Candidate
}

/**
 * The candidates that give a set.
 * @param besides If it is left out, at least one must.
 * @throws what speaks against the first, if none does.
 */
function tried(candidates: readonly Candidate[], besides?: readonly Tried[]): readonly Tried[] {
  const { passed: whole, refusals } = withoutRefused(candidates, (candidate): Tried => ({
    candidate,
    ...wholeReading(candidate),
  }))
  const [first] = refusals
  if (whole.length === 0 && besides === undefined && first !== undefined) throw first
  return whole
}

function wholeReading({ frame, tables, labelling, parting, found, wishes }: Candidate): WholeReading {
  return makeReading({
    pictures: found.pictures,
    labelling,
    parting,
    whyWithout: (picture) => whyWithout(picture, labelling, frame),
    tables: tables.uses(labelling, parting),
    leftOut: found.leftOut,
    wishes,
  })
}

function whyWithout(picture: string, { source }: Labelling, frame: Frame): Phrase {
  if (source.from === 'columns') return phrase('not-named-by-table', {})
  if (frame.repeated.has(picture)) return phrase('in-repeated-folder', {})
  const part = frame.parting?.of.get(picture)
  if (part === 'unlabelled') return phrase('in-unlabelled-part', {})
  return part === undefined ? phrase('beside-class-folders', {}) : phrase('in-part-without-class', {})
}

/** Readings that give different images, or the same images with other labels or parts. */
function distinct(all: readonly Tried[]): Tried[] {
  const byImages = new Map<string, Tried>()
  for (const one of all) {
    const key = one.images.map((image) => Object.values(image).join('\0')).join('\n')
    if (!byImages.has(key)) byImages.set(key, one)
  }
  return [...byImages.values()]
}

function shown(all: readonly Tried[]): ReadFiles['readings'] {
  return all.slice(0, mostReadings).map(({ reading }) => reading)
}

/** What a person must decide: the first thing in which the readings differ. */
function questionOf(meant: readonly Tried[]): Phrase {
  const differ = (of: (one: Candidate) => unknown): boolean =>
    new Set(meant.map(({ candidate }) => JSON.stringify(of(candidate)))).size > 1
  if (differ(({ wishes }) => wishes.pathColumn)) return phrase('question-paths', {})
  if (differ(({ labelling }) => labelling.source)) return phrase('question-labels', {})
  const framesOfMeant = new Set(meant.map(({ candidate }) => candidate.frame)).size
  return framesOfMeant > 1 || meant.length === 1 ? phrase('question-folders', {}) : phrase('question-parts', {})
}
