import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { undistorted } from '../../../../core/run/augmentation.ts'
import type { DatasetCard } from '../../../../core/data/dataset.ts'
import type { TrainEvent, TrainOrder } from '../../../../core/contract/engineContract.ts'
import type { Model } from '../../../../core/network/model.ts'
import { requestFor } from '../../../../core/run/presets.ts'
import { quoted } from '../../../../core/words/phrases.ts'
import { LabError, problem } from '../../../../core/words/problems.ts'
import { cifar10 } from '../../../../main/datasets/sets/cifar10.ts'
import { writePreparedForm } from '../../../../main/files/preparedForm.ts'
import { engineEntry, engineForkOptions, engineProcessOf, exitDetail } from '../../../../main/engine/host/forkEngine.ts'
import { systemMemoryKills } from '../../../../main/platform/memoryKills.ts'
import { EngineHost, forkEngine, type LaunchEngine } from '../../../../main/engine/host/engineHost.ts'
import { deathProblem, engineProblemOf } from '../../../../main/engine/shared/outOfMemory.ts'
import { eventsOf } from '../train/tinyRun.ts'
import { linuxOnly, posixOnly } from '../../../platforms.ts'

const hosts: EngineHost[] = []
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
})

function hostWith(launch: LaunchEngine): EngineHost {
  const host = new EngineHost({ launch, onStatus: () => undefined })
  hosts.push(host)
  return host
}

describe('what is thrown for lack of memory', () => {
  // Each as TensorFlow 2.21, oneDNN or Node 24 words it.
  it.each([
    [
      'Session fail to run with error: OOM when allocating tensor with shape[10000,24,24,64] and type float on /job:localhost/replica:0/task:0/device:CPU:0 by allocator cpu',
    ],
    ['Session fail to run with error: RESOURCE_EXHAUSTED: failed to allocate memory'],
    [
      'Session fail to run with error: Compute received an exception:Status:1, message: could not create a memory object. in file tensorflow/core/kernels/mkl/mkl_maxpooling_op.cc:388',
    ],
    ['std::bad_alloc'],
    ['Array buffer allocation failed'],
    ["ENOMEM: not enough memory, read '/data/train.images'"],
  ])('%s', (message) => {
    expect(engineProblemOf(new RangeError(`${message}\n\t [[{{node train/pool_1}}]]`))).toEqual(
      problem('out-of-memory', { detail: quoted(message) }),
    )
  })

  it('is told from other failures and from problems that are known', () => {
    expect(engineProblemOf(new Error('the network has no tensor ROOMY/kernel'))).toEqual(
      problem('internal', { detail: 'the network has no tensor ROOMY/kernel' }),
    )
    const known = problem('write-failed', { path: '/x', detail: 'ENOMEM' })
    expect(engineProblemOf(new LabError(known))).toEqual(known)
  })
})

