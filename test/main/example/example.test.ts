// @module-tag slow
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { TrainEvent } from '../../../core/contract/engineContract.ts'
import { usualChoice, viewOf } from '../../../core/data/datasetView.ts'
import { exampleDataset, exampleRequests } from '../../../core/example/exampleRequests.ts'
import type { RunDetail } from '../../../core/run/run.ts'
import { configSha256Of, readCheckpoint } from '../../../main/engine/checkpoint/checkpointFile.ts'
import { Example } from '../../../main/example/example.ts'
import { exampleFolder, readExample, recordedFile } from '../../../main/example/exampleFiles.ts'
import { checkpointFolder, homePlaces, type Home } from '../../../main/files/places.ts'
import type { Lab } from '../../../main/lab.ts'
import { openLab, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

/** A home folder in which nothing is. */
async function newHome(): Promise<Home> {
  const home = homePlaces(await mkdtemp(path.join(tmpdir(), 'conv-lab-example-')))
  onTestFinished(() => rm(home.folder, { recursive: true, force: true }))
  return home
}

function exampleOf({ home, history, events, datasets, runs }: Lab, folder: string): Example {
  return new Example({ home, history, events, datasets, shelves: runs.shelves }, folder)
}

/**
 * A checkpoint goes on: twice to the same bits, and to the answers that were recorded. The recorded bits may differ on
 * processors of one name, which compute with other instructions and round otherwise.
 */
async function checkContinuing(lab: Lab, run: RunDetail): Promise<void> {
  const first = await continued(lab, run)
  const second = await continued(lab, run)
  for (const [name, { data }] of first.variables) expect(second.variables.get(name)?.data, name).toEqual(data)
  expect(second.evaluation).toEqual(first.evaluation)
  expect(first.evaluation.step).toBe(1200)
  expect(Math.abs(first.evaluation.accuracy - (run.last?.accuracy ?? 1))).toBeLessThan(0.1)
}

/** What a run's end is when it goes on from its checkpoint of step 1050. */
async function continued(lab: Lab, run: RunDetail) {
  const from = run.checkpoints.find(({ step }) => step === 1050)
  if (from === undefined) throw new Error('the example lacks a checkpoint')
  const again = await mkdtemp(path.join(tmpdir(), 'conv-lab-again-'))
  onTestFinished(() => rm(again, { recursive: true, force: true }))
  const events: TrainEvent[] = []
  for await (const event of lab.engine.train({
    run: run.id,
    config: run.config,
    dataFolder: lab.datasets.folderOf(exampleDataset),
    checkpointFolder: again,
    from: { path: path.join(checkpointFolder(lab.home, run.id), from.file), sha256: from.sha256 },
    branchPoint: null,
    threads: run.stretches[0].engine.threads,
    evaluated: true,
    goal: 1200,
    evaluateEvery: 150,
    checkpointEvery: 150,
    bestAccuracy: null,
    patience: null,
    evaluationsSinceBest: 0,
    healthEvery: 0,
    pauseAfter: null,
  }))
    events.push(event)
  const written = events.findLast((event) => event.kind === 'checkpoint')
  const measured = events.findLast((event) => event.kind === 'evaluated')
  if (written === undefined || measured === undefined) throw new Error('the engine wrote no checkpoint')
  const file = { path: path.join(again, written.checkpoint.file), sha256: written.checkpoint.sha256 }
  const { variables } = await readCheckpoint(file, run.config)
  return { variables, evaluation: measured.evaluation }
}

test('what comes with the program is what the program makes: data, configurations, curves, checkpoints', async () => {
  const { lab, client } = await openLab(await newHome())
  const { runs } = await client.example.takeIn({ language: 'en' })
  const recorded = await readExample()
  const entry = lab.datasets.entry(exampleDataset)
  if (entry.prepared === null) throw new Error('the set was not drawn')
  const requests = exampleRequests(viewOf(entry, usualChoice(entry)), entry.prepared)
  expect(runs).toHaveLength(requests.length)
  for (const [place, { key, request }] of requests.entries()) {
    const of = recorded.runs[place]
    const run = lab.runs.detail(runs[place])
    expect(of.key).toBe(key)
    expect(of.request).toEqual(request)
    expect(run).toMatchObject({ state: 'done', step: 1200, tags: ['example'], sweep: null, trainImages: 600 })
    expect(run.configSha256).toBe(configSha256Of(request.config))
    expect(run.checkpoints.map(({ sha256 }) => sha256)).toEqual(of.checkpoints.map(({ sha256 }) => sha256))
    expect(lab.history.steps({ run: run.id, after: 0, count: 2000 })).toMatchObject({ ...of.steps })
    expect(lab.history.healthRows({ run: run.id, after: null, count: 100 })).toEqual(of.health)
    expect(run.best?.accuracy).toBe(Math.max(...of.evaluations.map(({ accuracy }) => accuracy)))
    const curve = lab.history.curve({ run: run.id, metric: 'testAccuracy', points: 100 })
    expect(curve.max).toEqual(of.evaluations.map(({ accuracy }) => accuracy))
  }
  const [fast, undistorted, good] = runs.map((run) => lab.history.run(run))
  // What a comparison is to show.
  expect(good.last?.accuracy).toBeGreaterThan((undistorted.last?.accuracy ?? 1) + 0.15)
  expect(fast.last?.accuracy).toBeLessThan(0.25)
  await checkContinuing(lab, lab.runs.detail(good.id))
})

test('it disturbs no run that is there, and goes with one call', async () => {
  const { lab, client } = await openLab(await smallHome())
  const mine = lab.history.queueRun(smallRequest(lab, { goal: 5 }), 300)
  const before = lab.history.run(mine.id)
  const { runs } = await client.example.takeIn({ language: 'ru' })
  expect(runs).toEqual([mine.id + 1, mine.id + 2, mine.id + 3])
  expect(await client.example.takeIn({ language: 'ru' })).toEqual({ runs })
  expect(lab.history.run(runs[2])).toMatchObject({ tags: ['пример'], name: 'Пример: удачная скорость' })
  expect(lab.history.run(mine.id)).toEqual(before)
  expect(lab.history.queue()).toEqual([mine.id])

  expect(await client.example.remove()).toEqual({ runs: [] })
  expect(lab.history.keptRuns()).toBe(1)
  expect(lab.datasets.entry(exampleDataset).state).toBe('absent')
  // A number that was given is never given again.
  expect(lab.history.queueRun(smallRequest(lab, { goal: 5 }), 300).id).toBe(mine.id + 4)

  const { runs: back } = await client.example.takeIn({ language: 'en' })
  const { config } = lab.history.run(back[0])
  lab.history.queueRun({ ...smallRequest(lab, { goal: 5 }), config }, 600)
  await client.example.remove()
  // A run of one's own needs it.
  expect(lab.datasets.entry(exampleDataset).state).toBe('ready')
})

test('an example that was altered is refused, and nothing is left of it', async () => {
  const home = await newHome()
  const { lab } = await openLab(home)
  const folder = path.join(home.folder, 'altered')
  await cp(exampleFolder, folder, { recursive: true })
  const [file] = (await readdir(path.join(folder, 'undistorted'))).toSorted().slice(-1)
  const bytes = await readFile(path.join(folder, 'undistorted', file))
  bytes[bytes.length - 1] ^= 1
  await writeFile(path.join(folder, 'undistorted', file), bytes)
  await expect(exampleOf(lab, folder).takeIn('en')).rejects.toMatchObject({
    problem: { code: 'example-damaged', parameters: { file: path.join(folder, 'undistorted', file) } },
  })
  expect(lab.example.state()).toEqual({ runs: [] })
  expect(lab.history.keptRuns()).toBe(0)
  expect(await readdir(home.checkpoints)).toEqual([])

  await writeFile(path.join(folder, recordedFile), '{"format": 2}')
  await expect(exampleOf(lab, folder).takeIn('en')).rejects.toMatchObject({ problem: { code: 'example-damaged' } })
  expect(await lab.example.takeIn('en')).toEqual({ runs: [4, 5, 6] })
})
