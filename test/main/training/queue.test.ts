// @module-tag slow
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { LabEvent } from '../../../core/contract/windowContract.ts'
import { networkOf } from '../../../core/network/network.ts'
import { problem, refuse } from '../../../core/words/problems.ts'
import type { RunSummary } from '../../../core/run/run.ts'
import { EventHub } from '../../../main/events.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import { openLog } from '../../../main/files/log.ts'
import type { Lab } from '../../../main/lab.ts'
import { RunQueue } from '../../../main/training/runQueue.ts'
import { openHistory, temporaryHome } from '../history/temporaryHome.ts'
import { engine, request } from '../history/testRun.ts'
import { eventsUntil, openLab, reached, smallRequest } from '../openLab.ts'
import { placeSmallSet, smallCard, smallHome } from '../smallHome.ts'

/** Queues runs of so many steps, in this order, and returns their numbers. */
function enqueue(lab: Lab, ...goals: number[]): number[] {
  return goals.map((goal) => lab.runs.enqueue(smallRequest(lab, { goal })).id)
}

/** Whether an event says that this run has had its turn and trains no more. */
function endOf(run: number): (event: LabEvent) => boolean {
  return (event) =>
    event.kind === 'run' && event.run.id === run && event.run.state !== 'training' && event.run.state !== 'queued'
}

/** Waits for the end of a run that is queued or trains. */
async function ended(lab: Lab, run: number, after = 0): Promise<RunSummary> {
  await eventsUntil(lab, after, endOf(run))
  return lab.runs.detail(run)
}

/** How each run was told: every state that is not the one before it. */
function told(events: readonly LabEvent[]): string[] {
  const states = events.flatMap((event) => (event.kind === 'run' ? [`${event.run.id} ${event.run.state}`] : []))
  return states.filter(
    (state, index) =>
      states.slice(0, index).findLast((earlier) => earlier.split(' ')[0] === state.split(' ')[0]) !== state,
  )
}

const long = 1_000_000

describe('queued runs', () => {
  test('train one after another in the order that a person gave them; a cancelled one never does', async () => {
    const { lab } = await openLab(await smallHome())
    const [first, second, third, fourth] = enqueue(lab, 8, 3, 3, 3)
    expect(lab.runs.detail(first)).toMatchObject({ state: 'training', queuePosition: null })
    expect(lab.runs.queue.move(fourth, 'first')).toMatchObject({ state: 'queued', queuePosition: 1 })
    lab.runs.queue.cancel(third)
    const events = await eventsUntil(lab, 0, endOf(second))
    expect(told(events)).toEqual([
      `${first} queued`,
      `${first} training`,
      `${second} queued`,
      `${third} queued`,
      `${fourth} queued`,
      `${first} done`,
      `${fourth} training`,
      `${fourth} done`,
      `${second} training`,
      `${second} done`,
    ])
    expect(events.filter((event) => event.kind === 'cancelled')).toMatchObject([{ run: third }])
    expect(lab.runs.list().map((run) => [run.id, run.state, run.step])).toEqual([
      [fourth, 'done', 3],
      [second, 'done', 3],
      [first, 'done', 8],
    ])
    expect(() => lab.runs.detail(third)).toThrow(
      expect.objectContaining({ problem: problem('run-unknown', { run: third }) }),
    )
  })

  test('are told with their place whenever it changes', async () => {
    const { lab } = await openLab(await smallHome())
    const [first, second, third] = enqueue(lab, long, 3, 3)
    const { sequence } = lab.events
    lab.runs.queue.move(third, 'up')
    await lab.runs.hold(first, 'stopped')
    const events = await eventsUntil(
      lab,
      sequence,
      (event) => event.kind === 'run' && event.run.id === second && event.run.state === 'training',
    )
    const places = events.flatMap((event) =>
      event.kind === 'run' && event.run.id === second ? [event.run.queuePosition] : [],
    )
    expect(places).toEqual([2, 1, null])
  })

  test('are refused what a new run is refused, and cannot be continued before their turn', async () => {
    const { lab } = await openLab(await smallHome())
    const [first, second] = enqueue(lab, long, 3)
    const foreign = smallRequest(lab, { goal: 3 })
    expect(() =>
      lab.runs.enqueue({
        ...foreign,
        config: { ...foreign.config, data: { ...foreign.config.data, sha256: '0'.repeat(64) } },
      }),
    ).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code: 'bad-input' }) }))
    expect(lab.history.queue()).toEqual([second])
    await lab.runs.hold(first, 'paused')
    await expect(lab.runs.resume(second)).rejects.toMatchObject({
      problem: problem('run-queued', { run: second, position: 1 }),
    })
    await expect(lab.runs.hold(second, 'paused')).rejects.toMatchObject({ problem: { code: 'run-not-training' } })
  })
})

