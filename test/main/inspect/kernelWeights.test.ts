// @module-tag slow
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parametersOf } from '../../../core/network/geometry.ts'
import { readCheckpoint } from '../../../main/engine/checkpoint/checkpointFile.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import { kernelWeights, type KernelQuestion } from '../../../main/inspect/kernelWeights.ts'
import type { Lab } from '../../../main/lab.ts'
import { openLab, reached, rested, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

async function trainedLab(): Promise<{ lab: Lab; run: number }> {
  const { lab } = await openLab(await smallHome())
  const { id } = lab.runs.start(smallRequest(lab, { goal: 4, evaluateEvery: 2 }))
  await rested(lab, id, 0)
  return { lab, run: id }
}

const weightsIn = (lab: Lab, question: KernelQuestion) => kernelWeights(lab.inspection, question)

describe('the kernels of a layer', () => {
  test('are those of the checkpoint file, channel by channel', async () => {
    const { lab, run } = await trainedLab()
    const { config } = lab.history.run(run)
    const newest = lab.history.newestCheckpoint(run)
    if (newest === null) throw new Error('the run wrote no checkpoint')
    const file = path.join(checkpointFolder(lab.home, run), newest.file)
    const { variables } = await readCheckpoint({ path: file, sha256: newest.sha256 }, config)
    const kernel = variables.get('conv_1/kernel')
    if (kernel === undefined) throw new Error('it has no conv_1')
    const [height, width, inputs, outputs] = kernel.shape

    for (let channel = 0; channel < inputs; channel += 1) {
      const found = await weightsIn(lab, { run, layer: 'conv_1', inputChannel: channel })
      expect(found).toMatchObject({ checkpoint: newest.step, inputChannel: channel, shape: [height, width, outputs] })
      const wanted = [...kernel.data].filter((_, index) => Math.floor(index / outputs) % inputs === channel)
      expect(found.values).toEqual(wanted)
      expect(found.largest).toBe(Math.max(...kernel.data.map(Math.abs)))
    }
  })

  test('of a dense layer are a matrix', async () => {
    const { lab, run } = await trainedLab()
    const found = await weightsIn(lab, { run, layer: 'classes' })
    expect(found).toMatchObject({ inputChannel: null, shape: [expect.any(Number), 10] })
    expect(found.values).toHaveLength(found.shape[0] * 10)
    expect(found.values.length).toBeLessThan(parametersOf(lab.history.run(run).config.model))
  })

  test('come from the checkpoint that is asked for', async () => {
    const { lab, run } = await trainedLab()
    const steps = lab.runs.detail(run).checkpoints.map(({ step }) => step)
    for (const step of steps) {
      expect(await weightsIn(lab, { run, layer: 'conv_1', checkpoint: step })).toMatchObject({ checkpoint: step })
    }
    const { best } = lab.history.run(run)
    expect(await weightsIn(lab, { run, layer: 'conv_1', checkpoint: 'best' })).toMatchObject({ checkpoint: best?.step })
    const [first] = await Promise.all(
      [steps[0], 'last' as const].map((checkpoint) => weightsIn(lab, { run, layer: 'conv_1', checkpoint })),
    )
    expect(first.values).not.toEqual((await weightsIn(lab, { run, layer: 'conv_1' })).values)
  })
})

describe('what is not there is refused by its name', () => {
  test('the best of a run without evaluations', async () => {
    const { lab } = await openLab(await smallHome())
    const { id: run } = lab.runs.start(smallRequest(lab, { goal: 100_000, evaluateEvery: 100_000 }))
    await reached(lab, run, 1)
    await lab.runs.hold(run, 'stopped')
    await expect(weightsIn(lab, { run, layer: 'conv_1', checkpoint: 'best' })).rejects.toMatchObject({
      problem: { code: 'best-unknown' },
    })
  })

  test.each<[Partial<KernelQuestion>, string]>([
    [{ run: 9 }, 'run-unknown'],
    [{ layer: 'conv_9' }, 'layer-unknown'],
    [{ layer: 'pool_1' }, 'layer-without-kernel'],
    [{ layer: 'classes', inputChannel: 0 }, 'layer-without-channels'],
    [{ inputChannel: 3 }, 'input-channel-unknown'],
    [{ checkpoint: 3 }, 'checkpoint-unknown'],
  ])('%j: %s', async (change, code) => {
    const { lab, run } = await trainedLab()
    await expect(weightsIn(lab, { run, layer: 'conv_1', ...change })).rejects.toMatchObject({ problem: { code } })
  })

  test('a checkpoint whose file is gone, and the others still answer', async () => {
    const { lab, run } = await trainedLab()
    const [first, last] = [lab.history.checkpoint(run, 0), lab.history.newestCheckpoint(run)]
    await rm(path.join(checkpointFolder(lab.home, run), first.file))
    await expect(weightsIn(lab, { run, layer: 'conv_1', checkpoint: 0 })).rejects.toMatchObject({
      problem: { code: 'checkpoint-damaged' },
    })
    expect(await weightsIn(lab, { run, layer: 'conv_1' })).toMatchObject({ checkpoint: last?.step })
  })
})
