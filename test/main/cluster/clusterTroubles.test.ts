import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect } from 'vitest'
import type { ClusterPlace } from '../../../core/cluster/clusterPlace.ts'
import type { LabEvent } from '../../../core/contract/windowContract.ts'
import { SweepPlan } from '../../../core/sweep/sweepPlan.ts'
import type { JournalLine, RunEvent as LineEvent } from '../../../main/cluster/journal.ts'
import type { Lab } from '../../../main/lab.ts'
import { linuxOnly } from '../../platforms.ts'
import { eventsUntil, openLab, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'
import { sweepIs } from './comparedSweeps.ts'
import { sentTo } from './sentTo.ts'
import { standInRay, type StandInRay } from './standInRay.ts'

const onLinux = linuxOnly('the nodes of a cluster run Linux')

/** Steps that each run trains. */
const goal = 12

const engine = { tensorflow: '2.21.0', binding: 'b', node: '24', processor: 'p', threads: 1, graphVersion: 1 }
const moment = '2026-11-30T12:00:00.000Z'

function begun(step: number): LineEvent[] {
  return [
    { kind: 'placed', host: 'node-1', pid: 1 },
    { kind: 'ready', step, trainingSeconds: step, waitingSeconds: 1, engine },
  ]
}

function steps(first: number, last: number): LineEvent {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const same = (value: number): number[] => numbers.map(() => value)
  return { kind: 'steps', first, loss: same(1.5), accuracy: same(0.5), seconds: numbers, waitingSeconds: 1 }
}

function contentOf(step: number): string {
  return `the weights at step ${step}`
}

function checkpoint(step: number, reason: 'interval' | 'end' | 'pause' | 'best' = 'interval'): LineEvent {
  const content = contentOf(step)
  return {
    kind: 'checkpoint',
    checkpoint: {
      step,
      reason,
      file: `step-${String(step).padStart(8, '0')}.safetensors`,
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
      createdAt: moment,
    },
    trainingSeconds: step,
    stored: `at-${step}`,
  }
}

function evaluated(step: number): LineEvent {
  return { kind: 'evaluated', evaluation: { step, loss: 1, accuracy: 0.5, validation: null }, evaluationSeconds: 1 }
}

const done: LineEvent[] = [
  evaluated(goal),
  checkpoint(goal, 'end'),
  { kind: 'ended', state: 'done', step: goal, waitingSeconds: 1, problem: null },
]

/** A run that was paused at step 5. */
const heldAt5: LineEvent[] = [
  ...begun(0),
  steps(1, 5),
  checkpoint(5, 'pause'),
  { kind: 'ended', state: 'paused', step: 5, waitingSeconds: 1, problem: null },
]

function of(trial: number, ...events: LineEvent[]): JournalLine[] {
  return events.map((event) => ({ trial, attempt: 0, event }))
}

function kept(...all: number[]): Record<string, string> {
  return Object.fromEntries(all.map((step) => [`at-${step}`, contentOf(step)]))
}

/** One run in three files of events. */
const oneRun = {
  files: [
    of(0, ...begun(0), steps(1, 3), checkpoint(3)),
    of(0, steps(4, 8), checkpoint(8)),
    of(0, steps(9, goal), ...done),
  ],
  kept: kept(3, 8, goal),
  ended: true,
}

function planOf(lab: Lab, points: number): SweepPlan {
  return SweepPlan.parse({
    format: 1,
    base: smallRequest(lab, { goal }),
    axes: [{ setting: 'rate', values: { kind: 'list', list: [1e-4, 1e-3].slice(0, points) } }],
    points: { kind: 'grid' },
    seeds: 1,
    seed: 1,
    halving: null,
    budget: { minutes: null, runs: null },
  } satisfies SweepPlan)
}

function placeOf({ address }: StandInRay): ClusterPlace {
  return { address, tokenFile: null, processors: 1, nodesHave: '/opt/conv-lab', dataFolder: null }
}

/** Waits until a sweep waits for this. */
async function waitsFor(lab: Lab, code: string): Promise<void> {
  await eventsUntil(lab, 0, (event) => event.kind === 'sweep' && isTold(event, code))
}

function isTold(event: LabEvent, code: string): boolean {
  return event.kind === 'sweep' && event.sweep.state === 'active' && event.sweep.problem?.code === code
}

function expectWhole(lab: Lab, id: number): void {
  const { sweep, trials } = lab.runs.sweeps.show(id)
  expect(sweep).toMatchObject({ state: 'done', reason: 'complete', problem: null })
  for (const { run } of trials) {
    expect(lab.runs.detail(run ?? 0)).toMatchObject({ state: 'done', step: goal, problem: null })
    expect(lab.history.curve({ run: run ?? 0, metric: 'loss', points: 100 }).mean).toHaveLength(goal)
  }
}

function checkpointsOf(lab: Lab, run: number): number[] {
  return lab.runs.detail(run).checkpoints.map(({ step }) => step)
}

/** Whether something is asked for the first time, for each of what is asked for. */
function firstTime(): (place: string) => boolean {
  const asked = new Set<string>()
  return (place) => asked.size < asked.add(place).size
}

describe('a sweep on a cluster', () => {
  onLinux('takes each event once where the connection breaks while checkpoints come home', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    ray.script = oneRun
    const isFirst = firstTime()
    ray.disturb = (place) => (place.includes('/files/') && isFirst(place) ? 'cut' : null)
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 1), placeOf(ray))
    await waitsFor(lab, 'cluster-unreachable')
    await sweepIs(lab, id, 'done', 'paused')
    expectWhole(lab, id)
    expect(checkpointsOf(lab, 1)).toEqual([3, 8, goal])
  })

  onLinux('takes each event once where Conv Lab was closed amid a file', async () => {
    const home = await smallHome()
    const { lab: first } = await openLab(home)
    const ray = await standInRay(1, '')
    ray.script = oneRun
    ray.disturb = (place) => (place.endsWith('/at-8') ? 'cut' : null)
    const { id } = await sentTo(first.runs.sweeps, planOf(first, 1), placeOf(ray))
    await waitsFor(first, 'cluster-unreachable')
    expect(first.runs.detail(1)).toMatchObject({ state: 'training', step: 8 })
    await first.close()
    ray.disturb = () => null
    const { lab } = await openLab(home, 'browser')
    await sweepIs(lab, id, 'done', 'paused')
    expectWhole(lab, id)
    expect(checkpointsOf(lab, 1)).toEqual([3, 8, goal])
  })

  onLinux(
    'keeps the steps that an engine computed while it wrote the checkpoint where Conv Lab was closed',
    async () => {
      const home = await smallHome()
      const { lab: first } = await openLab(home)
      const ray = await standInRay(1, '')
      ray.script = {
        files: [
          of(0, ...begun(0), steps(1, 2), steps(3, 6), checkpoint(5)),
          of(0, steps(7, 9), evaluated(8), checkpoint(8)),
          of(0, steps(10, goal), ...done),
        ],
        kept: kept(5, 8, goal),
        ended: true,
      }
      ray.disturb = (place) => (place.endsWith('/at-8') ? 'cut' : null)
      const { id } = await sentTo(first.runs.sweeps, planOf(first, 1), placeOf(ray))
      await waitsFor(first, 'cluster-unreachable')
      expect(first.runs.detail(1)).toMatchObject({ state: 'training', step: 9, checkpointStep: 5 })
      await first.close()
      ray.disturb = () => null
      const { lab } = await openLab(home, 'browser')
      await sweepIs(lab, id, 'done', 'paused')
      expectWhole(lab, id)
      expect(checkpointsOf(lab, 1)).toEqual([5, 8, goal])
      expect(lab.history.evaluations({ run: 1, after: null, count: 9 }).map(({ step }) => step)).toEqual([8, goal])
      expect(existsSync(path.join(home.folder, 'conv-lab.log'))).toBe(false)
    },
  )

  onLinux('asks again for whatever the cluster could not give, and says why it waits', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    ray.script = oneRun
    const isFirst = firstTime()
    const failing = ['state.json', 'events-000002.jsonl', 'at-12']
    ray.disturb = (place) =>
      failing.includes(path.basename(place)) && isFirst(place) ? { status: 500, body: 'the agent is busy' } : null
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 1), placeOf(ray))
    await waitsFor(lab, 'cluster-refuses')
    await sweepIs(lab, id, 'done', 'paused')
    expectWhole(lab, id)
    expect(checkpointsOf(lab, 1)).toEqual([3, 8, goal])
  })

  onLinux('keeps what the cluster has until it is home', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    ray.script = oneRun
    ray.disturb = (place) => (place.endsWith('/at-12') ? { status: 500, body: 'the agent is busy' } : null)
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 1), placeOf(ray))
    await waitsFor(lab, 'cluster-refuses')
    expect(lab.runs.sweeps.show(id).sweep.state).toBe('active')
    expect(readdirSync(ray.logs)).toHaveLength(1)
    ray.disturb = () => null
    await sweepIs(lab, id, 'done', 'paused')
    expect(checkpointsOf(lab, 1)).toEqual([3, 8, goal])
    await lab.close()
    expect(readdirSync(ray.logs)).toEqual([])
  })

  onLinux('says which checkpoint was gone, unless a newer one took its place', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    const of1 = oneRun.files.map((lines) => lines.map((line) => ({ ...line, trial: 1 })))
    const gone = of1.map((lines) =>
      lines.map(({ event, ...line }) => ({
        ...line,
        event: event.kind === 'checkpoint' && event.checkpoint.step === goal ? { ...event, stored: 'gone' } : event,
      })),
    )
    ray.script = { files: [...oneRun.files, ...gone], kept: kept(8, goal), ended: true }
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 2), placeOf(ray))
    await sweepIs(lab, id, 'done', 'paused')
    expect(lab.runs.detail(1)).toMatchObject({ state: 'done', problem: null })
    expect(checkpointsOf(lab, 1)).toEqual([8, goal])
    expect(lab.runs.detail(2)).toMatchObject({
      state: 'done',
      problem: { code: 'cluster-checkpoint-gone', parameters: { files: 'step-00000012.safetensors' } },
    })
  })

  onLinux('goes on once the token is renewed', async () => {
    const home = await smallHome()
    const { lab } = await openLab(home)
    const ray = await standInRay(1, '')
    const tokenFile = path.join(home.folder, 'token')
    await writeFile(tokenFile, 'old')
    ray.token = 'old'
    ray.script = oneRun
    const isFirst = firstTime()
    ray.disturb = (place) => {
      if (place.endsWith('events-000002.jsonl') && isFirst(place)) ray.token = 'new'
      return null
    }
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 1), { ...placeOf(ray), tokenFile })
    await waitsFor(lab, 'cluster-token-old')
    await rm(tokenFile)
    await waitsFor(lab, 'cluster-token-unread')
    await writeFile(tokenFile, 'new')
    await sweepIs(lab, id, 'done', 'paused')
    expectWhole(lab, id)
  })

  onLinux('goes on once the cluster is at its address again', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    ray.script = oneRun
    let isAway = false
    ray.disturb = (place) => {
      isAway ||= place.endsWith('events-000002.jsonl')
      return isAway ? { status: 404, body: '<html></html>' } : null
    }
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 1), placeOf(ray))
    await waitsFor(lab, 'cluster-elsewhere')
    ray.disturb = () => null
    await sweepIs(lab, id, 'done', 'paused')
    expectWhole(lab, id)
  })

  onLinux('sends again what another node was the reason for, and never beside the old job', async () => {
    const { lab, client } = await openLab(await smallHome())
    const ray = await standInRay(2, '')
    ray.script = {
      files: [
        [
          ...of(0, ...begun(0), steps(1, 5)),
          ...of(1, { kind: 'given-up', why: 'lacks', detail: 'TensorFlow is missing' }),
          ...of(0, checkpoint(5)),
        ],
      ],
      kept: kept(5),
      ended: false,
    }
    ray.disturb = (place) => (place.endsWith('/stop') ? { status: 500, body: 'the agent is busy' } : null)
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 2), placeOf(ray))
    await sweepIs(lab, id, 'paused')
    expect(lab.runs.sweeps.show(id).sweep.problem).toMatchObject({ code: 'cluster-node-lacks' })
    expect(lab.runs.detail(1)).toMatchObject({ state: 'interrupted', problem: { code: 'cluster-run-left' } })
    expect(checkpointsOf(lab, 1)).toEqual([5])
    const [old] = ray.jobs.keys()

    ray.script = {
      files: [[...of(0, ...begun(5), steps(6, goal), ...done), ...of(1, ...begun(0), steps(1, goal), ...done)]],
      kept: kept(goal),
      ended: true,
    }
    await expect(lab.runs.sweeps.resume(id)).rejects.toMatchObject({ problem: { code: 'cluster-refuses' } })
    expect([...ray.jobs.keys()]).toEqual([old])
    expect(lab.history.sweeps.leftJobs()).toMatchObject([{ job: old, sweep: id }])
    ray.disturb = () => null
    await client.sweeps.resume({ sweep: id })
    expect([...ray.jobs.keys()]).not.toContain(old)
    await sweepIs(lab, id, 'done')
    expectWhole(lab, id)
    expect(lab.runs.detail(1).stretches.map(({ fromStep }) => fromStep)).toEqual([0, 5])
  })

  onLinux('clears up at the next opening what it could not before', async () => {
    const home = await smallHome()
    const { lab: first } = await openLab(home)
    const ray = await standInRay(1, '')
    ray.script = oneRun
    ray.disturb = (_, method) => (method === 'POST' && ray.jobs.size > 0 ? { status: 500, body: 'busy' } : null)
    const { id } = await sentTo(first.runs.sweeps, planOf(first, 1), placeOf(ray))
    await sweepIs(first, id, 'done', 'paused')
    await first.close()
    expect(readdirSync(ray.logs)).toHaveLength(1)
    ray.disturb = () => null
    await openLab(home, 'browser')
    await expect.poll(() => [readdirSync(ray.logs), [...ray.jobs]], { timeout: 60_000 }).toEqual([[], []])
  })

  onLinux('is sent again to a cluster whose nodes have just begun', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    ray.script = oneRun
    let refusals = 2
    ray.disturb = (place, method) =>
      method === 'POST' && place.startsWith('/api/jobs') && refusals-- > 0
        ? { status: 500, body: 'No available agent to submit job, please try again later.' }
        : null
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 1), placeOf(ray))
    await sweepIs(lab, id, 'done')
    expect(refusals).toBeLessThan(0)
    expectWhole(lab, id)
  })

  onLinux('goes on with runs that were paused', async () => {
    const { lab, client } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    ray.script = { files: [of(0, ...heldAt5)], kept: kept(5), ended: true }
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 1), placeOf(ray))
    await sweepIs(lab, id, 'paused')
    ray.script = { files: [of(0, ...begun(5), steps(6, goal), ...done)], kept: kept(goal), ended: true }
    await client.sweeps.resume({ sweep: id })
    await sweepIs(lab, id, 'done')
    expectWhole(lab, id)
  })

  onLinux('leaves a run that was held as it is at the next opening', async () => {
    const home = await smallHome()
    const { lab: first } = await openLab(home)
    const ray = await standInRay(2, '')
    const other = of(1, ...begun(0), steps(1, 5))
    ray.script = { files: [[...of(0, ...heldAt5), ...other]], kept: kept(5), ended: false }
    await sentTo(first.runs.sweeps, planOf(first, 2), placeOf(ray))
    await eventsUntil(first, 0, (event) => event.kind === 'steps' && event.run === 2)
    await first.close()
    const { lab } = await openLab(home, 'browser')
    await eventsUntil(lab, 0, (event) => event.kind === 'steps' && event.run === 2)
    expect(lab.runs.detail(1)).toMatchObject({ state: 'paused', stretches: [{ fromStep: 0, toStep: 5 }] })
  })
})