describe('the next run', () => {
  test('begins when one is stopped, and when its engine has crashed and that is stored', async () => {
    const { lab, engines } = await openLab(await smallHome())
    const [first, second, third] = enqueue(lab, long, long, 4)
    await reached(lab, first, 1)
    expect(await lab.runs.hold(first, 'stopped')).toMatchObject({ state: 'stopped' })
    await reached(lab, second, 1)
    engines[0].kill('SIGKILL')
    const events = await eventsUntil(lab, 0, endOf(third))
    expect(told(events).slice(-4)).toEqual([
      `${second} training`,
      `${second} interrupted`,
      `${third} training`,
      `${third} done`,
    ])
    expect(lab.runs.detail(second)).toMatchObject({ state: 'interrupted', problem: { code: 'engine-crashed' } })
  })

  test('waits after a pause until the paused run goes on', async () => {
    const { lab } = await openLab(await smallHome())
    const [first, second] = enqueue(lab, 40, 3)
    await reached(lab, first, 1)
    await lab.runs.hold(first, 'paused')
    const { sequence } = lab.events
    expect(lab.status().queue).toEqual({ held: { reason: 'paused', run: first } })
    expect(lab.runs.list().map((run) => run.state)).toEqual(['queued', 'paused'])
    await lab.runs.resume(first)
    expect(lab.status().queue).toEqual({ held: null })
    expect(await ended(lab, second, sequence)).toMatchObject({ state: 'done', step: 3 })
    expect(lab.runs.detail(first)).toMatchObject({ state: 'done', step: 40 })
  })

  test('waits after a pause until a person lets the queue go on; a run started by hand does not', async () => {
    const { lab } = await openLab(await smallHome())
    const [first, second] = enqueue(lab, long, 3)
    await lab.runs.hold(first, 'paused')
    const byHand = lab.runs.start(smallRequest(lab, { goal: 2 })).id
    await ended(lab, byHand)
    await lab.runs.atRest()
    expect(lab.runs.detail(second).state).toBe('queued')
    const { sequence } = lab.events
    expect(lab.runs.queue.goOn()).toEqual({ held: null })
    expect(await ended(lab, second, sequence)).toMatchObject({ state: 'done' })
    expect(lab.runs.detail(first).state).toBe('paused')
  })

  test('that has no data any more, or other data, says so and lets the one after it begin', async () => {
    const home = await smallHome()
    const { lab } = await openLab(home)
    const [first, second] = enqueue(lab, long, 3)
    await lab.close()
    await placeSmallSet(home, 3)
    const { lab: later } = await openLab(home)
    const third = enqueue(later, 3)[0]
    expect(later.status().queue).toEqual({ held: { reason: 'opened', run: null } })
    const { sequence } = later.events
    later.runs.queue.goOn()
    expect(await ended(later, third, sequence)).toMatchObject({ state: 'done' })
    expect(later.runs.detail(second)).toMatchObject({
      state: 'interrupted',
      step: 0,
      queuePosition: null,
      problem: problem('dataset-changed', { dataset: smallCard.name }),
    })
    enqueue(later, long, 3)
    await later.close()
    await rm(path.join(home.datasets, smallCard.id), { recursive: true })
    const { lab: last } = await openLab(home)
    last.runs.queue.goOn()
    expect(last.runs.list()[0]).toMatchObject({ state: 'interrupted', problem: { code: 'dataset-missing' } })
    expect(last.runs.detail(first).state).toBe('paused')
  })
})

/** A run paused after its first steps, and another that trains without end. */
async function pausedBesideTraining(lab: Lab): Promise<{ paused: RunSummary; training: number }> {
  const first = enqueue(lab, long)[0]
  await reached(lab, first, 2)
  const paused = await lab.runs.hold(first, 'paused')
  const training = enqueue(lab, long)[0]
  await reached(lab, training, 1)
  return { paused, training }
}

