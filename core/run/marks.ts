import { z } from 'zod'
import { nameKey } from '../words/nameKey.ts'
import { refuse } from '../words/problems.ts'

/** The most characters of a run's name, of a tag and of a note. */
const longestName = 100
const longestTag = 40
const longestNote = 10_000

/** The name of a run: up to 100 characters of any script, checked in a sentence by `checkedRunName`. */
export const RunName = z.string().max(longestNote)

/** A tag: up to 40 characters without a comma, checked in a sentence by `checkedTag`. */
export const Tag = z.string().max(longestNote)

/** A note about a run: up to 10,000 characters, checked in a sentence by `checkedNote`. */
export const RunNote = z.string().max(1_000_000)

/** Number of a colour of the themes' series. */
export const RunColour = z.literal([1, 2, 3, 4, 5, 6])
export type RunColour = z.infer<typeof RunColour>

/** What a person has said of a run. It changes no bit of it and may change at any time. */
export const RunMarks = z.strictObject({
  /** Null where the run has only its number. */
  name: RunName.nullable(),
  note: RunNote,
  /** In alphabetical order, each once. */
  tags: z.array(Tag),
  star: z.boolean(),
  /** In charts and tables; null where it has the one that its number gives it. */
  colour: RunColour.nullable(),
  /** Put away: it is shown only where somebody asks for archived runs. */
  archived: z.boolean(),
})
export type RunMarks = z.infer<typeof RunMarks>

/** What is to change of the marks of runs; what is left out stays. Null as a name: the run has only its number again. */
export const MarkChanges = z.strictObject({
  name: RunName.nullable().optional(),
  note: RunNote.optional(),
  addTags: z.array(Tag).max(100).optional(),
  removeTags: z.array(Tag).max(100).optional(),
  star: z.boolean().optional(),
  colour: RunColour.nullable().optional(),
  archived: z.boolean().optional(),
})
export type MarkChanges = z.infer<typeof MarkChanges>

/** Characters that change how a line is written instead of standing in it, and those that order the letters anew. */
const unwritten = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u
const seen = /[^\p{Z}\p{C}]/u

/** The number of characters of a text, as a person counts them. */
export function lengthOf(text: string): number {
  return [...text].length
}

/**
 * Checks a name that a person gives to a run.
 * @returns the name without outer blanks; null for one of blanks alone, which takes the name away.
 * @throws LabError `run-name-unwritten` or `run-name-too-long`.
 */
export function checkedRunName(name: string): string | null {
  const trimmed = name.trim().normalize('NFC')
  if (unwritten.test(trimmed)) refuse('run-name-unwritten', {})
  const length = lengthOf(trimmed)
  if (length > longestName) refuse('run-name-too-long', { length, most: longestName })
  return seen.test(trimmed) ? trimmed : null
}

/**
 * Checks a tag.
 * @returns the tag without outer blanks.
 * @throws LabError `tag-blank`, `tag-unwritten`, `tag-with-comma` or `tag-too-long`.
 */
export function checkedTag(tag: string): string {
  const trimmed = tag.trim().normalize('NFC')
  if (!seen.test(trimmed)) refuse('tag-blank', {})
  if (unwritten.test(trimmed)) refuse('tag-unwritten', {})
  if (trimmed.includes(',')) refuse('tag-with-comma', { tag: trimmed })
  const length = lengthOf(trimmed)
  if (length > longestTag) refuse('tag-too-long', { length, most: longestTag })
  return trimmed
}

/**
 * Checks a note. Lines and tabs may stand in it.
 * @throws LabError `note-too-long`.
 */
export function checkedNote(note: string): string {
  const length = lengthOf(note)
  if (length > longestNote) refuse('note-too-long', { length, most: longestNote })
  return note
}

/** Compares tags as lists of them are ordered. */
export function byTag(one: string, other: string): number {
  const [a, b] = [nameKey(one), nameKey(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Marks after a change whose names, notes and tags have been checked; tags are told apart as `nameKey` does. */
export function marked<Run extends RunMarks>(run: Run, changes: MarkChanges): Run {
  const { name = run.name, note = run.note, star = run.star } = changes
  const { colour = run.colour, archived = run.archived } = changes
  const removed = new Set((changes.removeTags ?? []).map(nameKey))
  const tags = new Map(run.tags.filter((tag) => !removed.has(nameKey(tag))).map((tag) => [nameKey(tag), tag]))
  for (const tag of changes.addTags ?? []) tags.set(nameKey(tag), tag)
  return { ...run, name, note, star, colour, archived, tags: [...tags.values()].sort(byTag) }
}
