import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import { requestFor } from '../../core/run/presets.ts'
import { SweepPlan } from '../../core/sweep/sweepPlan.ts'
import { mnist } from '../../main/datasets/sets/mnist.ts'
import { homePlaces, type Home } from '../../main/files/places.ts'
import type { Lab } from '../../main/lab.ts'
import { bitsOfSweep, bitsTrainedHere, hasCheckpoint, sweepIs } from '../main/cluster/comparedSweeps.ts'
import { descendants } from '../main/cluster/descendants.ts'
import { sentTo } from '../main/cluster/sentTo.ts'
import { unpackedProgram } from '../main/cluster/unpackedProgram.ts'
import { eventsUntil, openLab, type OpenLab } from '../main/openLab.ts'
import { rayNodes } from './rayNodes.ts'

/** A home folder with MNIST, removed at the end of the test. */
async function homeWithMnist(): Promise<Home> {
  const home = homePlaces(await mkdtemp(path.join(tmpdir(), 'conv-lab-home-')))
  onTestFinished(() => rm(home.folder, { recursive: true, force: true }))
  return home
}

async function getMnist(lab: Lab): Promise<void> {
  lab.datasets.get('mnist')
  await eventsUntil(lab, 0, ({ kind, ...event }) => kind === 'dataset' && 'dataset' in event && isReady(lab))
}

function isReady(lab: Lab): boolean {
  return lab.datasets.entry('mnist').prepared !== null
}

/** A sweep over learning rates, with two seeds for each. */
function planOf(lab: Lab, learningRates: number[], goal: number, evaluateEvery: number): SweepPlan {
  const { prepared } = lab.datasets.entry('mnist')
  if (prepared === null) throw new Error('MNIST is not ready')
  return SweepPlan.parse({
    format: 1,
    base: { ...requestFor('digits', mnist.card, prepared, { goal, batch: 16 }), evaluateEvery },
    axes: [{ setting: 'rate', values: { kind: 'list', list: learningRates } }],
    points: { kind: 'grid' },
    seeds: 2,
    seed: 1,
    halving: null,
    budget: { minutes: null, runs: null },
  } satisfies SweepPlan)
}

async function placeOn(address: string): Promise<ClusterPlace> {
  return { address, tokenFile: null, processors: 1, nodesHave: await unpackedProgram(), dataFolder: null }
}

/** Temporary folders of engines on nodes. */
async function left(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => /^conv-lab-[a-z0-9_]{8}$/.test(name))
}

/** Waits until steps are undone, because what computed them is lost. Fails when the sweep ends without. */
async function rewound(lab: Lab): Promise<void> {
  const events = await eventsUntil(
    lab,
    lab.events.sequence,
    (event) => event.kind === 'rewound' || (event.kind === 'sweep' && event.sweep.state !== 'active'),
  )
  expect(events.at(-1)).toMatchObject({ kind: 'rewound' })
}

/** Looks inside a run, exports it and compares it with another. */
async function isLikeAnyOther({ lab, client }: OpenLab, run: number, other: number): Promise<void> {
  const image = { kind: 'stored', split: 'test', number: 0 } as const
  const { probabilities } = await client.look.predict({ run, checkpoint: 'last', image })
  expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5)
  const folder = path.join(lab.home.folder, 'exported')
  const question = { run, checkpoint: 'best', format: 'onnx', input: 'uint8', folder, live: false } as const
  for await (const event of await client.runs.export(question))
    if (event.kind === 'done') expect(event.result.run).toBe(run)
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['README.md', 'model.onnx']))
  expect(await client.compare.runs({ runs: [run, other] })).toMatchObject({ runs: [run, other] })
}

