import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportOrder, ExportPart } from '../../../../core/contract/engineContract.ts'
import { undistorted } from '../../../../core/run/augmentation.ts'
import type { Head, Model } from '../../../../core/network/model.ts'
import { RunConfig } from '../../../../core/run/run.ts'
import { writeCheckpoint } from '../../../../main/engine/checkpoint/checkpointFile.ts'
import { writeExport } from '../../../../main/engine/export/writeExport.ts'
import { EngineHost, forkEngine } from '../../../../main/engine/host/engineHost.ts'
import { engineIdentity } from '../../../../main/engine/process/tensorflow.ts'
import { adamOptimizer, firstTensors } from '../graph/numbers.ts'
import { linuxOnly } from '../../../platforms.ts'
import { everyLayer } from './exportedCases.ts'

function configOf(outputs: number, head: Head): RunConfig {
  const model: Model = { input: { height: 21, width: 18, channels: 3 }, layers: everyLayer(outputs), head }
  return RunConfig.parse({
    format: 1,
    data: {
      dataset: 'tiny',
      sha256: 'ab'.repeat(32),
      pixels: { kind: 'standard', mean: [125.3, 123, 113.9], deviation: [63, 62.1, 66.7] },
      validationShare: 0,
    },
    model,
    augmentation: undistorted,
    evaluation: { flips: false },
    optimizer: adamOptimizer,
    schedule: { kind: 'constant', learningRate: 1e-3, warmUp: null },
    batch: 4,
    seed: 1,
  })
}

const config = configOf(5, { kind: 'softmax', labelSmoothing: 0.1 })

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-export-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** An order for a network with its first weights. */
async function orderOf(name: string): Promise<ExportOrder> {
  const place = path.join(folder, `${name}-checkpoints`)
  const variables = firstTensors(config.model, config.optimizer, 1)
  const snapshot = { step: 12, trainingSeconds: 1, variables }
  const { file, sha256 } = await writeCheckpoint(place, snapshot, config, engineIdentity(), 'end')
  return {
    config,
    checkpoint: { path: path.join(place, file), sha256 },
    image: { height: 24, width: 24, channels: 3 },
    classes: ['a', 'b', 'c', 'd', 'e'],
    format: 'saved-model',
    input: 'uint8',
    card: '# A network\n',
    folder: path.join(folder, name),
  }
}

/** What is told at the end. */
async function written(parts: AsyncIterable<ExportPart>) {
  let last: ExportPart | undefined
  for await (const part of parts) last = part
  return last
}

describe('an exported network', () => {
  it('is a folder with the graph, its card, and the classes and settings beside it', async () => {
    const order = await orderOf('plain')
    const files = ['README.md', 'assets.extra/conv-lab.json', 'saved_model.pb']
    expect(await written(writeExport(order))).toMatchObject({ kind: 'done', files })
    expect((await readdir(order.folder)).sort()).toEqual(['README.md', 'assets.extra', 'saved_model.pb'])
    expect(await readFile(path.join(order.folder, 'README.md'), 'utf8')).toBe(order.card)
    expect(JSON.parse(await readFile(path.join(order.folder, 'assets.extra', 'conv-lab.json'), 'utf8'))).toEqual({
      step: 12,
      classes: order.classes,
      config,
    })
  })

  it('is written by the engine process, in its turn', async () => {
    const order = await orderOf('beside')
    await written(writeExport(order))
    const host = new EngineHost({ launch: forkEngine, onStatus: () => undefined })
    const target = path.join(folder, 'from-process')
    try {
      const done = await written(host.export({ ...order, folder: target }))
      expect(done).toMatchObject({ kind: 'done' })
      await expect(written(host.export({ ...order, folder: target }))).rejects.toThrow(/is not an empty folder/)
    } finally {
      await host.close()
    }
    const graph = await readFile(path.join(order.folder, 'saved_model.pb'))
    expect((await readFile(path.join(target, 'saved_model.pb'))).equals(graph)).toBe(true)
  })

  it('never overwrites what is there, a file or a folder with something in it', async () => {
    const order = await orderOf('twice')
    await written(writeExport(order))
    const before = await readFile(path.join(order.folder, 'saved_model.pb'))
    for (const taken of [order.folder, path.join(order.folder, 'saved_model.pb')])
      await expect(written(writeExport({ ...order, folder: taken }))).rejects.toThrow(/is not an empty folder/)
    expect((await readFile(path.join(order.folder, 'saved_model.pb'))).equals(before)).toBe(true)
  })

  it('takes an empty folder', async () => {
    const order = await orderOf('empty')
    await mkdir(order.folder)
    await written(writeExport({ ...order, format: 'onnx' }))
    expect((await readdir(order.folder)).sort()).toEqual(['README.md', 'model.onnx'])
  })

  it('leaves nothing behind where nobody listens any more', async () => {
    const order = await orderOf('left')
    const parts = writeExport(order)
    expect((await parts.next()).value).toMatchObject({ kind: 'progress' })
    await parts.return(undefined)
    expect((await readdir(folder)).filter((name) => name.includes('left'))).toEqual(['left-checkpoints'])
  })

  linuxOnly('/proc takes no folders')('is refused where no folder can be made', async () => {
    const order = { ...(await orderOf('nowhere')), folder: '/proc/conv-lab/exported' }
    await expect(written(writeExport(order))).rejects.toThrow(/could not be written \(ENOENT\)/)
  })

  it('is not written for a checkpoint that was altered', async () => {
    const order = await orderOf('altered')
    const checkpoint = { ...order.checkpoint, sha256: 'cd'.repeat(32) }
    await expect(written(writeExport({ ...order, checkpoint }))).rejects.toThrow(/is damaged/)
    await expect(readdir(order.folder)).rejects.toThrow(/ENOENT/)
  })
})
