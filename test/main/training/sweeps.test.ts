// @module-tag slow
import { describe, expect, test } from 'vitest'
import type { LabEvent } from '../../../core/contract/windowContract.ts'
import type { SweepState, SweepSummary } from '../../../core/sweep/sweep.ts'
import { SweepPlan, type SweepAxis } from '../../../core/sweep/sweepPlan.ts'
import type { Lab } from '../../../main/lab.ts'
import { eventsUntil, openLab, reached, smallRequest } from '../openLab.ts'
import { smallCard, smallHome } from '../smallHome.ts'

function listed(setting: string, ...list: (string | number)[]): SweepAxis {
  return { setting, values: { kind: 'list', list } }
}

function planOf(lab: Lab, goal: number, change: Partial<SweepPlan>): SweepPlan {
  return SweepPlan.parse({
    format: 1,
    base: smallRequest(lab, { goal }),
    axes: [listed('rate', 1e-4, 1e-3)],
    points: { kind: 'grid' },
    seeds: 1,
    seed: 1,
    halving: null,
    budget: { minutes: null, runs: null },
    ...change,
  })
}

function isNow(id: number, ...states: SweepState[]): (event: LabEvent) => boolean {
  return (event) => event.kind === 'sweep' && event.sweep.id === id && states.includes(event.sweep.state)
}

async function over(lab: Lab, { id }: SweepSummary): Promise<void> {
  if (lab.runs.sweeps.show(id).sweep.state === 'done') return
  await eventsUntil(lab, 0, isNow(id, 'done'))
}

const long = 1_000_000

