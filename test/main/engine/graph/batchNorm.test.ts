import { afterAll, describe, expect, it } from 'vitest'
import type { BatchNormLayer } from '../../../../core/layers/batchNorm.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { openLayer, someVariables } from './layerProbe.ts'
import { differences, randomNumbers } from './numbers.ts'

const layer: BatchNormLayer = { kind: 'batch-norm', name: 'layer', epsilon: 1e-3, momentum: 0.7 }
const input = { height: 5, width: 7, channels: 3 } as const

/** Values of one channel of `[batch, height, width, channels]`. */
function channelOf(values: Float32Array, channel: number): number[] {
  return [...values].filter((_, index) => index % input.channels === channel)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Sum of the squared distances from the mean. */
function scatter(values: readonly number[]): number {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
}

const channels = [0, 1, 2]

describe('batch normalisation in training', () => {
  const probe = openLayer(layer, input, 3)
  afterAll(() => probe.dispose())
  const values = randomNumbers(sizeOf(probe.inputShape), 1).map((value, index) => value * 3 + (index % 3))
  const variables = someVariables(probe.geometry, randomNumbers)
  const { output, ...statistics } = probe.forward(values, variables)

  it('gives each channel the mean of shift and the deviation of scale', () => {
    for (const channel of channels) {
      const normalised = channelOf(output, channel)
      const variance = scatter(channelOf(values, channel)) / normalised.length
      expect(mean(normalised)).toBeCloseTo(variables.shift[channel], 5)
      expect(scatter(normalised) / normalised.length).toBeCloseTo(
        (variables.scale[channel] ** 2 * variance) / (variance + layer.epsilon),
        4,
      )
    }
  })

  it('moves the running mean by one minus momentum towards the mean of the batch', () => {
    const expected = channels.map((channel) => 0.7 * variables.mean[channel] + 0.3 * mean(channelOf(values, channel)))
    expect(differences(statistics.mean, expected, 1e-6)).toEqual([])
  })

  it('moves the running variance towards the unbiased variance of the batch', () => {
    const expected = channels.map(
      (channel) => 0.7 * variables.variance[channel] + (0.3 * scatter(channelOf(values, channel))) / (3 * 5 * 7 - 1),
    )
    expect(differences(statistics.variance, expected, 1e-5)).toEqual([])
  })
})

describe('batch normalisation in inference', () => {
  const probe = openLayer(layer, input, 2, 'inference')
  afterAll(() => probe.dispose())
  const values = randomNumbers(sizeOf(probe.inputShape), 2)
  const variables = someVariables(probe.geometry, randomNumbers)

  it('normalises with the running statistics and changes none', () => {
    const expected = [...values].map((value, index) => {
      const channel = index % 3
      return (
        (variables.scale[channel] * (value - variables.mean[channel])) /
          Math.sqrt(variables.variance[channel] + layer.epsilon) +
        variables.shift[channel]
      )
    })
    const { output, ...statistics } = probe.forward(values, variables)
    expect(differences(output, expected, 1e-5)).toEqual([])
    expect(statistics).toEqual({})
  })
})