describe('a run at rest that is queued', () => {
  test('keeps its state until its turn comes, and then goes on to its goal from where it was', async () => {
    const { lab, client } = await openLab(await smallHome())
    const { paused, training } = await pausedBesideTraining(lab)
    const { id: run, step } = paused
    const goal = step + 3
    await expect(client.runs.resume({ run, goal })).rejects.toMatchObject({ data: { code: 'run-in-progress' } })
    await expect(client.queue.resume({ run, goal: 1 })).rejects.toMatchObject({ data: { code: 'goal-reached' } })
    expect(await client.queue.resume({ run, goal, healthEvery: 2 })).toMatchObject({
      state: 'paused',
      queuePosition: 1,
      continuation: { goal, healthEvery: 2 },
    })
    await expect(client.queue.resume({ run })).rejects.toMatchObject({ data: { code: 'run-queued' } })
    const last = enqueue(lab, 3)[0]
    const { sequence } = lab.events
    await lab.runs.hold(training, 'stopped')
    const events = await eventsUntil(lab, sequence, endOf(last))
    expect(told(events).filter((one) => !one.endsWith('queued'))).toEqual([
      `${training} stopped`,
      `${run} paused`,
      `${run} training`,
      `${run} done`,
      `${last} training`,
      `${last} done`,
    ])
    expect(lab.runs.detail(run)).toMatchObject({
      step: goal,
      goal,
      queuePosition: null,
      continuation: null,
      stretches: [
        { fromStep: 0, toStep: step },
        { fromStep: step, toStep: goal },
      ],
    })
    expect(lab.history.chosenHealthEvery(run)).toBe(2)
  })

  test('that cannot be continued in its turn says why, stays as it was, and lets the next one begin', async () => {
    const home = await smallHome()
    const { lab, client } = await openLab(home)
    const { paused, training } = await pausedBesideTraining(lab)
    await client.queue.resume({ run: paused.id })
    const last = enqueue(lab, 3)[0]
    await rm(checkpointFolder(home, paused.id), { recursive: true })
    const { sequence } = lab.events
    await lab.runs.hold(training, 'stopped')
    expect(await ended(lab, last, sequence)).toMatchObject({ state: 'done' })
    expect(lab.runs.detail(paused.id)).toMatchObject({
      state: 'paused',
      step: paused.step,
      queuePosition: null,
      problem: { code: 'checkpoints-lost' },
    })
  })

  test('is told with its place, also where it is archived, deleted or taken out', async () => {
    const { lab, client } = await openLab(await smallHome())
    const { paused, training } = await pausedBesideTraining(lab)
    const last = enqueue(lab, 3)[0]
    const placesAfter = async (act: () => unknown): Promise<string[]> => {
      await client.queue.resume({ run: paused.id })
      lab.runs.queue.move(paused.id, 'first')
      const { sequence } = lab.events
      await act()
      const events = await eventsUntil(
        lab,
        sequence,
        (event) => event.kind === 'run' && event.run.id === last && event.run.queuePosition === 1,
      )
      return events.flatMap((event) => {
        if (event.kind === 'run') return [`${event.run.id} at ${event.run.queuePosition}`]
        return event.kind === 'marked' || event.kind === 'deleted' ? [event.kind] : []
      })
    }
    const out = [`${paused.id} at null`, `${last} at 1`]
    expect(await placesAfter(() => lab.runs.queue.cancel(paused.id))).toEqual(out)
    expect(await placesAfter(() => client.runs.mark({ runs: [paused.id], changes: { archived: true } }))).toEqual([
      'marked',
      ...out,
    ])
    expect(await placesAfter(() => client.runs.delete({ runs: [paused.id] }))).toEqual(['deleted', `${last} at 1`])
    expect(lab.runs.detail(paused.id)).toMatchObject({ state: 'paused', queuePosition: null })
    await lab.runs.hold(training, 'paused')
  })
})

describe('closing', () => {
  test('pauses the run that trains; the queue is there at the next opening and waits for a person', async () => {
    const home = await smallHome()
    const { lab } = await openLab(home)
    const [first, second, third] = enqueue(lab, long, 3, 4)
    lab.runs.queue.move(third, 'up')
    await reached(lab, first, 1)
    await lab.close()
    const { lab: later, engines } = await openLab(home)
    expect(later.runs.list().map((run) => [run.id, run.state, run.queuePosition])).toEqual([
      [third, 'queued', 1],
      [second, 'queued', 2],
      [first, 'paused', null],
    ])
    expect(later.status().queue).toEqual({ held: { reason: 'opened', run: null } })
    expect(engines).toHaveLength(0)
    later.runs.queue.goOn()
    await ended(later, second)
    expect(later.runs.list().map((run) => run.state)).toEqual(['done', 'done', 'paused'])
  })

  test('a queue whose last run was cancelled waits for nobody', async () => {
    const { lab } = await openLab(await smallHome())
    const [first, second] = enqueue(lab, long, 3)
    await lab.runs.hold(first, 'paused')
    lab.runs.queue.cancel(second)
    expect(lab.status().queue).toEqual({ held: null })
    const third = enqueue(lab, 3)[0]
    expect(await ended(lab, third)).toMatchObject({ state: 'done' })
  })
})

