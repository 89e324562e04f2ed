import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { InspectSubject } from '../../../../core/contract/inspectContract.ts'
import { requestFor } from '../../../../core/run/presets.ts'
import { writeCheckpoint } from '../../../../main/engine/checkpoint/checkpointFile.ts'
import { NetworkWeights } from '../../../../main/engine/checkpoint/networkWeights.ts'

const { config } = requestFor(
  'seed',
  {
    id: 'some',
    name: 'Some',
    image: { height: 32, width: 32, channels: 3 },
    classes: ['a', 'b'],
    classesRu: ['а', 'б'],
    sizes: { train: 1000, test: 100 },
    mirrors: true,
  },
  { sha256: 'a'.repeat(64) },
)
const engine = { tensorflow: '2', binding: '4', node: '24', processor: 'some', threads: 2, graphVersion: 2 }

async function writtenSubject(values: number): Promise<InspectSubject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-weights-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const tensor = { shape: [values], data: new Float32Array(values).fill(0.5) }
  const variables = new Map([
    ['conv_1/bias', tensor],
    ['adam/conv_1/bias/m', tensor],
  ])
  const { file, sha256 } = await writeCheckpoint(
    folder,
    { step: values, trainingSeconds: 1, variables },
    config,
    engine,
    'interval',
  )
  return { config, checkpoint: { path: path.join(folder, file), sha256 } }
}

test('the weights of a checkpoint are those of its network alone, read once', async () => {
  const subject = await writtenSubject(4)
  const weights = new NetworkWeights(16_000_000)
  const [first, second] = await Promise.all([weights.of(subject), weights.of(subject)])
  expect([...first]).toEqual([['conv_1/bias', { shape: [4], data: Float32Array.of(0.5, 0.5, 0.5, 0.5) }]])
  expect(second).toBe(first)
  await rm(subject.checkpoint.path)
  expect(await weights.of(subject)).toBe(first)
})

test('a file that was put back is read again', async () => {
  const subject = await writtenSubject(4)
  const weights = new NetworkWeights(16_000_000)
  const { path: file } = subject.checkpoint
  await rename(file, `${file}.away`)
  await expect(weights.of(subject)).rejects.toMatchObject({ problem: { code: 'checkpoint-damaged' } })
  await rename(`${file}.away`, file)
  expect((await weights.of(subject)).size).toBe(1)
})

test('of many megabytes those that were used last stay', async () => {
  const values = 1_700_000
  const [first, second, third] = await Promise.all([values, values + 1, values + 2].map(writtenSubject))
  const weights = new NetworkWeights(16_000_000)
  const kept = await weights.of(first)
  await weights.of(second)
  expect(await weights.of(first)).toBe(kept)
  await weights.of(third)
  expect(await weights.of(first)).toBe(kept)
  await rm(second.checkpoint.path)
  await expect(weights.of(second)).rejects.toMatchObject({ problem: { code: 'checkpoint-damaged' } })
})
