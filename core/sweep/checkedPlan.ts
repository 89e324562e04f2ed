import { refuse } from '../words/problems.ts'
import type { RunRequest } from '../run/run.ts'
import { runCount } from './sweepPoints.ts'
import { mostRuns, unaskedRuns, type SweepPlan } from './sweepPlan.ts'
import { isOneSetting } from './sweepSettings.ts'
import { requestOfTrial } from './trialRequest.ts'

/**
 * Checks how many runs a plan has.
 * @param confirmed The number that a person has said; null where nobody was asked.
 * @throws LabError `sweep-too-large`, or `sweep-asks` with the number.
 */
export function checkSize(plan: SweepPlan, confirmed: number | null): void {
  const runs = runCount(plan)
  if (runs > mostRuns) refuse('sweep-too-large', { most: mostRuns })
  if (runs > unaskedRuns && confirmed !== runs) refuse('sweep-asks', { runs })
}

/**
 * Checks that no two settings of a plan change the same thing.
 * @throws LabError `sweep-settings-same`.
 */
export function checkSettings({ axes }: Pick<SweepPlan, 'axes'>): void {
  for (const [index, { setting: other }] of axes.entries()) {
    const same = axes.slice(0, index).find(({ setting }) => isOneSetting(setting, other))
    if (same !== undefined) refuse('sweep-settings-same', { one: same.setting, other })
  }
}

/**
 * The trials that are checked before a sweep begins: all up to `unaskedRuns`; of a larger one the first so many, and as
 * many spread over the others. Runs of one point differ in their seed alone, so one of each point is enough.
 */
export function trialsToCheck(plan: SweepPlan): number[] {
  const points = Math.ceil(runCount(plan) / plan.seeds)
  const all = Array.from({ length: Math.min(points, unaskedRuns) }, (_, point) => point)
  const more =
    points <= unaskedRuns
      ? []
      : Array.from({ length: unaskedRuns }, (_, index) => Math.floor(((index + 1) * (points - 1)) / unaskedRuns))
  return [...new Set([...all, ...more])].map((point) => point * plan.seeds)
}

/**
 * Checks trials of a plan as runs are checked where they start.
 * @param check Throws what is wrong with a request.
 * @param turn Awaited after each so many checks, so that nothing else waits for long.
 */
export async function checkTrials(
  plan: SweepPlan,
  check: (request: RunRequest) => void,
  turn: () => Promise<void>,
): Promise<void> {
  const each = 10
  for (const [index, trial] of trialsToCheck(plan).entries()) {
    check(requestOfTrial(plan, trial))
    if (index % each === each - 1) await turn()
  }
}
