import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { DatasetCard, DatasetContents, DatasetPart, PreparedData } from '../../../core/data/dataset.ts'
import { ReadingPlan } from '../../../core/reading/readingPlan.ts'
import { writeFileAtomically } from '../../files/atomicFile.ts'

/** `set.json` in a set's folder: what is known of the set apart from its prepared forms. */
export const SetFile = z.strictObject({
  format: z.literal(1),
  /** The set's card, with the class names from its files. */
  card: DatasetCard,
  source: PreparedData.shape.source,
  /** What the collection holds; null for sets of arrays, whose forms say it. */
  collection: z.strictObject({ parts: z.array(DatasetPart).min(1), bytes: z.int().min(0) }).nullable(),
  published: DatasetContents.shape.published,
  edition: DatasetContents.shape.edition,
  broken: DatasetContents.shape.broken,
  missing: DatasetContents.shape.missing,
  /** Absent: nothing. */
  leftOut: DatasetContents.shape.leftOut.optional(),
  /** Absent: the set is published, or an older lab made it. */
  plan: ReadingPlan.optional(),
})
export type SetFile = z.infer<typeof SetFile>

/** Reads `set.json`; null if it is missing or unusable. */
export function readSetFile(folder: string): SetFile | null {
  try {
    return SetFile.parse(JSON.parse(readFileSync(path.join(folder, 'set.json'), 'utf8')))
  } catch {
    // Sets of an older lab have none. A damaged one can be treated as missing, because each form has its own card.
    return null
  }
}

/** @throws LabError `disk-full` or `write-failed`. */
export async function writeSetFile(folder: string, set: SetFile): Promise<void> {
  await writeFileAtomically(path.join(folder, 'set.json'), [
    new TextEncoder().encode(`${JSON.stringify(SetFile.parse(set), null, 2)}\n`),
  ])
}
