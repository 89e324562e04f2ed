// @module-tag slow
import { existsSync } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { ExportQuestion } from '../../../core/run/runExport.ts'
import type { Lab } from '../../../main/lab.ts'
import { pythonEnvironment, tensorboardPython } from '../engine/export/pythonEnvironment.ts'
import { openLab, reached, rested, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'
import { readEvents, type ReadEvents } from './readEvents.ts'

const measuring = { evaluateEvery: 3, healthEvery: 3 }

/** What TensorBoard must find of a run. */
function stored({ history }: Lab, run: number): Pick<ReadEvents, 'scalars'> & { readonly healthSteps: number[] } {
  const { loss, accuracy } = history.steps({ run, after: 0, count: 20_000 })
  const tested = history.evaluations({ run, after: null, count: 1000 })
  const points = (values: readonly number[]): [number, number][] =>
    values.map((value, index) => [index + 1, Math.fround(value)])
  return {
    scalars: {
      'loss/batch': points(loss),
      'accuracy/batch': points(accuracy),
      'accuracy/test': tested.map((one) => [one.step, Math.fround(one.accuracy)]),
      'loss/test': tested.map((one) => [one.step, Math.fround(one.loss)]),
    },
    healthSteps: history.healthRows({ run, after: null, count: 1000 }).map(({ step }) => step),
  }
}

async function expectWhole(lab: Lab, run: number, python: string, folder: string): Promise<void> {
  const { scalars, histograms } = await readEvents(python, folder)
  const { scalars: wanted, healthSteps } = stored(lab, run)
  expect(scalars).toMatchObject(wanted)
  expect(Object.keys(histograms).length).toBeGreaterThan(0)
  expect(scalars['weight_norm/conv_1'].map(([step]) => step)).toEqual(healthSteps)
}

async function eventFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.includes('tfevents')).sort()
}

test(
  'TensorBoard reads a run that was written while it trained, paused and crashed, as if it had been one stretch',
  { tags: ['online'], timeout: 600_000 },
  async ({ skip }) => {
    const { python, missing } = await pythonEnvironment(tensorboardPython)
    if (python === null) return skip(`not checked: ${missing}`)
    const home = await smallHome()
    const first = await openLab(home)
    const folder = path.join(home.folder, 'events')
    const request = smallRequest(first.lab, { goal: 100_000, ...measuring })
    const { id } = await first.client.runs.start({ ...request, eventFolder: folder })
    await reached(first.lab, id, 10)
    // While it trains, everything before the newest steps is there already.
    await expect
      .poll(async () => (await readEvents(python, folder)).scalars['loss/batch'].length, { timeout: 60_000 })
      .toBeGreaterThan(3)
    await first.client.runs.pause({ run: id })
    await expectWhole(first.lab, id, python, folder)

    // The engine dies behind the newest checkpoint: its last steps are undone when the run goes on.
    const paused = first.lab.history.run(id).step
    const { sequence } = first.lab.events
    await first.client.runs.resume({ run: id })
    await reached(first.lab, id, paused + 5)
    first.engines.at(-1)?.kill('SIGKILL')
    await rested(first.lab, id, sequence)
    await first.lab.close()

    // And a power failure leaves half a record behind.
    const files = await eventFiles(folder)
    await appendFile(path.join(folder, files[1]), 'torn')
    const second = await openLab(home)
    const before = second.lab.events.sequence
    await second.client.runs.resume({ run: id, goal: paused + 4 })
    expect(await rested(second.lab, id, before)).toMatchObject({
      state: 'done',
      eventFolder: { folder, problem: null },
    })
    expect(await eventFiles(folder)).toHaveLength(3)
    await expectWhole(second.lab, id, python, folder)
  },
)

test(
  'a run that is exported while it trains is written on',
  { tags: ['online'], timeout: 600_000 },
  async ({ skip }) => {
    const { python, missing } = await pythonEnvironment(tensorboardPython)
    if (python === null) return skip(`not checked: ${missing}`)
    const { lab, client } = await openLab(await smallHome())
    const { id: run } = await client.runs.start(smallRequest(lab, { goal: 100_000, ...measuring }))
    await reached(lab, run, 5)
    const folder = path.join(lab.home.folder, 'events')
    const question: ExportQuestion = {
      run,
      checkpoint: 'last',
      format: 'tensorboard',
      input: 'uint8',
      folder,
      live: true,
    }
    for await (const event of await client.runs.export(question)) void event
    const exported = lab.history.run(run).step
    await reached(lab, run, exported + 5)
    await client.runs.pause({ run })
    await expectWhole(lab, run, python, folder)

    // Whoever does not want it any more has what was written until then.
    expect(await client.runs.endEvents({ run })).toMatchObject({ eventFolder: null })
    const files = await eventFiles(folder)
    const { sequence } = lab.events
    await client.runs.resume({ run, goal: lab.history.run(run).step + 3 })
    await rested(lab, run, sequence)
    expect(await eventFiles(folder)).toEqual(files)
  },
)