describe('how an engine ended', () => {
  const end = { code: null, signal: null, errorOutput: '', memoryKill: false }
  const badAlloc = "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n"

  it('names the lack of memory where the process said it, or the system counted it', () => {
    expect(
      exitDetail({ ...end, signal: 'SIGABRT', errorOutput: `oneDNN custom operations are on.\n${badAlloc}` }),
    ).toBe("SIGABRT, terminate called after throwing an instance of 'std::bad_alloc'")
    expect(
      exitDetail({
        ...end,
        code: 134,
        errorOutput: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      }),
    ).toMatch(/^exit code 134, FATAL ERROR/)
    expect(exitDetail({ ...end, signal: 'SIGKILL', memoryKill: true })).toBe('SIGKILL, out of memory')
    // As Electron tells it.
    expect(exitDetail({ ...end, code: 9, memoryKill: true })).toBe('SIGKILL, out of memory')
  })

  it('is a crash otherwise, also while the system ended some other process', () => {
    expect(exitDetail({ ...end, signal: 'SIGKILL' })).toBe('SIGKILL')
    expect(exitDetail({ ...end, signal: 'SIGSEGV', memoryKill: true })).toBe('SIGSEGV')
    expect(exitDetail({ ...end, code: 1, memoryKill: true })).toBe('exit code 1')
    expect(deathProblem('SIGKILL')).toEqual(problem('engine-crashed', { detail: 'SIGKILL' }))
    expect(deathProblem('SIGKILL, out of memory')).toEqual(
      problem('out-of-memory', { detail: quoted('SIGKILL, out of memory') }),
    )
  })

  it('is a processor that lacks an instruction where the system says so', () => {
    for (const code of [132, 3221225501, -1073741795]) expect(exitDetail({ ...end, code })).toBe('SIGILL')
    expect(deathProblem(exitDetail({ ...end, signal: 'SIGILL' }))).toEqual(problem('processor-too-old', {}))
  })

  linuxOnly('Linux alone counts them')('is counted by Linux', () => {
    expect(systemMemoryKills()).toBeGreaterThanOrEqual(0)
    expect(Number.isInteger(systemMemoryKills())).toBe(true)
  })

  posixOnly('a shell ends itself as C++ would')(
    'reaches whoever asked it, from a process that C++ ended for lack of memory',
    async () => {
      const dying: LaunchEngine = () =>
        engineProcessOf(
          fork(engineEntry(), [], {
            ...engineForkOptions(),
            execPath: '/bin/sh',
            execArgv: [
              '-c',
              `printf '%s\\n' "terminate called after throwing an instance of 'std::bad_alloc'" >&2; kill -ABRT $$`,
            ],
          }),
        )
      await expect(hostWith(dying).ready()).rejects.toMatchObject({
        problem: {
          code: 'out-of-memory',
          parameters: { detail: { phrase: 'quoted', parameters: { text: expect.stringContaining('SIGABRT') } } },
        },
      })
    },
  )
})

describe('a real engine', () => {
  it('ends a run whose maps no computer has room for as interrupted with its checkpoint, and trains on after it', async () => {
    const order = await wideOrder()
    const host = hostWith(forkEngine)
    // A map of 0.5 TB.
    const large = await hear(host, order(2000))
    expect(eventsOf(large, 'checkpoint').map(({ checkpoint }) => checkpoint.step)).toEqual([0])
    expect(large.at(-1)).toMatchObject({
      kind: 'ended',
      state: 'interrupted',
      step: 0,
      problem: { code: 'out-of-memory' },
    })
    expect((await hear(host, order(1))).at(-1)).toMatchObject({ kind: 'ended', state: 'done', step: 1 })
  })
})

/**
 * A set of grey images of 128 x 128 on disk, and an order to train a network on it whose one map takes 0.27 GB an
 * image.
 */
async function wideOrder(): Promise<(batch: number) => TrainOrder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-memory-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const image = { height: 128, width: 128, channels: 1 } as const
  const card: DatasetCard = { ...cifar10.card, image, sizes: { train: 2000, test: 1 } }
  const split = (count: number) => ({
    labels: Uint16Array.from({ length: count }, (_, image) => image % 10),
    images: new Uint8Array(count * 128 * 128),
  })
  const { prepared } = await writePreparedForm(path.join(folder, 'data'), {
    card,
    source: 'package',
    train: split(2000),
    test: split(1),
  })
  const model: Model = {
    input: image,
    layers: [
      {
        kind: 'conv',
        name: 'conv',
        filters: 4096,
        kernel: { height: 1, width: 1 },
        stride: 1,
        padding: 'same',
        bias: false,
        initializer: 'he-normal',
      },
      { kind: 'global-average-pool', name: 'pool', scaling: null },
      { kind: 'dense', name: 'classes', units: 10, bias: true, initializer: 'glorot-uniform' },
    ],
    head: { kind: 'softmax', labelSmoothing: 0 },
  }
  const { config } = requestFor('seed', card, prepared, { batch: 1 })
  return (batch) => ({
    run: 1,
    config: { ...config, batch, model, augmentation: undistorted },
    dataFolder: path.join(folder, 'data'),
    checkpointFolder: path.join(folder, `batch-${batch}`),
    from: null,
    branchPoint: null,
    threads: null,
    evaluated: false,
    goal: 1,
    evaluateEvery: 1000,
    checkpointEvery: 1000,
    bestAccuracy: null,
    patience: null,
    evaluationsSinceBest: 0,
    healthEvery: 0,
    pauseAfter: null,
  })
}

async function hear(host: EngineHost, order: TrainOrder): Promise<TrainEvent[]> {
  const events: TrainEvent[] = []
  for await (const event of host.train(order)) events.push(event)
  return events
}