describe('a sweep', () => {
  test('trains every point with every seed, as single runs of these settings would be', async () => {
    const { lab, client } = await openLab(await smallHome())
    const begun = await client.sweeps.start({ plan: planOf(lab, 3, { seeds: 2 }) })
    expect(begun).toMatchObject({ state: 'active', runs: 4, begun: 1 })
    await over(lab, begun)
    const { sweep, trials } = await client.sweeps.show({ sweep: begun.id })
    expect(sweep).toMatchObject({ state: 'done', reason: 'complete', begun: 4, rested: 4, steps: 12, training: null })
    expect(trials.map(({ values, seed, standing, step }) => [...values, seed, standing, step])).toEqual([
      [1e-4, 1, 'finished', 3],
      [1e-4, 2, 'finished', 3],
      [1e-3, 1, 'finished', 3],
      [1e-3, 2, 'finished', 3],
    ])
    const [, , third] = trials
    const detail = lab.runs.detail(third.run ?? 0)
    expect(detail.sweep).toBe(begun.id)
    const alone = lab.runs.start(smallRequest(lab, { goal: 3, learningRate: 1e-3, seed: 1 }))
    expect(alone.configSha256).toBe(detail.configSha256)
    await lab.runs.atRest()
    expect(lab.runs.detail(alone.id).last).toEqual(detail.last)
    expect(third.last?.accuracy).toBe(detail.last?.accuracy)
  })

  test('with halving trains the best to more steps, with the bits of a run that never stopped', async () => {
    const { lab, client } = await openLab(await smallHome())
    const axes = [listed('rate', 1e-5, 1e-4, 1e-3, 3e-3)]
    const begun = await client.sweeps.start({ plan: planOf(lab, 8, { axes, halving: { firstSteps: 2, factor: 2 } }) })
    await over(lab, begun)
    const { trials } = await client.sweeps.show({ sweep: begun.id })
    expect(trials).toHaveLength(4)
    const finished = trials.filter(({ standing }) => standing === 'finished')
    const early = trials.filter(({ standing }) => standing === 'early')
    expect(finished.length).toBeGreaterThan(0)
    expect(early.length + finished.length).toBe(4)
    for (const { rungSteps, step, place, among } of early) {
      expect([2, 4]).toContain(step)
      expect(step).toBe(rungSteps)
      expect(place).toBeLessThanOrEqual(among)
    }
    const [{ run, values }] = finished
    const alone = lab.runs.start(smallRequest(lab, { goal: 8, learningRate: Number(values[0]) }))
    await lab.runs.atRest()
    expect(lab.runs.detail(alone.id).last).toEqual(lab.runs.detail(run ?? 0).last)
  })

  test('lets runs that a person has queued go first, and goes on after them', async () => {
    const { lab, client } = await openLab(await smallHome())
    const begun = await client.sweeps.start({ plan: planOf(lab, 5, {}) })
    const queued = await client.queue.add(smallRequest(lab, { goal: 2 }))
    expect(queued.state).toBe('queued')
    await over(lab, begun)
    const order = lab.history
      .runs()
      .sort((one, other) => (one.endedAt ?? '').localeCompare(other.endedAt ?? ''))
      .map(({ id, sweep }) => [id, sweep])
    expect(order).toEqual([
      [1, begun.id],
      [queued.id, null],
      [3, begun.id],
    ])
  })

  test('is paused with its run, goes on with it, and is cancelled for good', async () => {
    const { lab, client } = await openLab(await smallHome())
    const begun = await client.sweeps.start({ plan: planOf(lab, long, {}) })
    const run = begun.training ?? 0
    await reached(lab, run, 2)
    expect(await client.sweeps.pause({ sweep: begun.id })).toMatchObject({ state: 'paused', reason: 'person' })
    expect(lab.runs.detail(run).state).toBe('paused')
    expect(await client.sweeps.resume({ sweep: begun.id })).toMatchObject({ state: 'active', reason: null })
    await eventsUntil(lab, 0, (event) => event.kind === 'rewound' && event.run === run)
    await lab.runs.hold(run, 'paused')
    expect((await client.sweeps.show({ sweep: begun.id })).sweep).toMatchObject({ state: 'paused', reason: 'run' })
    const { sequence } = lab.events
    await client.sweeps.resume({ sweep: begun.id })
    await eventsUntil(lab, sequence, (event) => event.kind === 'run' && event.run.id === run)
    expect(await client.sweeps.cancel({ sweep: begun.id })).toMatchObject({ state: 'cancelled' })
    await lab.runs.atRest()
    expect(lab.runs.detail(run).state).toBe('stopped')
    expect(lab.history.runs()).toHaveLength(1)
    await expect(client.sweeps.resume({ sweep: begun.id })).rejects.toMatchObject({
      data: { code: 'sweep-over' },
    })
  })

  test('is deleted with its runs, which come back with it, and not while it is under way', async () => {
    const { lab, client } = await openLab(await smallHome())
    const begun = await client.sweeps.start({ plan: planOf(lab, 2, {}) })
    await expect(client.sweeps.delete({ sweep: begun.id, runs: 'bin' })).rejects.toMatchObject({
      data: { code: 'sweep-goes-on' },
    })
    await over(lab, begun)
    const before = await client.sweeps.show({ sweep: begun.id })
    // What a person had put into the bin before stays there.
    await client.runs.delete({ runs: [1] })
    const { sequence } = lab.events
    expect((await client.sweeps.delete({ sweep: begun.id, runs: 'bin' })).deletedAt).not.toBeNull()
    expect(lab.history.runs()).toEqual([])
    const told = eventsUntil(lab, sequence, (event) => event.kind === 'restored')
    for (const call of ['show', 'resume', 'cancel'] as const)
      await expect(client.sweeps[call]({ sweep: begun.id })).rejects.toMatchObject({ data: { code: 'sweep-deleted' } })
    await client.sweeps.restore({ sweep: begun.id })
    expect((await told).map(({ kind }) => kind)).toContain('deleted')
    expect(lab.history.runs().map(({ id }) => id)).toEqual([2])
    await client.runs.restore({ runs: [1] })
    expect(await client.sweeps.show({ sweep: begun.id })).toEqual(before)
    await client.sweeps.delete({ sweep: begun.id, runs: 'keep' })
    expect(lab.history.runs()).toHaveLength(2)
    lab.history.sweeps.erase(new Date().toISOString())
    expect(await client.sweeps.list()).toEqual([])
    expect(lab.history.runs()).toHaveLength(2)
  })

  test('that is let go on while its run is still being paused, goes on with it', async () => {
    const { lab, client } = await openLab(await smallHome())
    const begun = await client.sweeps.start({ plan: planOf(lab, 40, {}) })
    const paused = client.sweeps.pause({ sweep: begun.id })
    await client.sweeps.resume({ sweep: begun.id })
    await paused
    await over(lab, begun)
    expect((await client.sweeps.show({ sweep: begun.id })).trials).toMatchObject([
      { standing: 'finished' },
      { standing: 'finished' },
    ])
  })

  test('stops the run that trains when its minutes are used up, and says so', async () => {
    const { lab, client } = await openLab(await smallHome())
    const begun = await client.sweeps.start({ plan: planOf(lab, long, { budget: { minutes: 0.02, runs: null } }) })
    await over(lab, begun)
    const { sweep, trials } = await client.sweeps.show({ sweep: begun.id })
    expect(sweep).toMatchObject({ state: 'done', reason: 'minutes' })
    expect(sweep.seconds).toBeGreaterThanOrEqual(1.2)
    expect(trials).toMatchObject([{ standing: 'stopped' }])
  })

  test('goes on past a run that fails', async () => {
    const { lab, client } = await openLab(await smallHome())
    // A rate at which the loss is soon no number.
    const axes = [listed('rate', 100, 1e-3)]
    const begun = await client.sweeps.start({ plan: planOf(lab, 30, { axes }) })
    await over(lab, begun)
    const { trials } = await client.sweeps.show({ sweep: begun.id })
    expect(trials.map(({ standing }) => standing)).toContain('finished')
    expect(trials).toHaveLength(2)
  })
})

