import { describe, expect, it } from 'vitest'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import type { ColourChange } from '../../../../core/run/distortion.ts'
import { changeColours } from '../../../../main/engine/feed/colour.ts'
import { pixelScale } from '../../../../main/engine/feed/pixelScale.ts'
import { loadTensorflow, tensorflowBackend } from '../../../../main/engine/process/tensorflow.ts'
import { photographNames, photographs } from './photographs.ts'

const tf = loadTensorflow()
const none: ColourChange = { hue: null, contrast: null, brightness: null, saturation: null }
const unit = { kind: 'range', min: 0, max: 255 } as const

/** An image of 32 x 32 random colours, some of them grey, black, saturated, or with two equal channels. */
function randomImage(channels: 1 | 3): Uint8Array {
  const random = new RandomNumbers(11)
  const image = Uint8Array.from({ length: 32 * 32 * channels }, (_, place) => random.below(256, 'weights', 0, place))
  if (channels === 3) {
    image.set([
      0, 0, 0, 255, 255, 255, 127, 127, 127, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0, 0, 255, 255, 255, 0, 255, 50,
      50, 180, 180, 50, 50, 50, 180, 50, 1, 0, 0, 0, 0, 1, 254, 255, 255,
    ])
  }
  return image
}

const stored = photographs()
const colourImages: (readonly [string, Uint8Array])[] = [
  ...photographNames.map((name, index) => [name, stored.images.subarray(index * 3072, (index + 1) * 3072)] as const),
  ['random colours', randomImage(3)],
]

/** The image, on a scale of 0 to 1, as TensorFlow's own kernels change it, one after the other. */
function byTensorflow(
  pixels: Uint8Array,
  channels: number,
  { hue, contrast, brightness, saturation }: ColourChange,
): Float32Array {
  const backend = tensorflowBackend()
  const type = { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT }
  const values = tf.tidy(() => {
    let image: ReturnType<typeof tf.tensor> = tf.tensor(
      Float32Array.from(pixels, (value) => value / 255),
      [32, 32, channels],
      'float32',
    )
    const change = (operation: string, amount: number): void => {
      image = backend.executeSingleOutput(operation, [type], [image, tf.scalar(amount, 'float32')])
    }
    if (hue !== null) change('AdjustHue', hue)
    if (contrast !== null) change('AdjustContrastv2', contrast)
    if (brightness !== null) change('AddV2', brightness)
    if (saturation !== null) change('AdjustSaturation', saturation)
    return image.dataSync()
  })
  return Float32Array.from(values, (value) => Math.min(1, Math.max(0, value)))
}

function changed(pixels: Uint8Array, channels: number, change: ColourChange): Float32Array {
  const image = new Float32Array(pixels.length)
  changeColours(pixels, change, pixelScale(unit, channels), image, 0)
  return image
}

function expectClose(ours: ArrayLike<number>, theirs: ArrayLike<number>, tolerance: number): void {
  expect(ours.length).toBe(theirs.length)
  expect(
    Array.from(theirs).reduce((largest, value, place) => Math.max(largest, Math.abs(value - ours[place])), 0),
  ).toBeLessThan(tolerance)
}

describe.each(colourImages)('the colours of %s change as TensorFlow changes them:', (_, pixels) => {
  it.each([-0.5, -0.31, -0.05, -0.01, 0, 0.02, 0.05, 0.2, 0.5])('hue turned by %f', (hue) => {
    expectClose(changed(pixels, 3, { ...none, hue }), byTensorflow(pixels, 3, { ...none, hue }), 2e-6)
  })

  it.each([0, 0.4, 1, 1.3, 2, 10])('saturation times %f', (saturation) => {
    expectClose(changed(pixels, 3, { ...none, saturation }), byTensorflow(pixels, 3, { ...none, saturation }), 2e-6)
  })

  it.each([0, 0.3, 1, 1.8])('contrast times %f', (contrast) => {
    expectClose(changed(pixels, 3, { ...none, contrast }), byTensorflow(pixels, 3, { ...none, contrast }), 2e-6)
  })

  it.each([
    { hue: 0.04, contrast: 0.4, brightness: -0.17, saturation: 1.9 },
    { hue: -0.05, contrast: 0.95, brightness: 0.2, saturation: 0.3 },
    { hue: 0.5, contrast: 1.7, brightness: -0.4, saturation: 2 },
    { hue: null, contrast: 0.5, brightness: 0.3, saturation: 0 },
    { hue: 0.3, contrast: null, brightness: -0.3, saturation: null },
    { hue: -0.2, contrast: 2, brightness: null, saturation: null },
  ])('all together, %j', (change) => {
    expectClose(changed(pixels, 3, change), byTensorflow(pixels, 3, change), 4e-6)
  })
})

describe('colours', () => {
  it('of a grey image have contrast and brightness', () => {
    const pixels = randomImage(1)
    const change = { ...none, contrast: 0.4, brightness: -0.17 }
    expectClose(changed(pixels, 1, change), byTensorflow(pixels, 1, change), 2e-6)
  })

  it('that nothing is done to stay as they are', () => {
    const pixels = randomImage(3)
    expectClose(
      changed(pixels, 3, none),
      Float32Array.from(pixels, (value) => value / 255),
      1e-7,
    )
  })

  it('are clipped to 0 to 1, and then scaled for the network, each channel its own way', () => {
    const mean = [125.3, 123, 113.9]
    const deviation = [63, 62.1, 66.7]
    const pixels = randomImage(3)
    const change = { hue: 0.1, contrast: 1.5, brightness: 0.3, saturation: 2 }
    const image = new Float32Array(pixels.length)
    changeColours(pixels, change, pixelScale({ kind: 'standard', mean, deviation }, 3), image, 0)
    const plain = changed(pixels, 3, change)
    expect(plain.some((value) => value === 0) && plain.some((value) => value === 1)).toBe(true)
    expectClose(
      image,
      Float32Array.from(plain, (value, place) => (value * 255 - mean[place % 3]) / deviation[place % 3]),
      2e-6,
    )
  })

  it('of an image amid others change alone', () => {
    const all = new Float32Array(3072 * 3).fill(0.25)
    changeColours(
      randomImage(3),
      { hue: 0.3, contrast: 0.5, brightness: 0.2, saturation: 2 },
      pixelScale(unit, 3),
      all,
      3072,
    )
    expect(all.subarray(0, 3072).every((value) => value === 0.25)).toBe(true)
    expect(all.subarray(3072, 6144).some((value) => value === 0.25)).toBe(false)
    expect(all.subarray(6144).every((value) => value === 0.25)).toBe(true)
  })
})
