import type { Optimizer, PresetId, Schedule } from '../../core/run/run.ts'
import {
  applies,
  changedFields,
  type FormNumber,
  type FormNumbers,
  numbersOf,
  type RunForm,
  startOf,
} from './runForm.ts'

/** A setting of the next run that was replaced when something else was chosen. */
export type ReplacedSetting =
  | { readonly setting: FormNumber; readonly before: number | null; readonly after: number | null }
  | { readonly setting: 'network'; readonly before: PresetId; readonly after: PresetId }
  | { readonly setting: 'optimizer'; readonly before: Optimizer['kind']; readonly after: Optimizer['kind'] }
  | { readonly setting: 'schedule'; readonly before: Schedule['kind']; readonly after: Schedule['kind'] }
  | { readonly setting: 'distort'; readonly before: boolean; readonly after: boolean }
  /** What the form cannot show, because it was taken from a run. */
  | { readonly setting: 'more' }

/**
 * The settings that a person had edited in one form and that another form has otherwise. A number that does not apply
 * any more is null there.
 * @param now The numbers of the other form, as they are for the chosen images.
 */
export function replacedSettings(before: RunForm, after: RunForm, now: FormNumbers): ReplacedSetting[] {
  const [was, is] = [startOf(before), startOf(after)]
  const old = numbersOf(before)
  const replaced: ReplacedSetting[] = []
  if (before.optimizer !== null && was.optimizer.kind !== is.optimizer.kind)
    replaced.push({ setting: 'optimizer', before: was.optimizer.kind, after: is.optimizer.kind })
  if (before.schedule !== null && was.schedule.kind !== is.schedule.kind)
    replaced.push({ setting: 'schedule', before: was.schedule.kind, after: is.schedule.kind })
  for (const setting of changedFields(before)) {
    const value = applies(after, setting) ? now[setting] : null
    if (!Object.is(old[setting], value)) replaced.push({ setting, before: old[setting], after: value })
  }
  if (!before.distort && after.distort) replaced.push({ setting: 'distort', before: false, after: true })
  return replaced
}
