// @module-tag slow
import { rm } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { pictureAddress, type PictureQuestion } from '../../../core/inspect/pictureQuestion.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import { pictureResponse } from '../../../main/inspect/pictures/pictureResponse.ts'
import type { Lab } from '../../../main/lab.ts'
import { inspectedLab } from './inspectedLab.ts'

test('the kernels of a layer in figures', async () => {
  const { client, lab, run } = await inspectedLab()
  const question = { run, checkpoint: 'last' as const, layer: 'conv_1' }
  const kernels = await client.look.kernels(question)
  expect(kernels).toMatchObject({ run, checkpoint: 4, layer: 'conv_1', shape: [5, 5, 3, 64] })
  expect(kernels.largest).toBe((await client.runs.weights({ run, layer: 'conv_1' })).largest)
  expect(kernels.histogram.reduce((sum, count) => sum + count, 0)).toBe(5 * 5 * 3 * 64)
  expect(kernels.biases).toHaveLength(64)
  expect(kernels.moved).toHaveLength(64)
  for (const moved of kernels.moved ?? []) expect(moved).toBeGreaterThan(0)

  const first = await client.look.kernels({ ...question, checkpoint: 0 })
  expect(first.moved).toEqual(Array(64).fill(0))
  expect(first.biases).toEqual(Array(64).fill(0))
  expect((await client.look.kernels({ ...question, layer: 'fc_1' })).moved).toHaveLength(256)
  await expect(client.look.kernels({ ...question, layer: 'pool_1' })).rejects.toMatchObject({
    data: { code: 'layer-without-kernel' },
  })
  // No engine was started for any of it.
  expect(await lab.inspection.engine.memory()).toBe(0)
})

test('where a run began is unknown once that file is gone', async () => {
  const { client, lab, run } = await inspectedLab()
  await rm(path.join(checkpointFolder(lab.home, run), lab.history.checkpoint(run, 0).file))
  const kernels = await client.look.kernels({ run, checkpoint: 'last', layer: 'conv_2' })
  expect(kernels.moved).toBeNull()
  expect(kernels.biases).toHaveLength(64)
})

test('kernels are drawn by input channel, one by one, in colour, and as a matrix', async () => {
  const { lab, run } = await inspectedLab()
  const of = { run, step: 4, sha256: lab.history.checkpoint(run, 4).sha256.slice(0, 12) }
  const grid = (cells: number, size: number): number => cells * (size + 1) - 1
  const cases: [PictureQuestion, number, number][] = [
    [{ what: 'kernels', ...of, layer: 'conv_2', inputChannel: 63 }, grid(8, 5), grid(8, 5)],
    [{ what: 'kernel', ...of, layer: 'conv_1', kernel: 2 }, 5, grid(3, 5)],
    [{ what: 'kernel', ...of, layer: 'conv_2', kernel: 2 }, grid(8, 5), grid(8, 5)],
    // A unit of fc_1 has a weight for each value of 64 maps of 6 x 6.
    [{ what: 'kernel', ...of, layer: 'fc_1', kernel: 255 }, grid(8, 6), grid(8, 6)],
    [{ what: 'colour-kernels', ...of, layer: 'conv_1', kernel: null }, grid(8, 5), grid(8, 5)],
    [{ what: 'colour-kernels', ...of, layer: 'conv_1', kernel: 5 }, 5, 5],
    [{ what: 'kernels', ...of, layer: 'fc_1', inputChannel: null }, 768, grid(3, 256)],
  ]
  for (const [question, height, width] of cases) {
    const { status, body } = await drawn(lab, question)
    expect(status).toBe(200)
    const found = await sharp(Buffer.from(body)).metadata()
    expect([question.what, found.height, found.width]).toEqual([question.what, height, width])
  }
  const refused: [PictureQuestion, string][] = [
    [{ what: 'kernel', ...of, layer: 'conv_1', kernel: 64 }, 'kernel-unknown'],
    [{ what: 'colour-kernels', ...of, layer: 'conv_2', kernel: null }, 'layer-without-colours'],
    [{ what: 'kernels', ...of, layer: 'conv_1', inputChannel: 3 }, 'input-channel-unknown'],
    [{ what: 'kernels', ...of, layer: 'fc_1', inputChannel: 0 }, 'layer-without-channels'],
    [{ what: 'kernel', ...of, sha256: '0'.repeat(12), layer: 'conv_1', kernel: 0 }, 'picture-gone'],
  ]
  for (const [question, code] of refused) {
    const { status, body } = await drawn(lab, question)
    expect(status).toBe(404)
    expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({ problem: { code } })
  }
})

async function drawn(lab: Lab, question: PictureQuestion): Promise<{ status: number; body: ArrayBuffer }> {
  const answer = await pictureResponse(new Request(`http://lab${pictureAddress(question)}`), lab.inspection)
  return { status: answer.status, body: await answer.arrayBuffer() }
}
