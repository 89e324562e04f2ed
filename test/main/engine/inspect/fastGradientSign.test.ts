// @module-tag slow
import { describe, expect, it } from 'vitest'
import type { InspectImage } from '../../../../core/contract/inspectContract.ts'
import type { Pixels } from '../../../../core/data/pixels.ts'
import { largestStep } from '../../../../core/inspect/explaining.ts'
import type { Model } from '../../../../core/network/model.ts'
import { enteringImages } from '../../../../main/engine/inspect/enteringImages.ts'
import { fastGradientSign } from '../../../../main/engine/inspect/fastGradientSign.ts'
import { bytesText } from '../../../../main/engine/shared/base64.ts'
import { brightnessWeights, byBrightness, tinySubject } from './tinySubject.ts'

function imageOf(brightness: number): InspectImage {
  const pixels = new Uint8Array(32 * 32 * 3).fill(brightness)
  return { height: 32, width: 32, channels: 3, pixels: bytesText(pixels) }
}

const standard: Pixels = { kind: 'standard', mean: [120, 110, 100], deviation: [60, 50, 40] }

describe('the smallest step along the sign of the gradient', () => {
  it('goes just as far as the answer needs', async () => {
    const { subject, tools } = await tinySubject(byBrightness, brightnessWeights())
    const network = await tools.networks.ask(subject, (network) => network)
    const { config } = subject
    // The answer changes from dark to medium half way between their means, 63.5 and 123.5.
    const { before, step } = fastGradientSign(network, config, enteringImages(config, [imageOf(70)]))
    expect(before[0]).toBeGreaterThan(before[1])
    expect(step?.epsilon).toBeGreaterThan(93.5 - 70 - 1e-3)
    expect(step?.epsilon).toBeLessThan(93.5 - 70 + 0.1)
    for (const value of step?.image ?? []) expect(value * 255).toBeCloseTo(70 + (step?.epsilon ?? 0), 3)
    expect(Math.max(...(step?.logits ?? []))).toBe(step?.logits[1])
  })

  it('keeps pixels within their range, in every scale of them', async () => {
    const { subject, tools } = await tinySubject(byBrightness, brightnessWeights())
    const network = await tools.networks.ask(subject, (network) => network)
    const config = { ...subject.config, data: { ...subject.config.data, pixels: standard } }
    const { step } = fastGradientSign(network, config, enteringImages(config, [imageOf(3)]))
    for (const [place, value] of (step?.image ?? []).entries()) {
      const pixel = value * standard.deviation[place % 3] + standard.mean[place % 3]
      expect(pixel).toBeGreaterThan(-1e-3)
      expect(Math.abs(pixel - 3)).toBeLessThan((step?.epsilon ?? 0) + 1e-3)
    }
  })

  it('is none where nothing changes the answer', async () => {
    const weights = new Map([
      ...brightnessWeights(),
      ['classes/kernel', { shape: [3, 3], data: new Float32Array(9).fill(1) }],
    ])
    const { subject, tools } = await tinySubject(byBrightness, weights)
    const network = await tools.networks.ask(subject, (network) => network)
    const { config } = subject
    expect(fastGradientSign(network, config, enteringImages(config, [imageOf(70)])).step).toBeNull()
  })

  it('is found for one neuron and where mirror images are answered too', async () => {
    const model: Model = {
      ...byBrightness,
      layers: [
        byBrightness.layers[0],
        { kind: 'dense', name: 'neuron', units: 1, bias: true, initializer: 'glorot-uniform' },
      ],
      head: { kind: 'tanh', loss: 'hinge' },
    }
    const weights = new Map([
      ['neuron/kernel', { shape: [3, 1], data: new Float32Array(3).fill(1) }],
      ['neuron/bias', { shape: [1], data: Float32Array.of(-1.5) }],
    ])
    const { subject, tools } = await tinySubject(model, weights)
    const network = await tools.networks.ask(subject, (network) => network)
    const config = { ...subject.config, evaluation: { flips: true } }
    for (const brightness of [100, 160]) {
      const { step } = fastGradientSign(network, config, enteringImages(config, [imageOf(brightness)]))
      expect(step?.epsilon).toBeGreaterThan(Math.abs(127.5 - brightness) - 1e-3)
      expect(step?.epsilon).toBeLessThan(Math.abs(127.5 - brightness) + 0.1)
    }
    expect(largestStep).toBeGreaterThan(33)
  })
})
