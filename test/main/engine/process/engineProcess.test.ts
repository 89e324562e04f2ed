// @module-tag slow
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TrainEvent, TrainOrder } from '../../../../core/contract/engineContract.ts'
import { LabError } from '../../../../core/words/problems.ts'
import type { EngineStatus } from '../../../../core/contract/windowContract.ts'
import { engineEntry, engineForkOptions, engineProcessOf } from '../../../../main/engine/host/forkEngine.ts'
import {
  EngineHost,
  forkEngine,
  type EngineProcess,
  type LaunchEngine,
} from '../../../../main/engine/host/engineHost.ts'
import { bitsOf, checkpointAt, checkpointsOf, eventsOf, lossesOf, tinyRun, type TinyRun } from '../train/tinyRun.ts'
import { linuxOnly, posixOnly, withSignals } from '../../../platforms.ts'

let tiny: TinyRun
beforeAll(async () => {
  tiny = await tinyRun()
})
afterAll(() => tiny.remove())

const hosts: EngineHost[] = []
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
})

/** A host whose engine process is at hand, to be killed. */
function hostWith(launch: LaunchEngine = forkEngine): {
  host: EngineHost
  statuses: EngineStatus[]
  kill: () => void
} {
  let engine: EngineProcess | null = null
  const statuses: EngineStatus[] = []
  const host = new EngineHost({
    launch: (...start) => {
      engine = launch(...start)
      return engine
    },
    onStatus: (status) => statuses.push(status),
  })
  hosts.push(host)
  return { host, statuses, kill: () => engine?.kill('SIGKILL') }
}

interface Heard {
  readonly events: TrainEvent[]
  readonly failure: unknown
}

async function hear(
  host: EngineHost,
  order: TrainOrder,
  listen: (event: TrainEvent) => void = () => undefined,
): Promise<Heard> {
  const events: TrainEvent[] = []
  try {
    for await (const event of host.train(order)) {
      events.push(event)
      listen(event)
    }
    return { events, failure: null }
  } catch (failure) {
    return { events, failure }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A container's first process may not collect orphans: one that has ended stays as a zombie.
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ESRCH' || thrown.code === 'ENOENT'))
      return false
    throw thrown
  }
}

describe('twenty steps', () => {
  const evaluateEvery = 8
  let order: TrainOrder
  let unbroken: TrainEvent[]
  const evaluations = (events: TrainEvent[]) => eventsOf(events, 'evaluated').map(({ evaluation }) => evaluation)

  beforeAll(async () => {
    order = tiny.order('unbroken', { evaluateEvery })
    const { host } = hostWith()
    unbroken = (await hear(host, order)).events
    await host.close()
  })

  it('killed at step 10 and continued give the same bits as unbroken ones', async () => {
    const broken = tiny.order('killed', { evaluateEvery })
    const { host, kill } = hostWith()
    const { events, failure } = await hear(host, { ...broken, goal: 1000 }, (event) => {
      if (event.kind === 'checkpoint' && event.checkpoint.step === 10) kill()
    })
    expect(failure).toBeInstanceOf(LabError)
    expect(failure).toMatchObject({ problem: { code: 'engine-crashed', parameters: { detail: 'SIGKILL' } } })

    // What the history keeps: a checkpoint and the metrics up to it. What came after it is told again.
    const { events: continued } = await hear(host, {
      ...broken,
      from: checkpointAt(broken, events, 10),
      evaluated: false,
    })
    const kept = lossesOf(events).filter(([step]) => step <= 10)
    expect([...kept, ...lossesOf(continued)]).toEqual(lossesOf(unbroken))
    expect([...evaluations(events).filter(({ step }) => step <= 10), ...evaluations(continued)]).toEqual(
      evaluations(unbroken),
    )
    expect(await bitsOf(checkpointAt(broken, continued, 20))).toEqual(await bitsOf(checkpointAt(order, unbroken, 20)))
  })

  it('or more, paused where the hold is heard and resumed by the same engine, give the same bits as unbroken ones', async () => {
    const broken = tiny.order('paused', { evaluateEvery, checkpointEvery: 1000 })
    const { host } = hostWith()
    let answered: Promise<void> = Promise.resolve()
    const { events } = await hear(host, { ...broken, goal: 1000 }, (event) => {
      if (event.kind === 'checkpoint' && event.checkpoint.step === 0) answered = host.hold('paused')
    })
    await answered
    const { state, step } = eventsOf(events, 'ended')[0]
    expect(state).toBe('paused')
    expect(checkpointsOf(events).at(-1)?.step).toBe(step)
    expect(lossesOf(events).length).toBe(step)

    const goal = step + 7
    const evaluated = evaluations(events).some((evaluation) => evaluation.step === step)
    const { events: resumed } = await hear(host, {
      ...broken,
      goal,
      from: checkpointAt(broken, events, step),
      evaluated,
    })
    const whole = tiny.order('not paused', { goal, evaluateEvery })
    const { events: straight } = await hear(host, whole)
    expect(lossesOf([...events, ...resumed])).toEqual(lossesOf(straight))
    expect(evaluations([...events, ...resumed])).toEqual(evaluations(straight))
    expect(await bitsOf(checkpointAt(broken, resumed, goal))).toEqual(await bitsOf(checkpointAt(whole, straight, goal)))
  })

  it('measured again from their checkpoint give the test accuracy and loss that training told', async () => {
    const { host } = hostWith()
    const measured = await host.evaluate({
      config: order.config,
      dataFolder: order.dataFolder,
      checkpoint: checkpointAt(order, unbroken, 20),
    })
    const then = evaluations(unbroken).find(({ step }) => step === 20)
    expect(measured).toEqual({ testAccuracy: then?.accuracy, testLoss: then?.loss, images: 300 })
  })
})

