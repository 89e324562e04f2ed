import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undistorted } from '../../../../core/run/augmentation.ts'
import type { Layer } from '../../../../core/layers/registry.ts'
import type { Head, Model } from '../../../../core/network/model.ts'
import { LabError } from '../../../../core/words/problems.ts'
import { RunConfig } from '../../../../core/run/run.ts'
import { writeCheckpoint } from '../../../../main/engine/checkpoint/checkpointFile.ts'
import { exportSavedModel } from '../../../../main/engine/export/exportSavedModel.ts'
import { EngineHost, forkEngine } from '../../../../main/engine/host/engineHost.ts'
import { pixelScale, scalePixels } from '../../../../main/engine/feed/pixelScale.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { engineIdentity } from '../../../../main/engine/process/tensorflow.ts'
import { adamOptimizer, differences, firstTensors, randomNumbers } from '../graph/numbers.ts'
import { pythonTensorflow, type PythonTensorflow } from './pythonTensorflow.ts'

const input = { height: 9, width: 7, channels: 3 } as const

/** A network in which every kind of layer has its part. */
function everyLayer(outputs: number): Layer[] {
  const conv = { kind: 'conv', stride: 1, padding: 'same', initializer: 'he-normal' } as const
  return [
    { ...conv, name: 'conv_1', filters: 6, kernel: { height: 3, width: 5 }, bias: true },
    { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.9 },
    { kind: 'activation', name: 'gelu_1', function: { kind: 'gelu' } },
    {
      kind: 'max-pool',
      name: 'pool_1',
      size: 2,
      stride: 2,
      padding: 'same',
      scaling: { function: { kind: 'leaky-relu', slope: 0.1 } },
    },
    {
      kind: 'depthwise-conv',
      name: 'deep_1',
      multiplier: 1,
      kernel: { height: 3, width: 3 },
      stride: 1,
      padding: 'same',
      bias: false,
      initializer: 'normal',
    },
    { kind: 'add', name: 'sum_1', from: ['deep_1', 'pool_1'] },
    { ...conv, name: 'side_1', filters: 2, kernel: { height: 1, width: 1 }, bias: false, from: 'pool_1' },
    { kind: 'concat', name: 'joined', from: ['sum_1', 'side_1'] },
    { kind: 'average-pool', name: 'pool_2', size: 3, stride: 2, padding: 'same', scaling: null },
    { kind: 'dropout', name: 'drop_1', rate: 0.5 },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'fc_1', units: 8, bias: true, initializer: 'glorot-normal' },
    { kind: 'activation', name: 'elu_1', function: { kind: 'elu' } },
    { kind: 'dense', name: 'classes', units: outputs, bias: false, initializer: 'glorot-uniform' },
  ]
}