describe('an end that the next run would share', () => {
  test('holds the queue instead of using it up', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    history.beginStretch(id, 0, engine)
    // The queue is empty at its opening, so it is not held yet.
    const queue = new RunQueue({
      history,
      events: new EventHub(),
      log: openLog(temporaryHome().folder),
      busy: () => false,
      claimed: () => null,
      begin: (run) => history.beginQueued(run),
    })
    history.queueRun(request, 50_000)
    queue.ended(history.endRun(id, 'interrupted', problem('engine-unavailable', { detail: 'no library' })))
    expect(queue.status).toEqual({ held: { reason: 'trouble', run: id } })
  })

  test('holds it before a run too, which stays where it is', () => {
    const history = openHistory(temporaryHome())
    for (let run = 0; run < 2; run += 1) history.queueRun(request, 50_000)
    const full = (): never => refuse('disk-full', { detail: 'history.sqlite' })
    const queue = new RunQueue({
      history,
      events: new EventHub(),
      log: openLog(temporaryHome().folder),
      busy: () => false,
      claimed: () => null,
      begin: full,
    })
    expect(queue.goOn()).toEqual({ held: { reason: 'trouble', run: 1 } })
    expect(history.queue()).toEqual([1, 2])
  })
})

describe('repeats', () => {
  test('are queued with seeds that their settings have not had, and differ in nothing else', async () => {
    const { lab, client } = await openLab(await smallHome())
    const begun = smallRequest(lab, { goal: 3, seed: 2 })
    const first = lab.runs.enqueue(begun).id
    await ended(lab, first)
    const request = await client.runs.request({ run: first })
    expect(request).toEqual(begun)
    const { sequence } = lab.events
    const runs = await client.queue.repeat({ request, count: 3 })
    expect(runs.map(({ config }) => config.seed)).toEqual([3, 4, 5])
    for (const { config, goal, repeats } of runs) {
      expect({ ...config, seed: 2 }).toEqual(begun.config)
      expect([goal, repeats]).toEqual([3, lab.runs.detail(first).repeats])
    }
    await ended(lab, runs[2].id, sequence)
    // Seeds of another goal, and those that still wait, count as used.
    const again = await client.queue.repeat({ request: { ...request, goal: 4 }, count: 1 })
    expect(again[0].config.seed).toBe(6)
  })

  test('are added all or none: what does not fit adds nothing', async () => {
    const { lab, client } = await openLab(await smallHome())
    const request = smallRequest(lab, { goal: 3 })
    const unfit = { ...request, config: { ...request.config, batch: 5000 } }
    await expect(client.queue.repeat({ request: unfit, count: 2 })).rejects.toMatchObject({
      data: { code: 'batch-too-large' },
    })
    await expect(client.queue.repeat({ request, count: 101 })).rejects.toThrow()
    expect(lab.history.queue()).toEqual([])
  })
})

describe('the request of a run', () => {
  test('has its interval of health, and its own network where that is no longer saved', async () => {
    const { lab, client } = await openLab(await smallHome())
    const plain = smallRequest(lab, { goal: 1, healthEvery: 7 })
    const network = networkOf(plain.config.model)
    await client.networks.save({ name: 'Mine', note: '', network })
    const { id } = lab.runs.enqueue({ ...plain, network: { name: 'Mine', version: 1 } })
    await ended(lab, id)
    expect(await client.runs.request({ run: id })).toMatchObject({
      healthEvery: 7,
      network: { name: 'Mine', version: 1 },
    })
    await client.networks.remove({ name: 'Mine' })
    const request = await client.runs.request({ run: id })
    expect(request.network).toEqual({ name: 'Mine', version: null })
    // So it can be trained again, though its network is gone.
    expect((await client.queue.repeat({ request, count: 1 }))[0].config.model).toEqual(plain.config.model)
  })
})
