// @module-tag slow
import { copyFileSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { phrase } from '../../../core/words/phrases.ts'
import { describe, expect, test } from 'vitest'
import type { Checkpoint, RunDetail } from '../../../core/run/run.ts'
import type { LabEvent } from '../../../core/contract/windowContract.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import type { Lab } from '../../../main/lab.ts'
import { forkEngine } from '../../../main/engine/host/engineHost.ts'
import { bitsOf } from '../engine/train/tinyRun.ts'
import { eventsUntil, openLab, reached, rested, restOf, smallRequest } from '../openLab.ts'
import { placeSmallSet, smallCard, smallHome } from '../smallHome.ts'

type EventOf<Kind extends LabEvent['kind']> = Extract<LabEvent, { kind: Kind }>

function ofKind<Kind extends LabEvent['kind']>(events: readonly LabEvent[], kind: Kind): EventOf<Kind>[] {
  return events.filter((event): event is EventOf<Kind> => event.kind === kind)
}

describe('a run', () => {
  test('is told step by step, only what is stored, and ends at its goal', async () => {
    const { lab } = await openLab(await smallHome())
    const { id, phase } = lab.runs.start(smallRequest(lab, { goal: 30, evaluateEvery: 15 }))
    expect(phase).toBe('loading')
    const events: LabEvent[] = []
    for await (const event of lab.events.follow(0)) {
      if (event.kind === 'steps')
        expect(lab.history.run(id).step).toBeGreaterThanOrEqual(event.first + event.loss.length - 1)
      events.push(event)
      if (restOf(id)(event)) break
    }
    expect(ofKind(events, 'steps').flatMap(({ first, loss }) => loss.map((_, index) => first + index))).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    )
    expect(ofKind(events, 'evaluated').map(({ evaluation }) => evaluation.step)).toEqual([15, 30])
    expect(ofKind(events, 'phase').map((event) => event.phase)).toEqual([
      'training',
      'evaluating',
      'training',
      'evaluating',
      'training',
    ])
    const run = lab.runs.detail(id)
    expect(run).toMatchObject({ state: 'done', step: 30, checkpointStep: 30, phase: null, problem: null })
    expect(run.stretches).toMatchObject([{ fromStep: 0, toStep: 30, ended: 'done' }])
    expect(readdirSync(checkpointFolder(lab.home, id)).sort()).toEqual(
      run.checkpoints.map((checkpoint) => checkpoint.file).sort(),
    )
  })

  test('trains alone', async () => {
    const { lab } = await openLab(await smallHome())
    const { id } = lab.runs.start(smallRequest(lab, { goal: 10_000 }))
    const refusal = { problem: { code: 'run-in-progress', parameters: { run: id } } }
    expect(() => lab.runs.start(smallRequest(lab, { goal: 10 }))).toThrow(expect.objectContaining(refusal))
    await expect(lab.runs.resume(id)).rejects.toMatchObject(refusal)
    expect(lab.runs.list()).toHaveLength(1)
    // Still loading: the wish waits for the engine.
    expect(await lab.runs.hold(id, 'stopped')).toMatchObject({ state: 'stopped', phase: null })
    await expect(lab.runs.hold(id, 'paused')).rejects.toMatchObject({ problem: { code: 'run-not-training' } })
  })

  test('that is paused and resumed ends with the bits of an unbroken one', async () => {
    const { lab } = await openLab(await smallHome())
    const unbroken = lab.runs.start(smallRequest(lab, { goal: 24 })).id
    await rested(lab, unbroken, 0)
    const { id } = lab.runs.start(smallRequest(lab, { goal: 24, evaluateEvery: 12 }))
    await reached(lab, id, 1)
    const held = await lab.runs.hold(id, 'paused')
    expect(held).toMatchObject({ state: 'paused', checkpointStep: held.step })
    expect(held.step).toBeLessThan(24)
    expect(held.waitingSeconds).toBeGreaterThan(0)
    const { sequence } = lab.events
    await lab.runs.resume(id)
    const events = await eventsUntil(lab, sequence, restOf(id))
    expect(ofKind(events, 'rewound')).toMatchObject([{ run: id, step: held.step }])
    const done = lab.runs.detail(id)
    expect(done).toMatchObject({ state: 'done', step: 24, evaluateEvery: 12 })
    // Of the two stretches together: loading is waited for once more.
    expect(done.waitingSeconds).toBeGreaterThan(held.waitingSeconds)
    expect(ofKind(events, 'run').map(({ run }) => run.waitingSeconds)).toEqual(
      ofKind(events, 'run')
        .map(({ run }) => run.waitingSeconds)
        .toSorted((one, other) => one - other),
    )
    const bits = async (run: number) =>
      bitsOf({ path: path.join(checkpointFolder(lab.home, run), lab.history.checkpoint(run, 24).file) })
    expect(await bits(id)).toEqual(await bits(unbroken))
  })

  test('whose engine is killed is interrupted and can go on', async () => {
    const { lab, engines } = await openLab(await smallHome())
    const { id } = lab.runs.start(smallRequest(lab, { goal: 100_000 }))
    await reached(lab, id, 3)
    engines[0].kill('SIGKILL')
    const run = await rested(lab, id, 0)
    expect(run).toMatchObject({
      state: 'interrupted',
      problem: { code: 'engine-crashed', parameters: { detail: 'SIGKILL' } },
      checkpointStep: 0,
    })
    expect(run.step).toBeGreaterThanOrEqual(3)
    const { sequence } = lab.events
    expect(await lab.runs.resume(id, 12)).toMatchObject({ state: 'training', step: 0, goal: 12 })
    expect(await rested(lab, id, sequence)).toMatchObject({ state: 'done', step: 12, problem: null })
    expect(engines).toHaveLength(2)
  })

  test('whose engine ended for lack of memory is interrupted, keeps its checkpoint, and says which batch would fit', async () => {
    const { lab, engines } = await openLab(await smallHome(), 'cli', () => {
      const engine = forkEngine()
      // As if the system's count of such ends had risen.
      return { ...engine, onExit: (listener) => engine.onExit((detail) => listener(`${detail}, out of memory`)) }
    })
    const { id } = lab.runs.start(smallRequest(lab, { goal: 100_000 }))
    await reached(lab, id, 3)
    engines[0].kill('SIGKILL')
    const run = await rested(lab, id, 0)
    expect(run).toMatchObject({
      state: 'interrupted',
      checkpointStep: 0,
      problem: { code: 'batch-out-of-memory', parameters: { batch: 20, fitting: 10 } },
    })
    const { sequence } = lab.events
    await lab.runs.resume(id, 5)
    expect(await rested(lab, id, sequence)).toMatchObject({ state: 'done', step: 5, problem: null })
  })

  test('whose engine never came up begins anew', async () => {
    const { lab, engines } = await openLab(await smallHome())
    const { id } = lab.runs.start(smallRequest(lab, { goal: 5 }))
    await eventsUntil(lab, 0, (event) => event.kind === 'engine' && event.engine.state === 'starting')
    engines[0].kill('SIGKILL')
    expect(await rested(lab, id, 0)).toMatchObject({ state: 'interrupted', checkpointStep: null })
    const { sequence } = lab.events
    await lab.runs.resume(id)
    expect(await rested(lab, id, sequence)).toMatchObject({ state: 'done', step: 5 })
  })

  test('is refused a goal that it has reached, and other data than its own', async () => {
    const home = await smallHome()
    const { lab } = await openLab(home)
    const { id } = lab.runs.start(smallRequest(lab, { goal: 4 }))
    const done = await rested(lab, id, 0)
    await expect(lab.runs.resume(id)).rejects.toMatchObject({
      problem: { code: 'goal-reached', parameters: { run: id, step: 4 } },
    })
    await expect(lab.runs.resume(99)).rejects.toMatchObject({ problem: { code: 'run-unknown' } })
    await lab.close()

    await placeSmallSet(home, 3)
    const { lab: later } = await openLab(home)
    await expect(later.runs.resume(id, 8)).rejects.toMatchObject({ problem: { code: 'dataset-changed' } })
    await expect(later.runs.checkpoints.evaluate(id)).rejects.toMatchObject({ problem: { code: 'dataset-changed' } })
    expect(later.runs.detail(id)).toEqual(done)
  })
})