test('a folder that cannot be written is refused before a run begins; one that fails later ends the writing alone', async () => {
  const { lab, client } = await openLab(await smallHome())
  const request = smallRequest(lab, { goal: 6 })
  const file = path.join(lab.home.folder, 'a-file')
  await writeFile(file, 'of somebody')
  for (const [eventFolder, code] of [
    [file, 'export-folder-taken'],
    [path.join(file, 'inside'), 'write-failed'],
    ['somewhere', 'bad-input'],
  ]) {
    await expect(client.runs.start({ ...request, eventFolder })).rejects.toMatchObject({ data: { code } })
    await expect(client.queue.add({ ...request, eventFolder })).rejects.toMatchObject({ data: { code } })
  }
  const folder = path.join(lab.home.folder, 'events')
  await expect(client.runs.start({ ...request, goal: 0, eventFolder: folder })).rejects.toThrow()
  expect(existsSync(folder)).toBe(false)
  expect(lab.runs.list()).toEqual([])

  const { id } = await client.runs.start({ ...request, goal: 100_000, eventFolder: folder })
  await reached(lab, id, 3)
  // No second run begins: a folder made for it goes again, and a person's own stays.
  const [made, own] = [path.join(lab.home.folder, 'made'), path.join(lab.home.folder, 'own')]
  await mkdir(own)
  for (const eventFolder of [made, own])
    await expect(client.runs.start({ ...request, eventFolder })).rejects.toMatchObject({
      data: { code: 'run-in-progress' },
    })
  expect([existsSync(made), existsSync(own)]).toEqual([false, true])
  await client.runs.pause({ run: id })
  await rm(folder, { recursive: true })
  await writeFile(folder, 'no folder any more')
  const { sequence } = lab.events
  await client.runs.resume({ run: id, goal: lab.history.run(id).step + 3 })
  const run = await rested(lab, id, sequence)
  expect(run).toMatchObject({ state: 'done', eventFolder: { folder, problem: { code: 'events-ended' } } })
})

test('a folder has the model card of its run from the beginning on, renewed when the run rests', async () => {
  const { lab, client } = await openLab(await smallHome())
  const folder = path.join(lab.home.folder, 'events')
  const card = (): Promise<string> => readFile(path.join(folder, 'README.md'), 'utf8')
  const request = smallRequest(lab, { goal: 100_000, ...measuring })
  const { id } = await client.runs.start({ ...request, eventFolder: folder })
  await reached(lab, id, 4)
  expect(await card()).toContain(`: run ${id} at step 0\n`)
  expect(await card()).toContain('Not measured at step 0.')
  await client.runs.pause({ run: id })
  const paused = lab.history.run(id).step
  expect(await card()).toContain(` at step ${paused}\n`)

  const { sequence } = lab.events
  const goal = paused + 3 - (paused % 3)
  await client.runs.resume({ run: id, goal })
  const { last } = await rested(lab, id, sequence)
  expect(last?.step).toBe(goal)
  expect(await card()).toContain(`On the test images: ${(100 * (last?.accuracy ?? 0)).toFixed(2)} % right`)
})

