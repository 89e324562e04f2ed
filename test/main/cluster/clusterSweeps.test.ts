// @module-tag slow
import { readdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished } from 'vitest'
import type { ClusterPlace } from '../../../core/cluster/clusterPlace.ts'
import type { SendingProgress } from '../../../core/sweep/sending.ts'
import type { SweepSummary } from '../../../core/sweep/sweep.ts'
import { SweepPlan } from '../../../core/sweep/sweepPlan.ts'
import { problemOf } from '../../../core/words/problems.ts'
import type { JournalLine, RunEvent } from '../../../main/cluster/journal.ts'
import { unwatched } from '../../../main/cluster/sendings.ts'
import type { Lab } from '../../../main/lab.ts'
import { linuxOnly } from '../../platforms.ts'
import { eventsUntil, openLab, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'
import { bitsOfSweep, bitsTrainedHere, hasCheckpoint, sweepIs } from './comparedSweeps.ts'
import { descendants } from './descendants.ts'
import { sentTo } from './sentTo.ts'
import { standInRay, type StandInRay } from './standInRay.ts'
import { unpackedProgram } from './unpackedProgram.ts'

const onLinux = linuxOnly('the nodes of a cluster run Linux')

function placeOf(ray: StandInRay): ClusterPlace {
  return { address: ray.address, tokenFile: null, processors: 1, nodesHave: '/set/by/the/stand-in', dataFolder: null }
}

function planOf(lab: Lab, goal: number, points: number): SweepPlan {
  return SweepPlan.parse({
    format: 1,
    base: { ...smallRequest(lab, { goal }), evaluateEvery: Math.max(4, Math.ceil(goal / 10)) },
    axes: [{ setting: 'rate', values: { kind: 'list', list: [1e-4, 1e-3].slice(0, points) } }],
    points: { kind: 'grid' },
    seeds: 1,
    seed: 1,
    halving: null,
    budget: { minutes: null, runs: null },
  } satisfies SweepPlan)
}

describe('a sweep on a cluster', () => {
  onLinux('trains runs at once, to the bits of runs that trained here', async () => {
    const { lab, client } = await openLab(await smallHome())
    const ray = await standInRay(2, await unpackedProgram())
    const plan = planOf(lab, 8, 2)
    const told: SendingProgress[] = []
    const { id } = await sentTo(lab.runs.sweeps, plan, placeOf(ray), (progress) => told.push(progress))
    expect(told.map(({ doneBytes }) => doneBytes)).toEqual(told.map(({ doneBytes }) => doneBytes).sort((a, b) => a - b))
    expect(told.at(-1)?.doneBytes).toBeGreaterThan(0)
    await sweepIs(lab, id, 'done', 'paused')
    const { sweep, trials } = await client.sweeps.show({ sweep: id })
    expect(sweep).toMatchObject({ state: 'done', reason: 'complete', problem: null, begun: 2 })
    expect(trials.map(({ standing, step }) => [standing, step])).toEqual([
      ['finished', 8],
      ['finished', 8],
    ])
    for (const { run } of trials) {
      const { stretches, checkpoints } = lab.runs.detail(run ?? 0)
      expect(stretches).toMatchObject([{ fromStep: 0, toStep: 8, computer: hostname(), engine: { threads: 1 } }])
      expect(checkpoints.map(({ step }) => step)).toEqual(expect.arrayContaining([0, 8]))
    }
    expect(bitsOfSweep(lab, id)).toEqual(await bitsTrainedHere(lab, plan))
    await lab.close()
    // What the job left is deleted, and so are the job itself and those that asked something of it.
    expect(readdirSync(ray.logs)).toEqual([])
    expect([...ray.jobs]).toEqual([])
  })

  onLinux('goes on after an engine, Conv Lab and the driver were lost, with the bits of an unbroken run', async () => {
    const home = await smallHome()
    const ray = await standInRay(1, await unpackedProgram())
    const first = await openLab(home)
    const plan = planOf(first.lab, 1600, 1)
    const { id } = await sentTo(first.lab.runs.sweeps, plan, placeOf(ray))
    await hasCheckpoint(first.lab)
    process.kill(descendants(ray.driver().pid ?? 0).at(-1) ?? 0, 'SIGKILL')
    await eventsUntil(first.lab, 0, (event) => event.kind === 'rewound')
    await first.lab.close()

    const second = await openLab(home, 'browser')
    expect(second.lab.runs.sweeps.show(id).sweep.state).toBe('active')
    await eventsUntil(second.lab, 0, (event) => event.kind === 'steps')
    ray.driver().kill('SIGKILL')
    await sweepIs(second.lab, id, 'paused')
    expect(second.lab.runs.sweeps.show(id).sweep).toMatchObject({
      reason: 'trouble',
      problem: { code: 'cluster-job-ended' },
    })
    await second.client.sweeps.resume({ sweep: id })
    await sweepIs(second.lab, id, 'done')
    expect(readdirSync(ray.temporary)).toEqual([])
    const [{ run }] = second.lab.runs.sweeps.show(id).trials
    expect(second.lab.runs.detail(run ?? 0).stretches.length).toBeGreaterThanOrEqual(4)
    expect(bitsOfSweep(second.lab, id)).toEqual(await bitsTrainedHere(second.lab, plan))
  })

  onLinux('holds one run or all of them, with checkpoints', async () => {
    const { lab, client } = await openLab(await smallHome())
    const ray = await standInRay(1, await unpackedProgram())
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 100_000, 2), placeOf(ray))
    const { id: run } = await hasCheckpoint(lab)
    await expect(client.runs.resume({ run })).rejects.toThrow()
    await client.runs.stop({ run })
    expect(lab.runs.detail(run)).toMatchObject({ state: 'stopped' })
    expect(lab.runs.detail(run).checkpoints.at(-1)).toMatchObject({ reason: 'stop' })
    await eventsUntil(lab, 0, (event) => event.kind === 'steps' && event.run !== run)
    const paused = await client.sweeps.pause({ sweep: id })
    expect(paused).toMatchObject({ state: 'paused', reason: 'person', training: null })
    expect(lab.runs.list().map(({ state }) => state)).toEqual(['paused', 'stopped'])
    await client.sweeps.cancel({ sweep: id })
    expect(lab.runs.sweeps.show(id).sweep.state).toBe('cancelled')
  })

  onLinux('says that no node has so many processors', async () => {
    const { lab, client } = await openLab(await smallHome())
    const ray = await standInRay(1, await unpackedProgram())
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 8, 1), { ...placeOf(ray), processors: 2 })
    await eventsUntil(lab, 0, (event) => event.kind === 'sweep' && event.sweep.problem?.code === 'cluster-full')
    await client.sweeps.cancel({ sweep: id })
    expect(lab.runs.sweeps.show(id).sweep).toMatchObject({ state: 'cancelled', begun: 0 })
  })

  onLinux('is followed at once where the cluster began it and its answer was lost', async () => {
    const { lab, client } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    ray.onTrain = () => (ray.losesAnswer = true)
    const { id, state } = await sentTo(lab.runs.sweeps, planOf(lab, 8, 1), { ...placeOf(ray), processors: 2 })
    expect(state).toBe('active')
    await client.sweeps.cancel({ sweep: id })
    expect(lab.runs.sweeps.show(id).sweep.state).toBe('cancelled')
    expect(ray.trainings).toBe(1)
  })

  onLinux('is not sent twice where the cluster was lost when it had begun it', async () => {
    const { lab, client } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    const send = (): Promise<SweepSummary> =>
      sentTo(lab.runs.sweeps, planOf(lab, 8, 1), { ...placeOf(ray), processors: 2 })
    ray.onTrain = () => (ray.isThere = false)
    const first = await send()
    ray.isThere = true
    const second = await send()
    for (const sweep of [first, second])
      expect(sweep).toMatchObject({ state: 'paused', problem: { code: 'cluster-unreachable' } })
    await expect(client.sweeps.resume({ sweep: first.id })).rejects.toThrow()

    ray.isThere = true
    expect(await client.sweeps.resume({ sweep: first.id })).toMatchObject({ state: 'active', problem: null })
    // Of one that is not resumed the job is looked for all the same.
    for (const sweep of [first.id, second.id])
      expect(await client.sweeps.cancel({ sweep })).toMatchObject({ state: 'cancelled' })
    await lab.close()
    expect(ray.trainings).toBe(2)
    expect([...ray.jobs]).toEqual([])
  })

  onLinux('says that it could not be held, goes on, and is held when that is put right', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 8, 1), { ...placeOf(ray), processors: 2 })
    ray.failsSmallJobs = true
    for (const act of ['pause', 'cancel'] as const) {
      const refusal = await lab.runs.sweeps[act](id).then(() => null, problemOf)
      expect(refusal?.code).toBe('cluster-not-ended')
      expect(JSON.stringify(refusal)).toContain('the disk of the head is full')
      expect(lab.runs.sweeps.show(id).sweep.state).toBe('active')
    }
    ray.failsSmallJobs = false
    expect(await lab.runs.sweeps.cancel(id)).toMatchObject({ state: 'cancelled', begun: 0 })
  })

  onLinux('rests with a run that was lost and waited for a processor', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 8, 1), { ...placeOf(ray), processors: 2 })
    const lost = { kind: 'lost', detail: 'the node died', step: 0, again: true } as const
    await ray.tellInstead(journalOf([...beginning, lost, { kind: 'held', state: 'stopped' }]), true)
    await sweepIs(lab, id, 'paused', 'done')
    expect(lab.runs.list()).toMatchObject([{ state: 'stopped', step: 0, problem: null }])
  })

  onLinux('ends here where its cluster does not answer, goes on elsewhere, and is stopped there later', async () => {
    const home = await smallHome()
    const [gone, other] = [await standInRay(1, ''), await standInRay(1, '')]
    const { lab } = await openLab(home)
    const { sweeps } = lab.runs
    const { id } = await sentTo(sweeps, planOf(lab, 8, 1), { ...placeOf(gone), processors: 2 })
    await gone.tellInstead(journalOf(beginning), false)
    await eventsUntil(lab, 0, (event) => event.kind === 'run' && event.run.state === 'training')
    gone.isThere = false
    expect(await sweeps.pause(id).then(() => null, problemOf)).toMatchObject({
      code: 'cluster-not-ended',
      parameters: { detail: 'ECONNRESET' },
    })
    expect(sweeps.show(id).sweep.state).toBe('active')
    expect(await sweeps.pause(id, true)).toMatchObject({ state: 'paused', reason: 'person' })
    expect(lab.runs.list()).toMatchObject([{ state: 'interrupted', problem: { code: 'cluster-ended-here' } }])
    expect(lab.history.sweeps.leftJobs()).toHaveLength(1)

    const at = { address: other.address, tokenFile: null }
    expect(await sweeps.resume(id, unwatched, at)).toMatchObject({ state: 'active', cluster: { processors: 2, ...at } })
    expect(other.trainings).toBe(1)
    await sweeps.cancel(id)
    await lab.close()
    expect([...gone.jobs]).toHaveLength(1)

    gone.isThere = true
    const again = await openLab(home, 'browser')
    await expect.poll(() => [...gone.jobs], { timeout: 60_000 }).toEqual([])
    await expect.poll(() => again.lab.history.sweeps.leftJobs()).toEqual([])
  })

  onLinux('is followed at another address of its cluster, and not at that of another cluster', async () => {
    const { lab } = await openLab(await smallHome())
    const { sweeps } = lab.runs
    const [ray, other] = [await standInRay(1, ''), await standInRay(1, '')]
    const { id } = await sentTo(sweeps, planOf(lab, 8, 1), { ...placeOf(ray), processors: 2 })
    const at = (address: string): Promise<SweepSummary> => sweeps.resume(id, unwatched, { address, tokenFile: null })
    expect(await at(other.address).then(() => null, problemOf)).toMatchObject({ code: 'cluster-other' })
    const localhost = ray.address.replace('127.0.0.1', 'localhost')
    expect(await at(localhost)).toMatchObject({ state: 'active', cluster: { address: localhost } })
    expect(await sweeps.cancel(id)).toMatchObject({ state: 'cancelled' })
    expect([ray.trainings, other.trainings]).toEqual([1, 0])
  })

  onLinux('is refused with a sentence and nothing stored', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    const plan = planOf(lab, 8, 1)
    const refusal = async (place: Partial<ClusterPlace>, change: Partial<SweepPlan> = {}): Promise<string> => {
      const begun = sentTo(lab.runs.sweeps, { ...plan, ...change }, { ...placeOf(ray), ...place })
      return begun.then(
        () => 'begun',
        (thrown: unknown) => problemOf(thrown).code,
      )
    }
    expect(await refusal({}, { halving: { firstSteps: 2, factor: 2 } })).toBe('cluster-sweep-unfit')
    const large = { ...plan, points: { kind: 'random', count: 10_001 } } as const
    const sent = lab.runs.clusters.start(large, placeOf(ray), unwatched)
    expect(await sent.then(() => null, problemOf)).toMatchObject({
      code: 'cluster-sweep-large',
      parameters: { runs: 10_001 },
    })
    expect(await refusal({ address: 'http://127.0.0.1:1' })).toBe('cluster-unreachable')
    expect(await refusal({ address: await otherServer() })).toBe('cluster-no-ray')
    expect(await refusal({ tokenFile: '/is/not/there' })).toBe('cluster-token-unread')
    ray.version = '1.13.0'
    expect(await refusal({})).toBe('cluster-version')
    ray.token = 'secret'
    expect(await refusal({})).toBe('cluster-token-wrong')
    expect(lab.runs.sweeps.list()).toEqual([])
    expect(ray.jobs.size).toBe(0)
  })

  onLinux('is called back while it is sent, and nothing of it is stored', async () => {
    const { lab, client } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    for await (const event of await client.sweeps.send({ plan: planOf(lab, 8, 1), on: placeOf(ray) })) {
      expect(event.kind).toBe('progress')
      break
    }
    await lab.close()
    const { lab: again } = await openLab(lab.home)
    expect(again.runs.sweeps.list()).toEqual([])
    expect(ray.jobs.size).toBe(0)
  })

  onLinux('waits and says why when no engine starts on a node, and what it said last', async () => {
    const { lab } = await openLab(await smallHome())
    const unpacked = await unpackedProgram()
    const node = path.join(unpacked, 'node', 'node')
    await rm(node)
    await writeFile(node, '#!/bin/sh\necho "version GLIBC_2.99 not found" >&2\nexit 126\n', { mode: 0o755 })
    const ray = await standInRay(1, unpacked)
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 8, 2), placeOf(ray))
    await sweepIs(lab, id, 'paused')
    const { sweep, trials } = lab.runs.sweeps.show(id)
    expect(sweep).toMatchObject({
      reason: 'trouble',
      problem: { code: 'cluster-engine-fails', parameters: { node: hostname() } },
    })
    expect(JSON.stringify(sweep.problem)).toContain('ended with 126 version GLIBC_2.99 not found')
    expect(trials).toEqual([])
  })

  onLinux('says of a run that trained and that no node could go on with that it was lost', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '')
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 8, 1), { ...placeOf(ray), processors: 2 })
    const lost = { kind: 'lost', detail: 'the node died', step: 0 } as const
    const end = [
      { ...lost, again: true },
      { ...lost, again: false },
    ]
    await ray.tellInstead(journalOf([...beginning, ...end]), true)
    await sweepIs(lab, id, 'paused', 'done')
    expect(lab.runs.list()).toMatchObject([{ state: 'interrupted', problem: { code: 'cluster-run-lost' } }])
  })

  onLinux('waits and says why when nodes lack what a run needs', async () => {
    const { lab } = await openLab(await smallHome())
    const ray = await standInRay(1, '/is/not/there')
    const { id } = await sentTo(lab.runs.sweeps, planOf(lab, 8, 1), placeOf(ray))
    await sweepIs(lab, id, 'paused')
    const { sweep, trials } = lab.runs.sweeps.show(id)
    expect(sweep.problem).toMatchObject({ code: 'cluster-node-lacks' })
    expect(trials).toEqual([])
  })
})

/** How each run begins to be told of. */
const beginning: readonly RunEvent[] = [
  { kind: 'placed', host: 'node-1', pid: 1 },
  {
    kind: 'ready',
    step: 0,
    trainingSeconds: 0,
    waitingSeconds: 1,
    engine: {
      tensorflow: '2.18.0',
      binding: '4.22.0',
      node: '24.0.0',
      processor: 'x86-64',
      threads: 1,
      graphVersion: 1,
    },
  },
]

/** The first attempt of the first trial. */
function journalOf(events: readonly RunEvent[]): JournalLine[] {
  return events.map((event) => ({ trial: 0, attempt: 0, event }))
}

/** A server that is no Ray. */
async function otherServer(): Promise<string> {
  const server = createServer((_, response) => response.end('<html></html>'))
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