describe('a damaged checkpoint', () => {
  /** A run of 30 steps with checkpoints at 0, 30 and where it was best until then. */
  async function trained(lab: Lab): Promise<RunDetail> {
    const { sequence } = lab.events
    const { id } = lab.runs.start(smallRequest(lab, { goal: 30, evaluateEvery: 10 }))
    await rested(lab, id, sequence)
    return lab.runs.detail(id)
  }

  function alter(lab: Lab, run: number, { file }: Checkpoint): void {
    const name = path.join(checkpointFolder(lab.home, run), file)
    const bytes = readFileSync(name)
    bytes[bytes.length - 1] ^= 1
    writeFileSync(name, bytes)
  }

  test('is passed over for the one before it, which is said, and the bits are those of an unbroken run', async () => {
    const { lab } = await openLab(await smallHome())
    const unbroken = (await trained(lab)).id
    const { id, checkpoints } = await trained(lab)
    const sound = checkpoints[checkpoints.length - 2]
    alter(lab, id, checkpoints[checkpoints.length - 1])
    const { sequence } = lab.events
    const passedOver = {
      code: 'checkpoint-passed-over',
      parameters: { run: id, step: sound.step, files: 'step-000000030.safetensors' },
    }
    // Its end is not there any more, so its own goal is far enough.
    expect(await lab.runs.resume(id)).toMatchObject({
      state: 'training',
      step: sound.step,
      goal: 30,
      problem: passedOver,
    })
    expect(await rested(lab, id, sequence)).toMatchObject({ state: 'done', step: 30, problem: null })
    const bits = async (run: number) =>
      bitsOf({ path: path.join(checkpointFolder(lab.home, run), lab.history.checkpoint(run, 30).file) })
    expect(await bits(id)).toEqual(await bits(unbroken))
  })

  test('that is one of another run is passed over as well', async () => {
    const { lab } = await openLab(await smallHome())
    const other = lab.runs.start(smallRequest(lab, { goal: 4, seed: 2 })).id
    await rested(lab, other, 0)
    const { sequence } = lab.events
    const { id } = lab.runs.start(smallRequest(lab, { goal: 4 }))
    await rested(lab, id, sequence)
    const newest = 'step-000000004.safetensors'
    copyFileSync(
      path.join(checkpointFolder(lab.home, other), newest),
      path.join(checkpointFolder(lab.home, id), newest),
    )
    await expect(lab.runs.checkpoints.evaluate(id)).rejects.toMatchObject({ problem: { code: 'checkpoint-foreign' } })
    expect(await lab.runs.resume(id)).toMatchObject({
      step: 0,
      problem: { code: 'checkpoint-passed-over', parameters: { run: id, step: 0, files: newest } },
    })
    await lab.runs.hold(id, 'stopped')
  })

  test('that was cut short while the lab was closed is told of as well', async () => {
    const home = await smallHome()
    const { lab } = await openLab(home)
    const { id, checkpoints } = await trained(lab)
    await lab.close()
    truncateSync(path.join(checkpointFolder(home, id), checkpoints[checkpoints.length - 1].file), 100)
    const { lab: later } = await openLab(home)
    expect(await later.runs.resume(id)).toMatchObject({ problem: { code: 'checkpoint-passed-over' } })
    await later.runs.hold(id, 'stopped')
  })

  test('is no reason to begin anew: with none left the run stays as it is', async () => {
    const { lab } = await openLab(await smallHome())
    const { id, checkpoints } = await trained(lab)
    for (const checkpoint of checkpoints) alter(lab, id, checkpoint)
    const before = lab.runs.detail(id)
    await expect(lab.runs.resume(id, 40)).rejects.toMatchObject({
      problem: { code: 'checkpoints-lost', parameters: { run: id } },
    })
    expect(lab.runs.detail(id)).toEqual(before)
  })
})

