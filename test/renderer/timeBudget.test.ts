import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunRequest } from '../../core/run/run.ts'
import { fittedToSteps } from '../../core/run/timeBudget.ts'
import { NextRun } from '../../renderer/state/nextRun.svelte.ts'
import { TimeBudget } from '../../renderer/state/timeBudget.svelte.ts'
import { animals } from './dataSets.ts'
import { Answers, calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleView } from './sampleRuns.ts'

interface Asked {
  readonly request: RunRequest
  readonly seconds: number
}

const measurements = new Answers<Asked, { request: RunRequest; secondsPerStep: number }>()
const signals: (AbortSignal | undefined)[] = []
const end = new LabEnd({
  runs: {
    fitToTime: calls.runs.fitToTime.handler(({ input, signal }) => {
      signals.push(signal)
      return measurements.take({ input })
    }),
  },
})
end.view = { ...sampleView([]), datasets: [animals] }
const lab = await connected(end)

/** A form for the next run that is ready to be sent, and its time budget. */
function forms(): { readonly form: NextRun; readonly budget: TimeBudget } {
  const form = new NextRun(lab)
  form.chooseDataset('animals')
  return { form, budget: new TimeBudget(lab, form) }
}

async function measured(count: number): Promise<RunRequest> {
  await until(() => measurements.asked.length === count)
  const asked = measurements.asked.at(-1)
  if (asked === undefined) throw new Error('nothing was measured')
  return asked.request
}

beforeEach(() => {
  measurements.forget()
  signals.length = 0
})
afterAll(() => end.end())

describe('minutes of training', () => {
  it('become the steps of the form', async () => {
    const { form, budget } = forms()
    budget.minutes = 2
    const fitted = budget.fit()
    expect(budget.measures).toBe(true)
    const request = await measured(1)
    expect(measurements.asked[0]?.seconds).toBe(120)
    expect(request).toEqual(form.request)
    measurements.give(0, { request: fittedToSteps(request, 1234), secondsPerStep: 0.1 })
    await fitted
    expect(budget.measures).toBe(false)
    expect(form.numbers.goal).toBe(1234)
    expect(budget.fitted).toEqual({ minutes: 2, secondsPerStep: 0.1, steps: 1234 })
    expect(form.rate).toBe(form.numbers.batch === null ? null : form.numbers.batch / 0.1)
    form.enter('goal', 99)
    expect(budget.fitted).toBeNull()
  })

  it('are not needed for a forecast, which leaves the form as it is', async () => {
    const { form, budget } = forms()
    const before = form.form
    const forecast = budget.forecast()
    const request = await measured(1)
    measurements.give(0, { request: fittedToSteps(request, 9), secondsPerStep: 0.5 })
    await forecast
    expect([form.form, budget.fitted]).toEqual([before, null])
    expect(form.rate).toBe(200)
    form.enter('batch', 10)
    expect(form.rate, 'about as fast with another batch').toBe(200)
    form.choosePreset('quick')
    expect(form.rate, 'another network').toBeNull()
  })

  it('are not measured twice at once, nor where they mean nothing', async () => {
    const { budget } = forms()
    void budget.fit()
    void budget.fit()
    await measured(1)
    await settled()
    expect(measurements.asked).toHaveLength(1)
    budget.cancel()
    for (const minutes of [null, NaN, 0, -1]) {
      budget.minutes = minutes
      expect(budget.fits).toBe(false)
      await budget.fit()
    }
    await settled()
    expect(measurements.asked).toHaveLength(1)
  })

  it('change nothing where the form was changed meanwhile', async () => {
    const { form, budget } = forms()
    const fitted = budget.fit()
    const request = await measured(1)
    form.enter('learningRate', 0.5)
    const { goal } = form.numbers
    measurements.give(0, { request: fittedToSteps(request, 1234), secondsPerStep: 0.1 })
    await fitted
    expect(form.numbers.goal).toBe(goal)
    expect([budget.fitted, budget.measures]).toEqual([null, false])
  })

  it('are what was asked last, where a cancelled measurement answers late', async () => {
    const { form, budget } = forms()
    const first = budget.fit()
    const request = await measured(1)
    budget.cancel()
    expect(budget.measures).toBe(false)
    await until(() => signals[0]?.aborted === true)
    const second = budget.fit()
    await measured(2)
    measurements.give(0, { request: fittedToSteps(request, 11), secondsPerStep: 1 })
    await first
    expect(budget.measures).toBe(true)
    measurements.give(1, { request: fittedToSteps(request, 22), secondsPerStep: 1 })
    await second
    expect(form.numbers.goal).toBe(22)
  })

  it('say why they could not be measured, until they are measured again', async () => {
    const { budget } = forms()
    const refused = budget.fit()
    await measured(1)
    measurements.refuse(0)
    await refused
    expect(budget.problem).toEqual(refusal.problem)
    void budget.fit()
    expect(budget.problem).toBeNull()
    budget.cancel()
  })

  it('shorten a warm-up that was entered with the run', async () => {
    const { form, budget } = forms()
    form.enter('warmUpSteps', 100)
    const fitted = budget.fit()
    const request = await measured(1)
    const half = fittedToSteps(request, request.goal / 2)
    measurements.give(0, { request: half, secondsPerStep: 0.1 })
    await fitted
    expect(form.numbers.warmUpSteps).toBe(50)
  })
})