describe('a sweep is refused, and nothing is stored,', () => {
  test('where one of its runs would be, before the first begins', async () => {
    const { lab, client } = await openLab(await smallHome())
    const refused = (axes: SweepAxis[], change: Partial<SweepPlan> = {}): Promise<unknown> =>
      client.sweeps.start({ plan: planOf(lab, 4, { axes, ...change }) }).then(
        () => 'begun',
        (thrown: unknown) => (thrown as { data?: unknown }).data,
      )
    const most = smallCard.sizes.train
    expect(await refused([listed('batch', 10, most + 1)])).toMatchObject({ code: 'batch-too-large' })
    expect(await refused([listed('rate', 1e-3, 1000)])).toMatchObject({ code: 'sweep-value-unfit' })
    expect(await refused([listed('model.layers.fc_9.units', 3)])).toMatchObject({ code: 'sweep-setting-unknown' })
    expect(await refused([listed('optimizer', 'adam', 'sgd'), listed('weight-decay', 0.1)])).toMatchObject({
      code: 'setting-unfit',
    })
    const many = { kind: 'range', scale: 'linear', from: 0.001, to: 0.9, whole: false, count: 1000 } as const
    const million = [
      { setting: 'rate', values: many },
      { setting: 'momentum', values: many },
    ]
    expect(await refused(million)).toMatchObject({ code: 'sweep-asks', parameters: { runs: 1_000_000 } })
    expect(lab.runs.sweeps.list()).toEqual([])
    expect(lab.history.runs()).toEqual([])
  })

  test('unless a person says the number of a large one', async () => {
    const { lab, client } = await openLab(await smallHome())
    const rates = { kind: 'range', scale: 'log', from: 1e-4, to: 1e-2, whole: false, count: 1000 } as const
    const plan = planOf(lab, long, { axes: [{ setting: 'rate', values: rates }], seeds: 1000 })
    const begun = await client.sweeps.start({ plan, confirmed: 1_000_000 })
    expect(begun).toMatchObject({ runs: 1_000_000, begun: 1 })
    await client.sweeps.cancel({ sweep: begun.id })
  })
})

test('a sweep that was under way when the lab was closed waits for a person, and goes on with the same run', async () => {
  const home = await smallHome()
  const first = await openLab(home)
  const begun = await first.client.sweeps.start({ plan: planOf(first.lab, 40, {}) })
  await reached(first.lab, begun.training ?? 0, 3)
  await first.lab.close()
  const { lab, client } = await openLab(home)
  expect(await client.sweeps.list()).toMatchObject([{ id: begun.id, state: 'paused', reason: 'opened', begun: 1 }])
  await client.sweeps.resume({ sweep: begun.id })
  await over(lab, begun)
  expect((await client.sweeps.show({ sweep: begun.id })).trials).toMatchObject([
    { run: 1, standing: 'finished', step: 40 },
    { run: 2, standing: 'finished', step: 40 },
  ])
})