test('eight runs on MNIST are complete after a worker was killed', async () => {
  const before = await left()
  const open = await openLab(await homeWithMnist())
  const { lab } = open
  await getMnist(lab)
  const nodes = await rayNodes()
  const plan = planOf(lab, [0.05, 0.1, 0.2, 0.4], 300, 100)
  const { id } = await sentTo(lab.runs.sweeps, plan, await placeOn(nodes.address))
  await hasCheckpoint(lab, 100)
  process.kill(nodes.processes('ray::Trainer')[0], 'SIGKILL')
  await sweepIs(lab, id, 'done', 'paused')
  const { sweep, trials } = lab.runs.sweeps.show(id)
  expect(sweep).toMatchObject({ state: 'done', reason: 'complete', begun: 8, problem: null })
  expect(trials.every(({ standing, step }) => standing === 'finished' && step === 300)).toBe(true)
  const stretches = trials.map(({ run }) => lab.runs.detail(run ?? 0).stretches.length)
  expect(stretches.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(8)
  const best = lab.runs.detail(sweep.best?.run ?? 0)
  const measured = await lab.runs.checkpoints.evaluate(best.id, best.checkpointStep ?? 0)
  expect(measured.testAccuracy).toBeCloseTo(best.last?.accuracy ?? 0, 12)
  await isLikeAnyOther(open, best.id, trials.find(({ run }) => run !== best.id)?.run ?? 0)
  expect(nodes.processes('remoteEngine')).toEqual([])
  expect(bitsOfSweep(lab, id)).toEqual(await bitsTrainedHere(lab, plan))
  expect((await left()).filter((name) => !before.includes(name))).toEqual([])
})

test('an engine, a node, Conv Lab and the driver are lost one after another', async () => {
  const before = await left()
  const home = await homeWithMnist()
  const first = await openLab(home)
  await getMnist(first.lab)
  const nodes = await rayNodes()
  // Long enough that nothing is done before all of it is lost.
  const plan = planOf(first.lab, [0.1], 6000, 300)
  const { id } = await sentTo(first.lab.runs.sweeps, plan, await placeOn(nodes.address))
  await hasCheckpoint(first.lab, 300)
  const engineLost = rewound(first.lab)
  process.kill(descendants(nodes.processes('ray::Trainer')[0]).at(-1) ?? 0, 'SIGKILL')
  await engineLost
  // The second node: it began last.
  const nodeLost = rewound(first.lab)
  process.kill(nodes.processes('raylet/raylet').at(-1) ?? 0, 'SIGKILL')
  await nodeLost
  await first.lab.close()

  const second = await openLab(home, 'browser')
  await eventsUntil(second.lab, 0, (event) => event.kind === 'steps')
  process.kill(nodes.processes('driver.py train').at(-1) ?? 0, 'SIGKILL')
  await sweepIs(second.lab, id, 'paused')
  expect(second.lab.runs.sweeps.show(id).sweep.problem?.code).toBe('cluster-job-ended')
  await second.lab.runs.sweeps.resume(id)
  await sweepIs(second.lab, id, 'done')
  expect(nodes.processes('remoteEngine')).toEqual([])
  expect(bitsOfSweep(second.lab, id)).toEqual(await bitsTrainedHere(second.lab, plan))
  expect((await left()).filter((name) => !before.includes(name))).toEqual([])
})

test('a node that has nothing gets TensorFlow and Node once, from a package index', async () => {
  const before = await left()
  const { lab } = await openLab(await homeWithMnist())
  await getMnist(lab)
  // Two on one computer would install into the same folder at once.
  const nodes = await rayNodes(1)
  const plan = planOf(lab, [0.1], 20, 10)
  const { id } = await sentTo(lab.runs.sweeps, plan, { ...(await placeOn(nodes.address)), nodesHave: null })
  await sweepIs(lab, id, 'done', 'paused')
  expect(lab.runs.sweeps.show(id).sweep).toMatchObject({ state: 'done', reason: 'complete', problem: null })
  expect(bitsOfSweep(lab, id)).toEqual(await bitsTrainedHere(lab, plan))
  expect((await left()).filter((name) => !before.includes(name))).toEqual([])
})
