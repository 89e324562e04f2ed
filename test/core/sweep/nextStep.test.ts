import { describe, expect, test } from 'vitest'
import { nextStep, type NextStep } from '../../../core/sweep/nextStep.ts'
import { rankedPoints } from '../../../core/sweep/rankedPoints.ts'
import { rungsOf } from '../../../core/sweep/rungs.ts'
import type { SweepPlan } from '../../../core/sweep/sweepPlan.ts'
import type { SweepProgress, TrialProgress } from '../../../core/sweep/sweepTrial.ts'
import { standingOf } from '../../../core/sweep/trialStanding.ts'
import { listed, samplePlan } from './samplePlan.ts'

const nothing: SweepProgress = { trials: new Map(), begun: 0 }

/** Carries out a step as training would, with an accuracy that the trial and the steps decide. */
function carriedOut(
  plan: SweepPlan,
  progress: SweepProgress,
  step: NextStep,
  accuracy: (trial: number, steps: number) => number | null,
): SweepProgress {
  if (step.kind === 'wait' || step.kind === 'end') return progress
  const { trial } = step
  const goal = step.goal ?? plan.base.goal
  const before = progress.trials.get(trial)
  const reached = accuracy(trial, goal)
  const after: TrialProgress = {
    trial,
    run: trial + 1,
    state: reached === null ? 'failed' : 'done',
    goal,
    step: goal,
    problem: null,
    trainingSeconds: goal / 100,
    accuracies: new Map([...(before?.accuracies ?? []), ...(reached === null ? [] : [[goal, reached] as const])]),
  }
  return {
    trials: new Map([...progress.trials, [trial, after]]),
    begun: Math.max(progress.begun, trial + 1),
  }
}

/** All steps of a sweep up to its end, as `trial@goal`. */
function course(plan: SweepPlan, accuracy: (trial: number, steps: number) => number | null, from = nothing) {
  let progress = from
  const steps: string[] = []
  for (;;) {
    const step = nextStep(plan, progress)
    if (step.kind === 'wait' || step.kind === 'end') return { steps, end: step, progress }
    steps.push(`${step.trial}@${step.goal ?? plan.base.goal}`)
    progress = carriedOut(plan, progress, step, accuracy)
  }
}

/** Twelve points of which later ones are better. */
const twelve = samplePlan({
  axes: [listed('batch', ...Array.from({ length: 12 }, (_, index) => index + 1))],
  halving: { firstSteps: 100, factor: 3 },
})
const rising = (trial: number, steps: number): number => trial / 100 + steps / 10_000

describe('a grid', () => {
  test('trains each trial in its order, to its own goal', () => {
    const plan = samplePlan()
    expect(course(plan, rising)).toMatchObject({
      steps: ['0@900', '1@900', '2@900', '3@900', '4@900', '5@900'],
      end: { kind: 'end', because: 'complete' },
    })
    expect(nextStep(plan, nothing)).toEqual({ kind: 'begin', trial: 0, goal: null })
  })

  test('ends where the runs or the minutes of its budget are used up', () => {
    expect(course(samplePlan({ budget: { minutes: null, runs: 2 } }), rising)).toMatchObject({
      steps: ['0@900', '1@900'],
      end: { because: 'runs' },
    })
    // Each takes nine seconds.
    expect(course(samplePlan({ budget: { minutes: 0.4, runs: null } }), rising)).toMatchObject({
      steps: ['0@900', '1@900', '2@900'],
      end: { because: 'minutes' },
    })
  })

  test('goes on after a run that failed or whose run was deleted', () => {
    const plan = samplePlan()
    const { progress } = course(plan, (trial) => (trial === 1 ? null : 0.5))
    expect(progress.begun).toBe(6)
    const trials = new Map(progress.trials)
    trials.delete(3)
    expect(nextStep(plan, { trials, begun: 4 })).toEqual({ kind: 'begin', trial: 4, goal: null })
  })
})

