import type { Checkpoint, RunSummary } from '../../../core/run/run.ts'
import * as m from '../../messages/compiled/messages.js'
import type { Formats } from '../../text/formats.ts'

/**
 * The step that a person chose, and that of the newest checkpoint where they chose none or it is there no more.
 * @param checkpoints By ascending step; at least one.
 */
export function chosenStep(checkpoints: readonly Checkpoint[], chosen: number | null): number {
  const known = checkpoints.find(({ step }) => step === chosen) ?? checkpoints[checkpoints.length - 1]
  return known.step
}

/** A run's checkpoints to choose from, the newest first, with the best and the last one named. */
export function checkpointOptions(
  run: Pick<RunSummary, 'best'>,
  checkpoints: readonly Checkpoint[],
  format: Formats,
): { readonly value: string; readonly label: string }[] {
  const last = checkpoints.at(-1)?.step
  return checkpoints.toReversed().map(({ step }) => {
    const text = format.whole(step)
    const name =
      step === run.best?.step
        ? m.branch_at_best({ step: text })
        : step === last
          ? m.branch_at_last({ step: text })
          : m.checkpoint_step({ step: text })
    return { value: String(step), label: name }
  })
}