describe('the number of threads', () => {
  const threadsOf = (events: TrainEvent[]) => eventsOf(events, 'ready').map(({ engine }) => engine.threads)

  it('is the one that a run was begun with, in a process of its own where the engine has another', async () => {
    const { host } = hostWith()
    const { threads } = await host.ready()
    const other = threads + 1
    const first = tiny.order('on other threads', { goal: 4, threads: other })
    const { events } = await hear(host, first)
    expect(threadsOf(events)).toEqual([other])
    const { events: continued } = await hear(host, {
      ...first,
      goal: 8,
      from: checkpointAt(first, events, 4),
      evaluated: true,
    })
    expect(threadsOf(continued)).toEqual([other])
    // One that may choose gets as many as the computer has again.
    const { events: free } = await hear(host, tiny.order('on any threads', { goal: 1 }))
    expect(threadsOf(free)).toEqual([threads])

    const { host: anew } = hostWith()
    const { events: straight } = await hear(anew, tiny.order('on other threads at once', { goal: 8, threads: other }))
    expect(lossesOf([...events, ...continued])).toEqual(lossesOf(straight))
  })
})

describe('the number of threads that a person chose', () => {
  it('is that of every run which does not say another, from the next one on', async () => {
    let chosen: number | null = 1
    const host = new EngineHost({ launch: forkEngine, onStatus: () => undefined, threads: () => chosen })
    hosts.push(host)
    const threadsOf = async (order: TrainOrder) =>
      eventsOf((await hear(host, order)).events, 'ready').map(({ engine }) => engine.threads)
    expect(await host.ready()).toMatchObject({ threads: 1 })
    expect(await threadsOf(tiny.order('on the chosen threads', { goal: 1 }))).toEqual([1])
    expect(await threadsOf(tiny.order('on its own threads', { goal: 1, threads: 2 }))).toEqual([2])
    chosen = 3
    expect(await threadsOf(tiny.order('on the newly chosen threads', { goal: 1 }))).toEqual([3])
  })
})

describe('the environment of the engine', () => {
  /** What a process was given when it was started. Nothing that it sets later stands there. */
  const givenTo = (pid: number | undefined): string[] =>
    readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .filter((line) => /^(TF_(CPP|ENABLE|NUM)_|GLIBC_TUNABLES)/.test(line))
      .sort()

  linuxOnly('no other system tells what another process was given')(
    'is there before its first line, with the settings of TensorFlow, in every role',
    async () => {
      for (const role of ['normal', 'background', 'looking'] as const) {
        const pids: (number | undefined)[] = []
        const launch: LaunchEngine = (...start) => {
          const engine = forkEngine(...start)
          pids.push(engine.pid)
          return engine
        }
        const host = new EngineHost({ launch, role, onStatus: () => undefined, threads: () => 3 })
        hosts.push(host)
        expect(await host.ready()).toMatchObject({ threads: 3 })
        expect(givenTo(pids[0])).toEqual([
          expect.stringContaining('glibc.malloc.hugetlb=1'),
          'TF_CPP_MIN_LOG_LEVEL=2',
          'TF_ENABLE_ONEDNN_OPTS=1',
          'TF_NUM_INTEROP_THREADS=1',
          'TF_NUM_INTRAOP_THREADS=3',
        ])
      }
    },
  )
})