function configOf(outputs: number, head: Head): RunConfig {
  const model: Model = { input, layers: everyLayer(outputs), head }
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

const softmaxConfig = configOf(5, { kind: 'softmax', labelSmoothing: 0.1 })
const images = Uint8Array.from(randomNumbers(3 * 9 * 7 * 3, 5), (value) => Math.round((value + 1) * 127.5))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-export-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Exports a network with random weights and statistics to a new folder. */
async function exported(name: string, config: RunConfig) {
  const variables = firstTensors(config.model, config.optimizer, 1)
  for (const [variable, { data }] of variables)
    if (/\/(scale|shift|mean|variance|bias)$/.test(variable) && !variable.startsWith('adam/'))
      data.set(randomNumbers(data.length, data.length).map((value) => value + 1.5))
  const written = await writeCheckpoint(
    path.join(folder, `${name}-checkpoints`),
    { step: 12, trainingSeconds: 1, variables },
    config,
    engineIdentity(),
    'end',
  )
  const order = {
    config,
    checkpoint: { path: path.join(folder, `${name}-checkpoints`, written.file), sha256: written.sha256 },
    classes: ['a', 'b', 'c', 'd', 'e'],
    folder: path.join(folder, name),
  }
  return { order, variables, bytes: await exportSavedModel(order) }
}

describe('an exported network', () => {
  it('is a folder with the graph, and the classes and settings beside it', async () => {
    const { order, bytes } = await exported('plain', softmaxConfig)
    expect(await readdir(order.folder)).toEqual(['assets.extra', 'saved_model.pb'])
    expect((await readFile(path.join(order.folder, 'saved_model.pb'))).length).toBe(bytes)
    expect(JSON.parse(await readFile(path.join(order.folder, 'assets.extra', 'conv-lab.json'), 'utf8'))).toEqual({
      step: 12,
      classes: order.classes,
      config: softmaxConfig,
    })
  })

  it('is written by the engine process, in its turn', async () => {
    const { order, bytes } = await exported('beside', softmaxConfig)
    const host = new EngineHost({ launch: forkEngine, onStatus: () => undefined })
    const target = path.join(folder, 'from-process')
    try {
      expect(await host.export({ ...order, format: 'saved-model', folder: target })).toEqual({ bytes })
      await expect(host.export({ ...order, format: 'saved-model', folder: target })).rejects.toThrow(/is not empty/)
    } finally {
      await host.close()
    }
    expect(
      (await readFile(path.join(target, 'saved_model.pb'))).equals(
        await readFile(path.join(order.folder, 'saved_model.pb')),
      ),
    ).toBe(true)
  })

  it('never overwrites what is in a folder', async () => {
    const { order } = await exported('twice', softmaxConfig)
    const before = await readFile(path.join(order.folder, 'saved_model.pb'))
    await expect(exportSavedModel(order)).rejects.toThrow(LabError)
    await expect(exportSavedModel(order)).rejects.toThrow(/is not empty/)
    expect((await readFile(path.join(order.folder, 'saved_model.pb'))).equals(before)).toBe(true)
  })

  it('is not written for a checkpoint that was altered', async () => {
    const { order } = await exported('altered', softmaxConfig)
    const target = path.join(folder, 'altered-out')
    await expect(
      exportSavedModel({ ...order, folder: target, checkpoint: { ...order.checkpoint, sha256: 'cd'.repeat(32) } }),
    ).rejects.toThrow(/is damaged/)
    await expect(readdir(target)).rejects.toThrow(/ENOENT/)
  })
})

describe('TensorFlow’s Python', { tags: ['online'] }, () => {
  let tensorflow: PythonTensorflow
  beforeAll(async () => {
    tensorflow = await pythonTensorflow()
    if (tensorflow.missing !== null)
      console.warn(`Not checked: that TensorFlow's Python opens an exported network. ${tensorflow.missing}`)
  }, 600_000)

  /** The probabilities of a class as the lab measures them: from the loss of one image with that label. */
  function measured(
    config: RunConfig,
    variables: ReturnType<typeof firstTensors>,
    classes: number,
    probability: (loss: number) => number,
  ): number[] {
    const session = openSession({
      model: config.model,
      optimizer: config.optimizer,
      batch: config.batch,
      seed: config.seed,
      mixup: false,
      flips: false,
    })
    session.writeVariables(variables)
    const size = images.length / 3
    const scale = pixelScale(config.data.pixels, 3)
    const found = [0, 1, 2].flatMap((image) => {
      const floats = new Float32Array(size)
      scalePixels(images.subarray(image * size, (image + 1) * size), scale, floats, 0)
      return Array.from({ length: classes }, (_, label) =>
        probability(session.evaluateBatch(floats, Int32Array.of(label)).lossSum),
      )
    })
    session.dispose()
    return found
  }

  const cases: [string, RunConfig, number, (loss: number) => number][] = [
    ['softmax', softmaxConfig, 5, (loss) => Math.exp(-loss)],
    // (t - y)^2 with y = ±1 and t in between: the probability of y is 1 - |t - y| / 2.
    ['tanh', configOf(1, { kind: 'tanh', loss: 'squared' }), 2, (loss) => 1 - Math.sqrt(loss) / 2],
  ]
  it.for(cases)(
    'opens a network with a %s head and gives the same probabilities',
    async ([name, config, classes, probability], { skip }) => {
      const { python, missing } = tensorflow
      if (python === null) return skip(`not checked: ${missing}`)
      const { order, variables } = await exported(`python-${name}`, config)
      const file = path.join(folder, `${name}.images`)
      await writeFile(file, images)
      const program = path.join(import.meta.dirname, 'openSavedModel.py')
      const { stdout } = await promisify(execFile)(python, [program, order.folder, file, '9', '7', '3'])
      const answer: { outputs: string[]; probabilities: number[][] } = JSON.parse(stdout)
      expect(answer.outputs).toEqual(['probabilities'])
      expect(differences(answer.probabilities.flat(), measured(config, variables, classes, probability), 1e-5)).toEqual(
        [],
      )
    },
  )
})
