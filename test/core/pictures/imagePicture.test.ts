import { describe, expect, it } from 'vitest'
import { channelPicture, pictureOfInput, pictureOfPixels } from '../../../core/pictures/imagePicture.ts'

describe('an image as a picture', () => {
  it('has its colours, or its grey three times', () => {
    expect([...pictureOfPixels(Uint8Array.of(1, 2, 3), [1, 1, 3]).pixels]).toEqual([1, 2, 3, 255])
    expect([...pictureOfPixels(Uint8Array.of(9), [1, 1, 1]).pixels]).toEqual([9, 9, 9, 255])
  })

  it('shows what enters the network as the pixels that it stands for', () => {
    const range = { kind: 'range', min: 0, max: 255 } as const
    expect([...pictureOfInput(Float32Array.of(0, 1, 100 / 255), [1, 1, 3], range).pixels]).toEqual([0, 255, 100, 255])
    const standard = { kind: 'standard', mean: [100, 110, 120], deviation: [10, 20, 30] } as const
    const pixels = { kind: standard.kind, mean: [...standard.mean], deviation: [...standard.deviation] }
    expect([...pictureOfInput(Float32Array.of(0, -1, 9), [1, 1, 3], pixels).pixels]).toEqual([100, 90, 255, 255])
  })

  it('gives one channel in grey', () => {
    const picture = pictureOfPixels(Uint8Array.of(1, 2, 3), [1, 1, 3])
    expect([...channelPicture(picture, 2).pixels]).toEqual([3, 3, 3, 255])
  })
})