describe('the engine process', () => {
  it('tells what it is, is off before and after, and starts anew after a death', async () => {
    const { host, statuses, kill } = hostWith()
    expect(host.status.state).toBe('off')
    expect(await host.memory()).toBe(0)
    const identity = await host.ready()
    expect(identity.tensorflow).toMatch(/^\d+\.\d+/)
    expect(await host.memory()).toBeGreaterThan(10_000_000)
    const failed = new Promise<void>((resolve) => {
      const wait = (): void => (host.status.state === 'failed' ? resolve() : void setTimeout(wait, 20))
      wait()
    })
    kill()
    await failed
    expect(host.status.problem).toMatchObject({ code: 'engine-crashed', parameters: { detail: 'SIGKILL' } })
    expect(await host.ready()).toEqual(identity)
    await host.close()
    expect(statuses.map(({ state }) => state)).toEqual(['starting', 'ready', 'failed', 'starting', 'ready', 'off'])
    expect(await host.memory()).toBe(0)
  })

  it('that cannot be started says so, and fails nothing but the request', async () => {
    const { host } = hostWith(() =>
      engineProcessOf(fork(path.join(tiny.folder, 'no-such-program.js'), [], engineForkOptions())),
    )
    await expect(host.ready()).rejects.toMatchObject({
      problem: { code: 'engine-crashed', parameters: { detail: expect.stringContaining('exit code 1') } },
    })
    expect(host.status.state).toBe('failed')
  })

  it('refuses a second order while it trains', async () => {
    const { host } = hostWith()
    const order = tiny.order('busy', { goal: 1000, run: 7 })
    let refused: Promise<unknown[]> = Promise.resolve([])
    const { events } = await hear(host, order, (event) => {
      if (event.kind !== 'checkpoint' || event.checkpoint.step !== 0) return
      const second = hear(host, tiny.order('second'))
      const measuring = host
        .evaluate({ config: order.config, dataFolder: order.dataFolder, checkpoint: checkpointAt(order, [event], 0) })
        .catch((thrown: unknown) => thrown)
      refused = Promise.all([second.then(({ failure }) => failure), measuring])
      void refused.then(() => host.hold('stopped'))
    })
    expect(eventsOf(events, 'ended')[0].state).toBe('stopped')
    for (const failure of await refused)
      expect(failure).toMatchObject({ problem: { code: 'run-in-progress', parameters: { run: 7 } } })
  })

  it('ends training without a trace when its listener goes away, and takes the next order', async () => {
    const { host } = hostWith()
    const order = tiny.order('left', { goal: 1000, checkpointEvery: 1000 })
    for await (const event of host.train(order)) if (event.kind === 'steps') break
    const next = tiny.order('next', { goal: 2 })
    const { events } = await hear(host, next)
    expect(events.at(-1)).toMatchObject({ kind: 'ended', state: 'done' })
    expect(await readdir(order.checkpointFolder)).toEqual(['step-000000000.safetensors'])
  })

  withSignals('ignores the signals that a terminal sends to all, because main decides', async () => {
    let pid = 0
    const { host } = hostWith(() => {
      const engine = forkEngine()
      pid = engine.pid ?? 0
      return engine
    })
    const { events } = await hear(host, tiny.order('signals', { goal: 4 }), (event) => {
      if (event.kind === 'checkpoint' && event.checkpoint.step === 0)
        for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.kill(pid, signal)
    })
    expect(events.at(-1)).toMatchObject({ state: 'done', step: 4 })
  })

  posixOnly('the limit on the size of a file is set by a shell')(
    'whose disk takes no more at a checkpoint ends the run as interrupted and leaves nothing half-written',
    async () => {
      // A limit on the size of files, in blocks of 512 bytes: a checkpoint of 8.7 MB fails in the middle of its
      // writing.
      const limited = (): EngineProcess =>
        engineProcessOf(
          fork(engineEntry(), [], {
            ...engineForkOptions(),
            execPath: '/bin/sh',
            execArgv: ['-c', 'ulimit -f 4000; exec "$0" "$@"', process.execPath],
          }),
        )
      const whole = tiny.order('disk', { goal: 5 })
      const { host: roomy } = hostWith()
      const before = (await hear(roomy, whole)).events
      const { host } = hostWith(limited)
      const { events } = await hear(host, { ...whole, goal: 10, from: checkpointAt(whole, before, 5), evaluated: true })
      const ended = eventsOf(events, 'ended')[0]
      expect(ended).toMatchObject({ state: 'interrupted', step: 10, problem: { code: 'write-failed' } })
      expect(lossesOf(events).map(([step]) => step)).toEqual([6, 7, 8, 9, 10])
      expect(await readdir(whole.checkpointFolder)).toEqual([
        'step-000000000.safetensors',
        'step-000000005.safetensors',
      ])
    },
  )

  it('stops when its main process is killed, and writes no further checkpoint', async () => {
    const order = tiny.order('orphan', { goal: 100_000, checkpointEvery: 100_000 })
    const parent = spawn(process.execPath, [path.join(import.meta.dirname, 'lonelyMain.ts'), JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
    const pid = Number(line)
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    // Until the engine is gone; a failure is the test's own time limit.
    while (isAlive(pid)) await delay(20)
    expect(await readdir(order.checkpointFolder)).toEqual(['step-000000000.safetensors'])
  })
})
