import { LabError, problem, type Problem } from '../words/problems.ts'
import { isOneSetting } from './sweepSettings.ts'
import type { SweepAxis, SweepPlan } from './sweepPlan.ts'
import type { SweepValue } from './sweepValue.ts'
import { requestWith } from './trialRequest.ts'

/** The most combinations of values that are tried: enough for any that is typed, few enough for each key. */
const mostTries = 100

/** The values of a setting that stand for all others: of a range its ends. */
function telling({ values }: SweepAxis): readonly SweepValue[] {
  return values.kind === 'list' ? values.list : [values.from, values.to]
}

/**
 * What is wrong with the settings of a plan, by setting, as far as it shows before the data are asked: one that changes
 * what an earlier one changes, a value that cannot be, and one that cannot be together with that of an earlier setting.
 */
export function axisProblems({ base, axes }: Pick<SweepPlan, 'base' | 'axes'>): ReadonlyMap<string, Problem> {
  const problems = new Map<string, Problem>()
  let tries = 0
  function attempt(setting: string, values: readonly (readonly [string, SweepValue])[]): void {
    if (problems.has(setting) || tries >= mostTries) return
    tries += 1
    try {
      requestWith(base, new Map(values))
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown
      problems.set(setting, thrown.problem)
    }
  }
  for (const [index, axis] of axes.entries()) {
    const { setting } = axis
    const before = axes.slice(0, index).filter((one) => !problems.has(one.setting))
    const same = before.find((one) => isOneSetting(one.setting, setting))
    if (same !== undefined) problems.set(setting, problem('sweep-settings-same', { one: same.setting, other: setting }))
    for (const value of telling(axis)) attempt(setting, [[setting, value]])
    for (const one of before)
      for (const earlier of telling(one))
        for (const value of telling(axis))
          attempt(setting, [
            [one.setting, earlier],
            [setting, value],
          ])
  }
  return problems
}