describe('an altered data set', () => {
  test('that only its bytes tell of interrupts the run, and is known for damaged', async () => {
    const home = await smallHome()
    const { lab, client } = await openLab(home)
    const file = path.join(home.datasets, smallCard.id, 'forms', 'own', 'train.images')
    const { atimeMs, mtimeMs } = statSync(file)
    const bytes = readFileSync(file)
    bytes[5] ^= 1
    writeFileSync(file, bytes)
    // A second earlier: times that Node.js sets are rounded, and could make the file newer than its card.
    utimesSync(file, atimeMs / 1000, mtimeMs / 1000 - 1)
    const { id } = await client.runs.start(smallRequest(lab, { goal: 4 }))
    expect(await rested(lab, id, 0)).toMatchObject({
      state: 'interrupted',
      step: 0,
      problem: { code: 'dataset-damaged', parameters: { dataset: 'CIFAR-10' } },
    })
    expect(lab.datasets.entry(smallCard.id)).toMatchObject({ state: 'absent', problem: { code: 'dataset-damaged' } })
  })

  test('neither starts nor continues anything', async () => {
    const home = await smallHome()
    const { lab, client } = await openLab(home)
    const request = smallRequest(lab, { goal: 4 })
    const done = await rested(lab, (await client.runs.start(request)).id, 0)
    const file = path.join(home.datasets, smallCard.id, 'forms', 'own', 'test.labels')
    const bytes = readFileSync(file)
    bytes[0] ^= 1
    writeFileSync(file, bytes)
    const refusal = {
      data: {
        code: 'dataset-damaged',
        parameters: { dataset: 'CIFAR-10', detail: phrase('file-altered', { file: 'test.labels' }) },
      },
    }
    await expect(client.runs.start(request)).rejects.toMatchObject(refusal)
    await expect(client.queue.add(request)).rejects.toMatchObject({ data: { code: 'dataset-damaged' } })
    await expect(client.runs.resume({ run: done.id, goal: 8 })).rejects.toMatchObject({
      data: { code: 'dataset-damaged' },
    })
    expect(lab.runs.list()).toMatchObject([{ id: done.id, state: 'done', step: 4, goal: 4 }])
  })
})
