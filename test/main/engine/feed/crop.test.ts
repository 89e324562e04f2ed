import { describe, expect, it } from 'vitest'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import { centrePlace, type CropPlace } from '../../../../core/run/distortion.ts'
import { Cropper, type CropSize, type StoredImages } from '../../../../main/engine/feed/crop.ts'
import { loadTensorflow, tensorflowBackend } from '../../../../main/engine/process/tensorflow.ts'
import { photographs } from './photographs.ts'

const random = new RandomNumbers(3)

function storedImages(height: number, width: number, channels: 1 | 3, count = 3): StoredImages {
  return {
    images: Uint8Array.from({ length: count * height * width * channels }, (_, place) =>
      random.below(256, 'weights', channels, place),
    ),
    height,
    width,
    channels,
  }
}

function cropped(
  stored: StoredImages,
  image: number,
  place: Partial<CropPlace>,
  crop: CropSize,
  pad: { pixels: number; fill: 'zero' | 'reflect' } | null = null,
): number[] {
  const into = new Uint8Array(crop.height * crop.width * stored.channels)
  new Cropper(stored, crop, pad).copy(image, { top: 0, left: 0, mirrored: false, angle: 0, ...place }, into)
  return [...into]
}

/** One grey image of 3 x 4 pixels. */
const small: StoredImages = {
  images: Uint8Array.of(11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34),
  height: 3,
  width: 4,
  channels: 1,
}

describe('a crop', () => {
  it('takes the pixels at its place from the image that is asked for', () => {
    const stored = storedImages(32, 30, 3)
    const crop = cropped(stored, 2, { top: 5, left: 7 }, { height: 24, width: 20 })
    for (const [y, x, channel] of [
      [0, 0, 0],
      [0, 0, 2],
      [0, 19, 1],
      [23, 0, 0],
      [23, 19, 2],
      [11, 3, 1],
    ]) {
      expect(crop[(y * 20 + x) * 3 + channel]).toBe(stored.images[((2 * 32 + 5 + y) * 30 + 7 + x) * 3 + channel])
    }
  })

  it('is mirrored left to right, its channels kept', () => {
    expect(cropped(small, 0, { top: 1, left: 1, mirrored: true }, { height: 2, width: 3 })).toEqual([
      24, 23, 22, 34, 33, 32,
    ])
    const colours: StoredImages = { images: Uint8Array.of(1, 2, 3, 4, 5, 6), height: 1, width: 2, channels: 3 }
    expect(cropped(colours, 0, { mirrored: true }, { height: 1, width: 2 })).toEqual([4, 5, 6, 1, 2, 3])
  })

  it('in the middle of 32 pixels begins at the fifth, as tf.image crops', () => {
    expect(centrePlace({ height: 32, width: 29 }, { height: 24, width: 24 })).toEqual({
      top: 4,
      left: 2,
      mirrored: false,
      angle: 0,
    })
  })

  it('is black outside of the image', () => {
    const crop = { height: 3, width: 4 }
    expect(cropped(small, 0, { top: -1, left: 2 }, crop)).toEqual([0, 0, 0, 0, 13, 14, 0, 0, 23, 24, 0, 0])
    expect(cropped(small, 0, { top: -1, left: 2, mirrored: true }, crop, { pixels: 2, fill: 'zero' })).toEqual([
      0, 0, 0, 0, 0, 0, 14, 13, 0, 0, 24, 23,
    ])
    expect(cropped(small, 0, { top: 7, left: -9 }, crop)).toEqual(new Array(12).fill(0))
  })

  it('of an image padded by reflection finds it mirrored at its outermost pixel, and is black further out', () => {
    const pad = { pixels: 2, fill: 'reflect' } as const
    expect(cropped(small, 0, { top: -2, left: -2 }, { height: 2, width: 8 }, pad)).toEqual([
      33, 32, 31, 32, 33, 34, 33, 32, 23, 22, 21, 22, 23, 24, 23, 22,
    ])
    expect(cropped(small, 0, { top: 4, left: 3 }, { height: 2, width: 4 }, pad)).toEqual([14, 13, 12, 0, 0, 0, 0, 0])
  })
})

