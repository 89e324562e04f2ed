import type { EngineIdentity, Stretch } from './run.ts'

/** Whether two stretches of a run have the same bits as far as their engines decide it. */
export function sameEngine(one: EngineIdentity, other: EngineIdentity): boolean {
  return (
    one.tensorflow === other.tensorflow &&
    one.binding === other.binding &&
    one.node === other.node &&
    one.processor === other.processor &&
    one.threads === other.threads &&
    one.graphVersion === other.graphVersion
  )
}

/**
 * The stretches whose steps still stand. A stretch does not count if a later one began at or before its first step,
 * because all of its steps were computed again.
 * @param stretches in the order in which they were computed
 */
export function standingStretches(stretches: readonly Stretch[]): Stretch[] {
  return stretches.filter(
    (stretch, index) =>
      (stretch.toStep === null || stretch.toStep > stretch.fromStep) &&
      stretches.slice(index + 1).every((later) => later.fromStep > stretch.fromStep),
  )
}

/**
 * The first step that another engine, or another number of threads, computed than the first stretch of the run. From
 * there on the bits may differ from those of an unbroken run. Null when there is no such step.
 * @param stretches in the order in which they were computed
 */
export function mayDifferFrom(stretches: readonly Stretch[]): number | null {
  const left = standingStretches(stretches)
  const other = left.find((stretch) => !sameEngine(stretch.engine, left[0].engine))
  return other === undefined ? null : other.fromStep + 1
}
