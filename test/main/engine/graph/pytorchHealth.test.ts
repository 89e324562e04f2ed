// @module-tag slow
import { readFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { InspectImage } from '../../../../core/contract/inspectContract.ts'
import { Pixels } from '../../../../core/data/pixels.ts'
import { LayerHealth } from '../../../../core/health/health.ts'
import { Model } from '../../../../core/network/model.ts'
import { Optimizer } from '../../../../core/run/optimizer.ts'
import { parseSafetensors } from '../../../../main/engine/checkpoint/safetensors.ts'
import { enteringImages } from '../../../../main/engine/inspect/enteringImages.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { firstTensors } from './numbers.ts'

const Labelled = z.strictObject({ images: z.array(InspectImage), labels: z.array(z.int()) })

/** A network as test/data/pytorch/health.py describes it, and what PyTorch measured after some steps. */
const Described = z.strictObject({
  source: z.string(),
  model: Model,
  pixels: Pixels,
  optimizer: Optimizer,
  learningRate: z.number(),
  fixed: Labelled,
  batches: z.array(Labelled),
  layers: z.array(
    LayerHealth.pick({
      layer: true,
      units: true,
      silent: true,
      gradientNorm: true,
      weightNorm: true,
      updateRatio: true,
    }),
  ),
})

/** As a share of the number. Both compute in float32, in another order. */
const tolerance = 1e-5

const fileOf = (name: string): Buffer => readFileSync(new URL(`../../../data/pytorch/health/${name}`, import.meta.url))

describe.each(['chain', 'branches'])('what PyTorch measures of the network “%s”', (name) => {
  const { model, pixels, optimizer, learningRate, fixed, batches, layers } = Described.parse(
    JSON.parse(fileOf(`${name}.json`).toString()),
  )
  const entering = ({ images }: z.infer<typeof Labelled>) => enteringImages({ model, data: { pixels } }, images)

  test('is its health: silent units, gradients, weights and updates', () => {
    const session = openSession({
      model,
      optimizer,
      batch: batches[0].labels.length,
      seed: 1,
      mixup: false,
      flips: false,
      healthImages: fixed.labels.length,
    })
    onTestFinished(() => session.dispose())
    const weights = parseSafetensors(fileOf(`${name}.safetensors`)).tensors
    session.writeVariables(new Map([...firstTensors(model, optimizer, 1), ...weights]))
    batches.forEach((batch, index) => {
      if (index === batches.length - 1) session.keepWeights()
      session.trainStep(
        entering(batch),
        Int32Array.from(batch.labels),
        index + 1,
        { learningRate, momentum: null },
        null,
      )
    })
    const measured = session.measureHealth(entering(fixed), Int32Array.from(fixed.labels), true)

    expect(measured.map(({ layer, units, silent }) => ({ layer, units, silent }))).toEqual(
      layers.map(({ layer, units, silent }) => ({ layer, units, silent })),
    )
    for (const figure of ['gradientNorm', 'weightNorm', 'updateRatio'] as const)
      layers.forEach((expected, index) => {
        const [found, wanted] = [measured[index][figure], expected[figure]]
        const said = `${figure} of ${expected.layer}: ${found} instead of ${wanted}`
        if (found === null || wanted === null) expect(found, said).toBe(wanted)
        else expect(Math.abs(found / wanted - 1), said).toBeLessThan(tolerance)
      })
  })

  test('has silent units and trained layers of both kinds', () => {
    expect(layers.some(({ silent }) => silent !== null && silent > 0)).toBe(true)
    expect(layers.filter(({ updateRatio }) => updateRatio !== null).length).toBeGreaterThan(4)
  })
})
