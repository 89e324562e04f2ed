// @module-tag slow
import { rm } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../../main/cli/arguments.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import { openLab, reached, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'
import { withSignals } from '../../platforms.ts'
import { lab, startLab } from './lab.ts'

const small = 'train --dataset cifar-10 --batch 20 --offline'

describe('beside an open window', () => {
  test('runs are queued, listed, moved, cancelled and let go on; every command returns at once', async () => {
    const home = await smallHome()
    const { lab: window } = await openLab(home, 'browser')
    const { id } = window.runs.start(smallRequest(window, { goal: 1_000_000 }))
    await reached(window, id, 1)
    for (const [position, seed] of [7, 8, 9].entries()) {
      const { code, values } = await lab(home, `${small} --steps 3 --seed ${seed} --queue --json`)
      expect([code, values]).toEqual([0, [{ event: 'queued', run: id + 1 + position, position: position + 1 }]])
    }
    expect((await lab(home, `queue move ${id + 3} first --json`)).values).toEqual([
      { event: 'moved', run: id + 3, position: 1 },
    ])
    expect((await lab(home, `queue cancel ${id + 1} --json`)).values).toEqual([{ event: 'cancelled', run: id + 1 }])
    expect((await lab(home, 'queue --json')).values).toMatchObject([
      {
        held: null,
        runs: [
          { id: id + 3, state: 'queued', queuePosition: 1 },
          { id: id + 2, state: 'queued', queuePosition: 2 },
        ],
      },
    ])
    expect((await lab(home, 'queue')).output.split('\n').slice(0, 3)).toEqual([
      'PLACE  RUN  DATA SET  PRESET  NETWORK  STEPS  BATCH  LEARNING RATE  SEED',
      `    1    ${id + 3}  cifar-10  seed          —      3     20         0.0001     9`,
      `    2    ${id + 2}  cifar-10  seed          —      3     20         0.0001     8`,
    ])
    await window.runs.hold(id, 'paused')
    expect((await lab(home, 'queue')).output).toContain(`because run ${id} was paused`)
    expect((await lab(home, 'queue run --json')).values).toMatchObject([{ event: 'going-on' }])
    await window.runs.atRest()
    expect((await lab(home, 'runs --json')).output).toContain('"state":"done"')
    expect(window.runs.list().map((run) => run.state)).toEqual(['done', 'done', 'paused'])
    expect((await lab(home, 'queue')).output).toContain('The queue is empty')
  })

  test('a run at rest is put into it, and taken out as it was', async () => {
    const home = await smallHome()
    const { lab: window } = await openLab(home, 'browser')
    const { id } = window.runs.start(smallRequest(window, { goal: 1_000_000 }))
    await reached(window, id, 1)
    const { step } = await window.runs.hold(id, 'paused')
    const next = window.runs.start(smallRequest(window, { goal: 1_000_000 })).id
    expect((await lab(home, `resume ${id} --steps ${step + 2} --queue --json`)).values).toEqual([
      { event: 'queued', run: id, position: 1, state: 'paused', step },
    ])
    expect((await lab(home, 'queue')).output).toContain(` ${step} to ${step + 2} `)
    expect((await lab(home, `queue cancel ${id}`)).output).toContain(`stays paused at step ${step}`)
    expect((await lab(home, `resume ${id} --steps ${step + 2} --queue`)).output).toContain('it stays paused')
    await window.runs.hold(next, 'stopped')
    await window.runs.atRest()
    expect(window.runs.detail(id)).toMatchObject({ state: 'done', step: step + 2, queuePosition: null })
  })

  test('a run that is not queued is neither moved nor cancelled', async () => {
    const home = await smallHome()
    const { lab: window } = await openLab(home, 'browser')
    const { id } = window.runs.start(smallRequest(window, { goal: 1_000_000 }))
    expect(await lab(home, `queue move ${id} up`)).toMatchObject({
      code: 1,
      error: expect.stringContaining(`Run ${id} is not in the queue`),
    })
    expect(await lab(home, 'queue cancel 9')).toMatchObject({
      code: 1,
      error: expect.stringContaining('There is no run 9'),
    })
    expect(window.runs.detail(id).state).toBe('training')
  })
})

test('a killed owner leaves its run interrupted and the queue as it was; without a window the queue is trained here', async () => {
  const home = await smallHome()
  const owner = startLab(home, `${small} --steps 1000000 --json`)
  await owner.line((value) => value['event'] === 'step')
  for (const steps of [3, 4]) expect((await lab(home, `${small} --steps ${steps} --queue`)).code).toBe(0)
  await lab(home, 'queue move 3 up')
  owner.process.kill('SIGKILL')
  await owner.finished

  const [left] = (await lab(home, 'queue --json')).values
  expect(left).toMatchObject({ held: { reason: 'opened', run: null }, runs: [{ id: 3 }, { id: 2 }] })
  expect(JSON.parse((await lab(home, 'runs --json')).output)).toMatchObject([
    { id: 3, state: 'queued' },
    { id: 2, state: 'queued' },
    { id: 1, state: 'interrupted', problem: { code: 'lab-interrupted' } },
  ])

  const { code, values } = await lab(home, `${small} --steps 5 --queue --json`)
  expect(code).toBe(0)
  const told = values.filter((value) => value['event'] !== 'step' && value['event'] !== 'evaluated')
  expect(told).toMatchObject([
    { event: 'queued', run: 4, position: 3 },
    { event: 'started', run: 3 },
    { event: 'done', run: 3, step: 4 },
    { event: 'started', run: 2 },
    { event: 'done', run: 2, step: 3 },
    { event: 'started', run: 4 },
    { event: 'done', run: 4, step: 5 },
  ])
})

withSignals('an interrupted queue pauses its run and waits with the others', async () => {
  const home = await smallHome()
  const owner = startLab(home, `${small} --steps 1000000 --queue --json`)
  await owner.line((value) => value['event'] === 'step')
  expect((await lab(home, `${small} --steps 3 --queue`)).output).toContain('place 1')
  owner.process.kill('SIGINT')
  expect(await owner.finished).toMatchObject({ code: 130 })
  expect(JSON.parse((await lab(home, 'runs --json')).output)).toMatchObject([{ state: 'queued' }, { state: 'paused' }])
})

test('a queued run that another command added is trained before its owner ends', async () => {
  const home = await smallHome()
  const owner = startLab(home, `${small} --steps 300 --json`)
  await owner.line((value) => value['event'] === 'step')
  expect((await lab(home, `${small} --steps 3 --queue`)).code).toBe(0)
  expect(await owner.finished).toMatchObject({ code: 0 })
  expect(JSON.parse((await lab(home, 'runs --json')).output)).toMatchObject([
    { state: 'done', step: 3 },
    { state: 'done' },
  ])
})

test.each([
  ['queue', { name: 'queue' }],
  ['queue run', { name: 'queue run' }],
  ['queue cancel 3', { name: 'queue cancel', run: 3 }],
  ['queue move 3 last', { name: 'queue move', run: 3, to: 'last' }],
])('“lab %s” is understood', (words, command) => {
  const invocation = parseArguments(words.split(' '))
  if (invocation.kind !== 'command') throw new Error(`“${words}” is ${invocation.kind}`)
  const { name, input } = invocation.command
  expect({ name, ...input }).toMatchObject(command)
})

test.each([
  ['queue move 3 sideways', '“sideways” is none of up, down, first, last'],
  ['queue move 3', 'WHERE is missing'],
  ['queue cancel', 'RUN is missing'],
  ['queue stop', 'one word too many'],
])('“lab %s” is refused', (words, sentence) => {
  expect(() => parseArguments(words.split(' '))).toThrow(sentence)
})

test('without a window a run at rest is continued here, after the others, and says why where it cannot be', async () => {
  const home = await smallHome()
  expect((await lab(home, `${small} --steps 4 --json`)).code).toBe(0)
  const { code, values } = await lab(home, 'resume 1 --steps 6 --queue --json')
  const told = values.filter((value) => value['event'] !== 'step' && value['event'] !== 'evaluated')
  expect([code, told]).toMatchObject([
    0,
    [
      { event: 'queued', run: 1 },
      { event: 'started', run: 1 },
      { event: 'done', run: 1, step: 6 },
    ],
  ])
  await rm(checkpointFolder(home, 1), { recursive: true })
  const refused = await lab(home, 'resume 1 --steps 8 --queue --json')
  expect(refused.code).toBe(1)
  expect(refused.values).toContainEqual(
    expect.objectContaining({
      event: 'not-continued',
      run: 1,
      problem: expect.objectContaining({ code: 'checkpoints-lost' }),
    }),
  )
})

describe('lab again', () => {
  test('trains a run once more with all its settings, and with other seeds in the queue', async () => {
    const home = await smallHome()
    expect((await lab(home, `${small} --steps 4 --learning-rate 3e-4 --health-every 0 --json`)).code).toBe(0)
    const again = await lab(home, 'again 1 --json')
    expect(again.values).toContainEqual({ event: 'started', run: 2, again: 1, seed: 1 })
    const repeats = await lab(home, 'again 1 --seeds 2 --json')
    expect(repeats.code).toBe(0)
    expect(repeats.values.filter((value) => JSON.stringify(value).includes('queued'))).toMatchObject([
      { event: 'queued', run: 3, seed: 2 },
      { event: 'queued', run: 4, seed: 3 },
    ])
    const beside = await lab(home, `${small} --steps 4 --learning-rate 3e-4 --health-every 0 --seeds 1 --json`)
    expect(beside.values).toContainEqual(expect.objectContaining({ event: 'queued', run: 5, seed: 4 }))
    const { lab: window } = await openLab(home)
    const [first, second, ...others] = [1, 2, 3, 4, 5].map((run) => window.runs.detail(run))
    // Equal settings give equal bits; another seed does not.
    expect(second.configSha256).toBe(first.configSha256)
    expect(second.last).toEqual(first.last)
    for (const other of others) expect([other.repeats, other.state]).toEqual([first.repeats, 'done'])
    expect(others.map(({ last }) => last?.loss)).not.toContain(first.last?.loss)
  })

  test('refuses two answers to one question', () => {
    expect(() => parseArguments('again 7 --seed 1 --seeds 2'.split(' '))).toThrow(/two answers/)
  })
})
