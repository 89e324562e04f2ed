import { z } from 'zod'
import { DatasetId, Sha256 } from '../data/dataset.ts'
import { RunColour } from '../run/marks.ts'
import { PresetId } from '../run/presetId.ts'
import { RunId, RunState } from '../run/run.ts'

/** An accuracy in 0..1, chosen or measured at a step. */
const Measured = z.strictObject({ step: z.int().min(0), accuracy: z.number().min(0).max(1), loss: z.number() })

/**
 * A run in one flat row, as tables, searches and groups of many runs need it. It has no configuration: that is asked
 * for run by run. What a person has said of the run (name, note, tags, star, colour) stands beside what it was begun with and
 * what has come of it.
 */
export const RunFacts = z.strictObject({
  id: RunId,
  /** Given by a person; null where the run has only its number. */
  name: z.string().nullable(),
  note: z.string(),
  /** In alphabetical order, each once. */
  tags: z.array(z.string()),
  star: z.boolean(),
  /** In charts and tables; null where it has the one that its number gives it. */
  colour: RunColour.nullable(),
  archived: z.boolean(),
  /** When it was put into the bin; null where it was not. */
  deletedAt: z.iso.datetime().nullable(),
  set: DatasetId,
  preset: PresetId,
  /** Name of the network: of one's own as it was called then, or null for that of the preset. */
  network: z.string().nullable(),
  optimizer: z.string(),
  schedule: z.string(),
  /** Learning rate: the highest of its schedule. */
  rate: z.number(),
  /** Images a step. */
  batch: z.int().min(1),
  seed: z.int().min(0),
  /** Steps that it is to reach, and epochs that these are. */
  steps: z.int().min(1),
  epochs: z.number().min(0),
  /** Steps that it has reached. */
  step: z.int().min(0),
  state: RunState,
  /** On the validation images where some are held out, otherwise on the test set; as RunSummary has it. */
  best: Measured.nullable(),
  last: Measured.nullable(),
  /** Accuracy on the test set that a person expected, in 0..1; null where none was. */
  expected: z.number().min(0).max(1).nullable(),
  /** By how much it went beyond what was expected, below 0 where it fell short; null while that is open. */
  off: z.number().min(-1).max(1).nullable(),
  /** Training seconds. */
  seconds: z.number().min(0),
  /** Of its checkpoint files. */
  bytes: z.int().min(0),
  /** The sweep that it belongs to; null for none. */
  sweep: z.int().min(1).nullable(),
  /** sha256 of its configuration without the seed: runs that repeat each other have one. */
  repeats: Sha256,
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})
export type RunFacts = z.infer<typeof RunFacts>