describe('halving', () => {
  test('has rungs of so many times the steps, up to the goal', () => {
    expect(rungsOf(twelve)).toEqual([100, 300, 900])
    expect(rungsOf(samplePlan({ halving: { firstSteps: 200, factor: 3 } }))).toEqual([200, 600, 900])
  })

  test('raises the best third of a rung as soon as it is known, the highest rung first', () => {
    const { steps, end } = course(twelve, (trial, steps_) => (12 - trial) / 100 + steps_ / 10_000)
    // The first is the best, so it is raised after three; nothing better comes later.
    expect(steps.slice(0, 4)).toEqual(['0@100', '1@100', '2@100', '0@300'])
    expect(steps.filter((step) => step.endsWith('@100'))).toHaveLength(12)
    expect(steps.filter((step) => step.endsWith('@300'))).toEqual(['0@300', '1@300', '2@300', '3@300'])
    expect(steps.filter((step) => step.endsWith('@900'))).toEqual(['0@900'])
    expect(end).toEqual({ kind: 'end', because: 'complete' })
  })

  test('decides the same from what is stored, wherever it was broken off', () => {
    const whole = course(twelve, rising)
    let progress = nothing
    for (const [index, expected] of whole.steps.entries()) {
      const step = nextStep(twelve, progress)
      if (step.kind !== 'begin' && step.kind !== 'go-on') throw new Error('ended too early')
      expect(`${step.trial}@${step.goal}`).toBe(expected)
      // Broken off in the middle of this one: the same run goes on, to the same goal.
      const done = carriedOut(twelve, progress, step, rising).trials.get(step.trial)
      if (done === undefined) throw new Error('no such trial')
      const accuracies = progress.trials.get(step.trial)?.accuracies ?? new Map<number, number>()
      const broken = { ...done, state: 'interrupted', problem: 'lab-interrupted', step: 3, accuracies } as const
      const begun = Math.max(progress.begun, step.trial + 1)
      expect(
        nextStep(twelve, { begun, trials: new Map([...progress.trials, [step.trial, broken]]) }),
        `after ${index} steps`,
      ).toEqual({ kind: 'go-on', trial: step.trial, run: step.trial + 1, goal: step.goal })
      progress = carriedOut(twelve, progress, step, rising)
    }
  })

  test('never raises a run that failed, though it counts among those it is measured against', () => {
    const { steps } = course(twelve, (trial, steps_) => (trial < 9 ? null : rising(trial, steps_)))
    expect(steps.filter((step) => step.endsWith('@300'))).toHaveLength(3)
    expect(steps.filter((step) => step.endsWith('@300')).every((step) => Number(step.split('@')[0]) >= 9)).toBe(true)
  })

  test('judges a point by the mean of its seeds, and raises all of them', () => {
    const plan = { ...twelve, axes: [listed('batch', 1, 2, 3)], seeds: 2 }
    // The second point has the best single run, the third the best mean.
    const accuracies = [0.1, 0.1, 0.9, 0.1, 0.6, 0.6]
    const { steps, progress } = course(plan, (trial) => accuracies[trial])
    expect(steps.slice(6)).toEqual(['4@300', '5@300'])
    expect(rankedPoints(plan, progress, 0).map(({ point, place }) => [point, place])).toEqual([
      [2, 1],
      [1, 2],
      [0, 3],
    ])
  })

  test('says of each trial where it ended, and as which of how many', () => {
    const { progress } = course(twelve, (trial, steps) => (12 - trial) / 100 + steps / 10_000)
    const ranked = [0, 1, 2].map((rung) => rankedPoints(twelve, progress, rung))
    const standing = (trial: number, isOver: boolean) => {
      const one = progress.trials.get(trial)
      return one === undefined ? null : standingOf(twelve, one, ranked, isOver)
    }
    expect(standing(0, true)).toEqual({ standing: 'finished', rung: 2, place: 1, among: 1 })
    expect(standing(2, true)).toEqual({ standing: 'early', rung: 1, place: 3, among: 4 })
    expect(standing(11, true)).toEqual({ standing: 'early', rung: 0, place: 12, among: 12 })
    expect(standing(11, false)).toMatchObject({ standing: 'waiting' })
  })
})

test('a run that trains, or that a person queued again, is waited for', () => {
  const plan = samplePlan()
  const { progress } = course(plan, rising)
  const first = progress.trials.get(0)
  if (first === undefined) throw new Error('no trial')
  for (const state of ['training', 'queued'] as const)
    expect(nextStep(plan, { begun: 1, trials: new Map([[0, { ...first, state }]]) })).toEqual({ kind: 'wait' })
})
