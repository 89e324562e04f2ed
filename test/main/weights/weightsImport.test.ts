import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { Layer } from '../../../core/layers/registry.ts'
import type { Model } from '../../../core/network/model.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'
import type { RunRequest } from '../../../core/run/run.ts'
import type { WeightsSource } from '../../../core/weights/weightsTable.ts'
import { Problem, sentenceOf } from '../../../core/words/problems.ts'
import { loadTensorflow } from '../../../main/engine/process/tensorflow.ts'
import { parseSafetensors } from '../../../main/engine/checkpoint/safetensors.ts'
import { initialVariables } from '../../../main/engine/train/initialWeights.ts'
import { branchPointFile, checkpointFolder } from '../../../main/files/places.ts'
import type { Lab } from '../../../main/lab.ts'
import { eagerLogits } from '../engine/graph/eagerNetwork.ts'
import { differences } from '../engine/graph/numbers.ts'
import { openLab, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

const folder = path.join(import.meta.dirname, '..', '..', 'data', 'weights')
const kernel = { height: 3, width: 3 }
const initializer = 'glorot-uniform'
const relu = (name: string): Layer => ({ kind: 'activation', name, function: { kind: 'relu' } })

/** The network of `test/data/weights/make.py`. */
const model: Model = {
  input: { height: 6, width: 6, channels: 3 },
  layers: [
    { kind: 'conv', name: 'conv_1', filters: 4, kernel, stride: 1, padding: 'same', bias: true, initializer },
    { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.9 },
    relu('relu_1'),
    {
      kind: 'depthwise-conv',
      name: 'conv_2',
      multiplier: 2,
      kernel,
      stride: 1,
      padding: 'same',
      bias: true,
      initializer,
    },
    relu('relu_2'),
    { kind: 'max-pool', name: 'pool_1', size: 2, stride: 2, padding: 'valid', scaling: null },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dropout', name: 'drop_1', rate: 0.5 },
    { kind: 'dense', name: 'fc_1', units: 6, bias: true, initializer },
    relu('relu_3'),
    { kind: 'dense', name: 'classes', units: 3, bias: true, initializer },
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}

function fileSource(name: string): WeightsSource {
  return { kind: 'file', path: path.join(folder, name) }
}

const Answers = z.object({
  images: z.array(z.array(z.array(z.array(z.number())))),
  logits: z.array(z.array(z.number())),
})

const Refusal = z.object({ data: Problem })

describe('weights of a PyTorch network', () => {
  test.each([
    ['network.safetensors', 1e-5],
    ['half.safetensors', 2e-3],
    ['network.onnx', 1e-5],
  ])('in %s answer as they do there', async (name, tolerance) => {
    const home = await smallHome()
    const { client } = await openLab(home)
    const source = fileSource(name)
    const { rows, unused } = await client.weights.propose({ source, model, anew: [] })
    expect(rows.map(({ by }) => by)).toEqual(rows.map(() => 'shape'))
    expect(unused).toEqual(name.endsWith('.onnx') ? [] : ['norm.num_batches_tracked'])
    const {
      from: { sha256 },
    } = await client.weights.keep({ source, model, rows })
    const { tensors } = parseSafetensors(await readFile(branchPointFile(home, sha256)))
    const answers = Answers.parse(JSON.parse(await readFile(path.join(folder, 'logits.json'), 'utf8')))
    const tf = loadTensorflow()
    const logits = tf.tidy(() => {
      const weights = new Map([...tensors].map(([one, { shape, data }]) => [one, tf.tensor(data, [...shape])]))
      return [...eagerLogits(model, weights, tf.tensor4d(answers.images)).dataSync()]
    })
    expect(differences(logits, answers.logits.flat(), tolerance)).toEqual([])
  })

  test('are refused where they do not fit, and nothing is kept', async () => {
    const home = await smallHome()
    const { client } = await openLab(home)
    const source = fileSource('network.safetensors')
    const { rows } = await client.weights.propose({ source, model, anew: [] })
    const refused = async (changed: typeof rows, code: string): Promise<void> => {
      await expect(client.weights.keep({ source, model, rows: changed })).rejects.toMatchObject({ data: { code } })
    }
    const [first, ...others] = rows
    await refused([{ ...first, taken: { tensor: 'each.weight', turn: 'conv' } }, ...others], 'weights-row-unfit')
    await refused([{ ...first, taken: { tensor: 'stem.weight', turn: 'as-it-is' } }, ...others], 'weights-row-unfit')
    await refused([{ ...first, taken: { tensor: 'norm.num_batches_tracked', turn: 'as-it-is' } }], 'weights-row-unfit')
    await refused([{ ...first, variable: 'conv_9/kernel' }], 'weights-row-unfit')
    await refused([first, first], 'weights-row-unfit')
    await refused([{ ...first, taken: null, by: 'open' }], 'weights-open')
    await refused([{ ...first, taken: null, by: 'anew' }], 'weights-none')
    await expect(client.weights.propose({ source, model, anew: ['pool_1'] })).rejects.toMatchObject({
      data: { code: 'weights-layer-unknown' },
    })
    expect(existsSync(home.branchPoints)).toBe(false)
  })

  test('of a broken or a foreign file are refused in a sentence', async () => {
    const { client } = await openLab(await smallHome())
    const temporary = await mkdtemp(path.join(tmpdir(), 'conv-lab-weights-'))
    onTestFinished(() => rm(temporary, { recursive: true, force: true }))
    const sound = await readFile(path.join(folder, 'network.safetensors'))
    const onnx = await readFile(path.join(folder, 'network.onnx'))
    const length = Number(sound.readBigUInt64LE())
    const header = sound.subarray(8, 8 + length).toString()
    const withHeader = (text: string): Buffer => {
      const start = Buffer.alloc(8)
      start.writeBigUInt64LE(BigInt(Buffer.byteLength(text)))
      return Buffer.concat([start, Buffer.from(text), sound.subarray(8 + length)])
    }
    // A value of the first kernel that is no number.
    const notFinite = Buffer.from(sound)
    notFinite.fill(0xff, notFinite.length - 4)
    const cases: readonly (readonly [string, Buffer, RegExp])[] = [
      ['cut off', sound.subarray(0, sound.length - 4), /range|bytes|stem|norm|each|hidden|head/],
      ['with a gap', withHeader(header.replace(/"data_offsets":\[0,(\d+)\]/, '"data_offsets":[4,$1]')), /\b\w+/],
      [
        'with a longer header than file',
        Buffer.concat([Buffer.alloc(4, 0xff), Buffer.alloc(4), sound.subarray(8)]),
        /header/,
      ],
      ['with a name twice', withHeader(header.replace('"head.bias"', '"head.weight"')), /\b\w+/],
      ['cut off ONNX', onnx.subarray(0, onnx.length - 100), /no whole ONNX file/],
      ['noise like ONNX', Buffer.concat([Buffer.from([8, 7]), Buffer.alloc(100, 0xff)]), /no whole ONNX file/],
      ['a zip', Buffer.from('PK\x03\x04 and more of it'), /zip archive/],
      ['a pickle', Buffer.from([0x80, 2, 0x7d, 0x71, 0, 0, 0, 0, 0, 0]), /pickle/],
      ['empty', Buffer.alloc(0), /neither as safetensors nor as ONNX/],
    ]
    for (const [what, bytes, said] of cases) {
      const file = path.join(temporary, `${what}.bin`)
      await writeFile(file, bytes)
      const thrown: unknown = await client.weights
        .propose({ source: { kind: 'file', path: file }, model, anew: [] })
        .catch((refusal: unknown) => refusal)
      const problem = Refusal.parse(thrown).data
      expect(problem.code, what).toBe('weights-file-foreign')
      expect(sentenceOf(problem, 'en'), what).toMatch(said)
    }
    await expect(
      client.weights.propose({ source: { kind: 'file', path: path.join(temporary, 'none') }, model, anew: [] }),
    ).rejects.toMatchObject({ data: { code: 'weights-file-unread' } })
    const file = path.join(temporary, 'nan.safetensors')
    await writeFile(file, notFinite)
    const source: WeightsSource = { kind: 'file', path: file }
    const { rows } = await client.weights.propose({ source, model, anew: [] })
    await expect(client.weights.keep({ source, model, rows })).rejects.toMatchObject({
      data: { code: 'weights-value-not-finite' },
    })
  })
})

/** The network for the classes of the small set. */
function layersWith(units: number, filters = 4): Layer[] {
  return model.layers.map((layer) => {
    if (layer.name === 'classes' && layer.kind === 'dense') return { ...layer, units: 10 }
    if (layer.name === 'conv_1' && layer.kind === 'conv') return { ...layer, filters }
    return layer.name === 'fc_1' && layer.kind === 'dense' ? { ...layer, units } : layer
  })
}

function requestOf(lab: Lab, layers: Layer[], goal: number): RunRequest {
  const request = smallRequest(lab, { goal, evaluateEvery: goal, seed: goal })
  return { ...request, config: { ...request.config, model: { ...model, layers } } }
}

test('a run begins with the convolutions of another, and draws its head anew', async () => {
  const home = await smallHome()
  const { lab, client } = await openLab(home)
  const begin = async (request: RunRequest): Promise<number> => {
    const { id } = await client.runs.start(request)
    await lab.runs.atRest()
    expect(lab.history.run(id)).toMatchObject({ state: 'done', problem: null })
    return id
  }
  const tensorsOf = async (run: number, step: number): ReturnType<typeof readTensors> =>
    readTensors(path.join(checkpointFolder(home, run), lab.history.checkpoint(run, step).file))
  const parent = await begin(requestOf(lab, layersWith(6), 1))
  const other = requestOf(lab, layersWith(7), 2)
  const source: WeightsSource = { kind: 'run', run: parent, at: 'last' }
  const { rows } = await client.weights.propose({ source, model: other.config.model, anew: [] })
  const byVariable = new Map(rows.map(({ variable, by }) => [variable, by]))
  expect([byVariable.get('conv_1/kernel'), byVariable.get('fc_1/kernel'), byVariable.get('classes/kernel')]).toEqual([
    'name',
    'anew',
    'anew',
  ])
  const { from, origin } = await client.weights.keep({ source, model: other.config.model, rows })
  expect(origin).toEqual({
    source: { kind: 'run', run: parent, step: 1 },
    variables: 12,
    anew: ['fc_1/kernel', 'fc_1/bias', 'classes/kernel', 'classes/bias'],
  })
  const request = { ...other, config: { ...other.config, from } }
  const run = await begin(request)
  const [before, begun] = [await tensorsOf(parent, 1), await tensorsOf(run, 0)]
  for (const name of ['conv_1/kernel', 'norm_1/mean', 'conv_2/bias'])
    expect(begun.get(name)?.data, name).toEqual(before.get(name)?.data)
  const { model: begunModel, optimizer, seed } = other.config
  const drawn = initialVariables(begunModel, optimizer, new RandomNumbers(seed), () => {
    throw new Error('nothing whitens')
  })
  expect(begun.get('classes/kernel')?.data).toEqual(drawn.get('classes/kernel')?.data)
  expect(begun.get('conv_1/kernel')?.data).not.toEqual(drawn.get('conv_1/kernel')?.data)
  // It can be begun again, whatever becomes of the run that they came from.
  await client.runs.delete({ runs: [parent] })
  for await (const event of await client.runs.emptyBin({})) expect(event).not.toMatchObject({ left: [{}] })
  expect(await client.runs.request({ run })).toEqual(request)
  expect(readdirSync(home.branchPoints)).toEqual([`${from.sha256}.safetensors`])
  expect(lab.history.run(run).weights).toEqual(origin)
})

test('a run with weights of a file is proved like any other, and refused where these do not fit or are gone', async () => {
  const home = await smallHome()
  const { lab, client } = await openLab(home)
  const plain = requestOf(lab, layersWith(7), 2)
  const source = fileSource('network.safetensors')
  const { rows } = await client.weights.propose({ source, model: plain.config.model, anew: [] })
  const { from, origin } = await client.weights.keep({ source, model: plain.config.model, rows })
  expect(origin).toMatchObject({ source: { kind: 'file', name: 'network.safetensors' } })
  const request = { ...plain, config: { ...plain.config, from } }
  let proved: unknown
  for await (const event of await client.runs.proveResume({ request, breakAt: 1, by: 'pause' })) proved = event
  expect(proved).toMatchObject({ kind: 'proved', equal: true })
  const wider = requestOf(lab, layersWith(7, 8), 2)
  const unlike = { ...wider, config: { ...wider.config, from } }
  await expect(client.runs.start(unlike)).rejects.toMatchObject({ data: { code: 'weights-other-network' } })
  await rm(branchPointFile(home, from.sha256))
  await expect(client.runs.start(request)).rejects.toMatchObject({ data: { code: 'weights-gone' } })
})

async function readTensors(file: string): Promise<ReturnType<typeof parseSafetensors>['tensors']> {
  return parseSafetensors(await readFile(file)).tensors
}
