import { z } from 'zod'
import { Readings } from './readingPlan.ts'

/**
 * What planning does: `walking` finds files in folders, `looking` tells pictures by their first bytes and reads tables,
 * `reading` does that in an archive, `showing` makes small pictures of the first images.
 */
export const PlanningStage = z.enum(['walking', 'looking', 'reading', 'showing'])
export type PlanningStage = z.infer<typeof PlanningStage>

/** How far planning is. */
export const PlanningProgress = z.strictObject({
  stage: PlanningStage,
  /** Files while it walks and looks, bytes while it reads, pictures while it shows. */
  done: z.int().min(0),
  /** Null while it walks. */
  total: z.int().min(0).nullable(),
  perSecond: z.number().min(0).nullable(),
  secondsLeft: z.number().min(0).nullable(),
})
export type PlanningProgress = z.infer<typeof PlanningProgress>

/** How files can be read, with small pictures of the images that the readings show first. */
export const PlannedReadings = z.strictObject({
  ...Readings.shape,
  /**
   * By path, the pictures of the readings' first images as addresses (`data:image/webp;base64,...`), at most 64 pixels
   * wide and high; null for one that cannot be decoded.
   */
  pictures: z.record(z.string(), z.string().nullable()),
  /** Whether files in archives were taken for pictures by their names. Their first bytes are looked at on importing. */
  byName: z.boolean(),
})
export type PlannedReadings = z.infer<typeof PlannedReadings>

/** What happens while a reading is planned. The last event is `planned`, or `packed`. */
export const PlanningEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), ...PlanningProgress.shape }),
  z.strictObject({ kind: z.literal('planned'), ...PlannedReadings.shape }),
  /** The file is a packed set, which needs no plan: it says itself what its images are. */
  z.strictObject({ kind: z.literal('packed'), name: z.string() }),
])
export type PlanningEvent = z.infer<typeof PlanningEvent>
