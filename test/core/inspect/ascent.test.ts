import { describe, expect, it } from 'vitest'
import { ascentStart, ascentStep, type AscendingImage } from '../../../core/inspect/ascent.ts'

const extents = { height: 5, width: 4, channels: 3 }

function even(pixel: number): AscendingImage {
  return { ...extents, pixels: new Float32Array(60).fill(pixel) }
}

describe('gradient ascent', () => {
  it('begins with noise around grey that follows from the seed', () => {
    const { pixels } = ascentStart(7, extents)
    expect(pixels).toHaveLength(60)
    for (const pixel of pixels) expect(Math.abs(pixel - 127.5)).toBeLessThanOrEqual(20)
    expect(ascentStart(7, extents).pixels).toEqual(pixels)
    expect(ascentStart(8, extents).pixels).not.toEqual(pixels)
  })

  it('moves along the gradient, equally far whatever its length', () => {
    const gradient = Float32Array.from({ length: 60 }, (_, place) => (place === 10 ? 3 : -1))
    const { pixels } = ascentStep(even(127.5), gradient, 1)
    expect(pixels[10]).toBeGreaterThan(127.5)
    expect(pixels[11]).toBeLessThan(127.5)
    const longer = ascentStep(
      even(127.5),
      gradient.map((value) => value * 1000),
      1,
    )
    longer.pixels.forEach((pixel, place) => expect(pixel).toBeCloseTo(pixels[place], 3))
  })

  it('without a gradient only comes closer to grey', () => {
    const { pixels } = ascentStep(even(200), new Float32Array(60), 1)
    expect(new Set(pixels).size).toBe(1)
    expect(pixels[0]).toBeGreaterThan(127.5)
    expect(pixels[0]).toBeLessThan(200)
  })

  it('keeps pixels within their range', () => {
    let image = even(127.5)
    const gradient = Float32Array.from({ length: 60 }, (_, place) => (place % 2 === 0 ? 1 : -1))
    for (let step = 1; step <= 60; step += 1) image = ascentStep(image, gradient, step)
    expect(Math.min(...image.pixels)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...image.pixels)).toBeLessThanOrEqual(255)
  })

  it('blurs every few steps, each channel by itself', () => {
    const spot = even(127.5)
    // Row 2, column 1, channel 2.
    spot.pixels[(2 * 4 + 1) * 3 + 2] = 227.5
    const at = ({ pixels }: AscendingImage, y: number, x: number, channel: number): number =>
      pixels[(y * 4 + x) * 3 + channel] - 127.5
    const plain = ascentStep(spot, new Float32Array(60), 3)
    expect([at(plain, 2, 0, 2), at(plain, 1, 1, 2)]).toEqual([0, 0])
    const smooth = ascentStep(spot, new Float32Array(60), 4)
    expect(at(smooth, 2, 0, 2)).toBeGreaterThan(1)
    expect(at(smooth, 1, 1, 2)).toBeCloseTo(at(smooth, 2, 0, 2), 3)
    expect(at(smooth, 2, 1, 1)).toBe(0)
    const sum = (image: AscendingImage): number => image.pixels.reduce((total, pixel) => total + pixel - 127.5, 0)
    expect(sum(smooth)).toBeCloseTo(sum(plain), 1)
  })
})
