import { z } from 'zod'
import { RequestChanges } from '../run/changedRequest.ts'
import { Goal } from '../run/run.ts'
import type { HintKind } from './hintKind.ts'
import type { ObservedRun } from './observedRun.ts'
import { LessonId } from '../lessons/lessonId.ts'

const Step = z.int().min(0)
const share = z.number().min(0).max(1)

/** What a person can do about a hint. Changes are of the run's own settings. */
export const Remedy = z.discriminatedUnion('kind', [
  /** A new run that begins with the checkpoint at a step. */
  z.strictObject({ kind: z.literal('branch'), at: Step, changes: RequestChanges }),
  /** A new run from the beginning. */
  z.strictObject({ kind: z.literal('anew'), changes: RequestChanges }),
  /** The run itself goes on to this step. */
  z.strictObject({ kind: z.literal('continue'), goal: Goal }),
])
export type Remedy = z.infer<typeof Remedy>

/** Where on the curves it shows; both ends included. */
const seen = { from: Step, to: Step }

function hintOf<Kind extends HintKind, Evidence extends z.ZodRawShape>(kind: Kind, evidence: Evidence) {
  return z.strictObject({
    kind: z.literal(kind),
    evidence: z.strictObject(evidence),
    lesson: LessonId,
    /** The most promising first; none where nothing is wrong. */
    remedies: z.array(Remedy),
  })
}

/**
 * What was noticed about a run, with the steps and values that show it. Losses are means over batches; `chance` is the
 * loss of a network that gives every class the same probability, the logarithm of their number.
 */
export const Hint = z.discriminatedUnion('kind', [
  hintOf('rate-too-high', { ...seen, loss: z.number().nullable(), chance: z.number(), rate: z.number() }),
  hintOf('loss-at-chance', { ...seen, loss: z.number(), chance: z.number(), rate: z.number() }),
  /** `swing`: how far the accuracy of neighbouring stretches differs; `expected`: how far it would by chance alone. */
  hintOf('saw-tooth', { ...seen, swing: share, expected: share }),
  /** Losses on the images that do not train: the lowest, at `from`, and the last ones. */
  hintOf('overfitting', { ...seen, lowest: z.number(), last: z.number() }),
  hintOf('plateau', { ...seen, loss: z.number() }),
  /** Losses at the two ends: in the two last fifths of the run, or of the images that do not train since its middle. */
  hintOf('ended-improving', { ...seen, before: z.number(), last: z.number() }),
  hintOf('trains-below-test', { ...seen, train: share, test: share }),
  hintOf('dead-units', { ...seen, layer: z.string(), silent: share }),
  /** `ratio`: the layer's gradient, divided by the largest of any layer. */
  hintOf('vanished-gradient', { ...seen, layer: z.string(), ratio: z.number().min(0) }),
  hintOf('unequal-classes', { smallest: Step, largest: Step }),
  hintOf('test-duplicates', { twins: Step, images: Step }),
  hintOf('few-steps-an-epoch', { steps: z.number().min(0), batch: z.int().min(1) }),
])
export type Hint = z.infer<typeof Hint>

/** A hint of one kind. */
export type HintOf<Kind extends HintKind> = Extract<Hint, { kind: Kind }>

/** Looks for one thing in a run; null where it does not see it. */
export type Detector = (run: ObservedRun) => Hint | null