test('a folder of another run is refused with its number, also one whose turn has not come', async () => {
  const { lab, client } = await openLab(await smallHome())
  const request = smallRequest(lab, { goal: 3 })
  const { id: first } = await client.runs.start({ ...request, goal: 100_000 })
  const inHome = (...names: string[]): string => path.join(lab.home.folder, ...names)
  const { id } = await client.queue.add({ ...request, eventFolder: inHome('events', 'one') })
  const taken = { data: { code: 'event-folder-taken', parameters: { run: id, other: inHome('events', 'one') } } }
  for (const eventFolder of [inHome('events', 'one'), inHome('events', 'one', 'in-it')])
    await expect(client.queue.add({ ...request, eventFolder })).rejects.toMatchObject(taken)
  expect(await readdir(inHome('events', 'one'))).toEqual([])
  await expect(client.queue.repeat({ request, count: 2, eventFolder: inHome('events', 'one') })).rejects.toMatchObject(
    taken,
  )
  expect(lab.runs.list().map((run) => run.id)).toEqual([id, first])

  // The folders of repeats are not there yet.
  const repeats = await client.queue.repeat({ request, count: 2, eventFolder: inHome('seeds') })
  await expect(client.queue.add({ ...request, eventFolder: inHome('seeds') })).rejects.toMatchObject({
    data: { code: 'event-folder-taken', parameters: { run: repeats[0].id } },
  })
  for (const run of repeats) await client.queue.cancel({ run: run.id })

  const beside = await client.queue.add({ ...request, eventFolder: inHome('events', 'one-more') })
  await client.queue.cancel({ run: id })
  const again = await client.queue.add({ ...request, eventFolder: inHome('events', 'one') })
  await reached(lab, first, 1)
  await client.runs.pause({ run: first })
  await client.queue.goOn()
  for (const run of [beside, again])
    await expect.poll(() => lab.history.run(run.id).state, { timeout: 60_000 }).toBe('done')
  expect(await eventFiles(inHome('events', 'one'))).toHaveLength(1)

  // An export is refused too, before anything is written; a deleted run gives its folder free.
  await rm(inHome('events', 'one'), { recursive: true })
  const question: ExportQuestion = {
    run: beside.id,
    checkpoint: 'last',
    format: 'tensorboard',
    input: 'uint8',
    folder: inHome('events', 'one'),
    live: true,
  }
  const exported = async (): Promise<void> => {
    for await (const event of await client.runs.export(question)) void event
  }
  await expect(exported()).rejects.toMatchObject({ data: { code: 'event-folder-taken' } })
  expect(existsSync(question.folder)).toBe(false)
  await client.runs.delete({ runs: [again.id] })
  await exported()
  expect(lab.history.run(beside.id).eventFolder).toEqual({ folder: question.folder, problem: null })

  // One that comes back from the bin finds its folder taken, and writes nothing there.
  await client.runs.restore({ runs: [again.id] })
  const { sequence } = lab.events
  await client.runs.resume({ run: again.id, goal: 6 })
  expect(await rested(lab, again.id, sequence)).toMatchObject({
    state: 'done',
    eventFolder: { problem: { code: 'events-ended', parameters: { detail: { parameters: { run: beside.id } } } } },
  })
  expect(await eventFiles(question.folder)).toHaveLength(1)
})

test('repeats are written each into a folder of its own, and into none where they are refused', async () => {
  const { lab, client } = await openLab(await smallHome())
  const request = smallRequest(lab, { goal: 3 })
  const folder = path.join(lab.home.folder, 'events', 'seeds')
  const aimless = { ...request, goal: 0 }
  await expect(client.queue.repeat({ request: aimless, count: 2, eventFolder: folder })).rejects.toThrow()
  await expect(client.queue.repeat({ request, count: 2, eventFolder: 'seeds' })).rejects.toMatchObject({
    data: { code: 'bad-input' },
  })
  await expect(client.queue.repeat({ request, count: 2, eventFolder: lab.home.folder })).rejects.toMatchObject({
    data: { code: 'export-folder-taken' },
  })
  expect([existsSync(folder), lab.runs.list()]).toEqual([false, []])

  const runs = await client.queue.repeat({ request, count: 2, eventFolder: folder })
  const folders = runs.map(({ config }) => path.join(folder, `seed-${config.seed}`))
  for (const [index, { id }] of runs.entries()) {
    await expect.poll(() => lab.history.run(id).state, { timeout: 60_000 }).toBe('done')
    expect(lab.history.run(id).eventFolder).toEqual({ folder: folders[index], problem: null })
  }
  expect((await readdir(folder)).sort()).toEqual(folders.map((one) => path.basename(one)).sort())
  for (const one of folders) expect(await eventFiles(one)).toHaveLength(1)
})

test('a folder that is gone when a run goes on is made anew, with the whole run', async () => {
  const { lab, client } = await openLab(await smallHome())
  const folder = path.join(lab.home.folder, 'events')
  const { id: run } = await client.queue.add({ ...smallRequest(lab, { goal: 100_000 }), eventFolder: folder })
  await reached(lab, run, 3)
  await client.runs.pause({ run })
  const [name] = await eventFiles(folder)
  await rm(folder, { recursive: true })
  const { sequence } = lab.events
  await client.runs.resume({ run, goal: lab.history.run(run).step + 1 })
  await rested(lab, run, sequence)
  expect(await eventFiles(folder)).toEqual([name])
})