describe('a turned crop', () => {
  const square = { height: 3, width: 3 }

  it('by 90 degrees is the image turned counterclockwise, to the pixel', () => {
    expect(cropped(small, 0, { left: 1, angle: 90 }, square)).toEqual([14, 24, 34, 13, 23, 33, 12, 22, 32])
    expect(cropped(small, 0, { left: 1, angle: -90 }, square)).toEqual([32, 22, 12, 33, 23, 13, 34, 24, 14])
    expect(cropped(small, 0, { left: 1, angle: 180 }, square)).toEqual([34, 33, 32, 24, 23, 22, 14, 13, 12])
    const stored = storedImages(32, 32, 3)
    const crop = { height: 24, width: 24 }
    const straight = cropped(stored, 1, { top: 3, left: 5 }, crop)
    const turned = cropped(stored, 1, { top: 3, left: 5, angle: 90 }, crop)
    for (let y = 0; y < 24; y += 1)
      for (let x = 0; x < 72; x += 3)
        expect(turned.slice(y * 72 + x, y * 72 + x + 3)).toEqual(
          straight.slice((x / 3) * 72 + (23 - y) * 3, (x / 3) * 72 + (23 - y) * 3 + 3),
        )
  })

  it('is mirrored before it is turned', () => {
    expect(cropped(small, 0, { left: 1, mirrored: true, angle: 90 }, square)).toEqual([
      12, 22, 32, 13, 23, 33, 14, 24, 34,
    ])
  })

  it('takes in what lies around the crop, and black from outside of the image', () => {
    // By 45 degrees a corner of 3 x 3 pixels comes from a place 1.41 away from the middle along one axis.
    const image: StoredImages = { images: new Uint8Array(25).fill(100), height: 5, width: 5, channels: 1 }
    expect(cropped(image, 0, { top: 1, left: 1, angle: 45 }, square)).toEqual(new Array(9).fill(100))
    const part = Math.floor(100 * (2 - Math.SQRT2) + 0.5)
    expect(cropped({ ...image, height: 3, width: 3 }, 0, { angle: 45 }, square)).toEqual([
      part,
      100,
      part,
      100,
      100,
      100,
      part,
      100,
      part,
    ])
  })

  it('of a photograph is what TensorFlow gives, up to rounding', () => {
    const stored = photographs()
    const tf = loadTensorflow()
    const backend = tensorflowBackend()
    const { TF_ATTR_TYPE, TF_ATTR_STRING, TF_FLOAT } = backend.binding
    const attributes = [
      { name: 'dtype', type: TF_ATTR_TYPE, value: TF_FLOAT },
      { name: 'interpolation', type: TF_ATTR_STRING, value: 'BILINEAR' },
      { name: 'fill_mode', type: TF_ATTR_STRING, value: 'CONSTANT' },
    ]
    for (const [image, angle] of [
      [0, 15],
      [1, -8.25],
      [2, 33],
      [3, 120],
    ]) {
      const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
      const middle = 15.5
      const transform = [
        cosine,
        -sine,
        middle - middle * cosine + middle * sine,
        sine,
        cosine,
        middle - middle * sine - middle * cosine,
        0,
        0,
      ]
      const theirs = tf.tidy(() => {
        const pixels = tf.tensor(
          Float32Array.from(stored.images.subarray(image * 3072, (image + 1) * 3072)),
          [1, 32, 32, 3],
          'float32',
        )
        const inputs = [
          pixels,
          tf.tensor(transform, [1, 8], 'float32'),
          tf.tensor([32, 32], [2], 'int32'),
          tf.scalar(0, 'float32'),
        ]
        return backend.executeSingleOutput('ImageProjectiveTransformV3', attributes, inputs).dataSync()
      })
      const ours = cropped(stored, image, { angle }, { height: 32, width: 32 })
      expect(ours.length).toBe(theirs.length)
      expect(Math.max(...ours.map((value, place) => Math.abs(value - theirs[place])))).toBeLessThan(0.51)
    }
  })
})
