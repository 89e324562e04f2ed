import { z } from 'zod'
import { Problem } from '../words/problems.ts'
import { RunId } from './run.ts'

/** Days after which a run in the bin is deleted for good. */
export const binDays = 30

/** Runs that could not be deleted for good, each with the reason. They stay in the bin. */
const Left = z.array(z.strictObject({ run: RunId, problem: Problem }))

/** How the bin is being emptied; ends with `emptied`. `bytes`: of the checkpoint files that are gone. */
export const EmptyingEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('emptying'),
    done: z.int().min(0),
    total: z.int().min(0),
    bytes: z.int().min(0),
  }),
  z.strictObject({ kind: z.literal('emptied'), runs: z.int().min(0), bytes: z.int().min(0), left: Left }),
])
export type EmptyingEvent = z.infer<typeof EmptyingEvent>

/** What giving back space came to. */
export const SpaceGiven = z.strictObject({
  /** Checkpoints that were deleted, and the bytes of their files. */
  checkpoints: z.int().min(0),
  bytes: z.int().min(0),
})
export type SpaceGiven = z.infer<typeof SpaceGiven>

const bytes = z.int().min(0)

/** What a home folder takes of the disk, in bytes. */
export const DiskUse = z.strictObject({
  /** Of everything in it. */
  total: bytes,
  /** The history; of it `reusable` is free for coming runs. */
  history: bytes,
  reusable: bytes,
  /** Checkpoints of all runs; `bin` of them are of runs in the bin. */
  checkpoints: bytes,
  bin: bytes,
  datasets: bytes,
  /** What was computed about networks and can be computed again. */
  computed: bytes,
  other: bytes,
  /** How many runs lie in the bin. */
  binned: z.int().min(0),
  /** Of the checkpoints of each run that was asked for. */
  runs: z.array(z.strictObject({ run: RunId, bytes })),
  /** Free on the disk. */
  free: bytes,
})
export type DiskUse = z.infer<typeof DiskUse>
