import type { z } from 'zod'
import { canonicalJson } from '../numbers/canonicalJson.ts'
import { sameProcessor } from './processorName.ts'
import { EngineIdentity, type Stretch } from './run.ts'

/** A part of what identifies an engine. */
export const EngineField = EngineIdentity.keyof()
export type EngineField = z.infer<typeof EngineField>

function sameIn(field: EngineField, one: EngineIdentity, other: EngineIdentity): boolean {
  return field === 'processor' ? sameProcessor(one.processor, other.processor) : one[field] === other[field]
}

/** Whether two stretches of a run have the same bits as far as their engines decide it. */
export function sameEngine(one: EngineIdentity, other: EngineIdentity): boolean {
  return EngineField.options.every((field) => sameIn(field, one, other))
}

/** In what some engines differ. */
export function differingFields(engines: readonly EngineIdentity[]): EngineField[] {
  const distinct = [...new Map(engines.map((engine) => [canonicalJson(engine), engine])).values()]
  return EngineField.options.filter((field) =>
    distinct.some((one) => distinct.some((other) => !sameIn(field, one, other))),
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

/** Steps of a run that one engine on one computer computed. */
export type ComputedSteps = Pick<Stretch, 'fromStep' | 'toStep' | 'engine' | 'computer'>

/**
 * On what the steps of a run that still stand were computed. Stretches of one engine on one computer that follow each
 * other are one.
 * @param stretches in the order in which they were computed
 */
export function computedSteps(stretches: readonly Stretch[]): ComputedSteps[] {
  const computed: ComputedSteps[] = []
  const left = standingStretches(stretches)
  for (const [index, { fromStep, toStep, engine, computer }] of left.entries()) {
    const before = computed.at(-1)
    // What came after the beginning of the next one was computed again.
    const to = left.at(index + 1)?.fromStep ?? toStep
    const steps = { fromStep, toStep: to, engine, computer }
    if (before !== undefined && before.computer === computer && sameEngine(before.engine, engine))
      computed[computed.length - 1] = { ...steps, fromStep: before.fromStep }
    else computed.push(steps)
  }
  return computed
}
