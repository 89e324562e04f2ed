import { describe, expect, it } from 'vitest'
import { type Augmentation, undistorted } from '../../../../core/run/augmentation.ts'
import { drawDistortion } from '../../../../main/engine/feed/distortion.ts'
import { RandomNumbers } from '../../../../core/numbers/random.ts'

const crop = { height: 24, width: 20 }
const stored = { height: 32, width: 30, channels: 3 }
const all: Augmentation = {
  pad: { pixels: 2, fill: 'reflect' },
  randomCrop: true,
  flip: true,
  rotation: 10,
  shift: 1,
  hue: 0.05,
  contrast: { min: 0.3, max: 1 },
  brightness: 0.2,
  saturation: { min: 0, max: 2 },
  cutout: { side: 8 },
  mixup: { alpha: 0.5 },
}
const turnAt = (position: number, epoch = 0) => ({ image: 0, epoch, position })
const draw = (augmentation: Augmentation, position: number, epoch = 0, seed = 1) =>
  drawDistortion(augmentation, new RandomNumbers(seed), turnAt(position, epoch), stored, crop)
const drawn = (augmentation: Augmentation, draws = 3000) =>
  Array.from({ length: draws }, (_, position) => draw(augmentation, position))

describe('what is drawn for an image', () => {
  it('is the same whenever it is drawn, and another for another turn or seed', () => {
    expect(draw(all, 5, 1)).toEqual(draw(all, 5, 1))
    for (const other of [draw(all, 6, 1), draw(all, 5, 2), draw(all, 5, 1, 2)])
      expect(other).not.toEqual(draw(all, 5, 1))
  })

  it('stays in the ranges of the configuration', () => {
    for (const { place, colours, cutout, weight } of drawn(all)) {
      expect(Math.abs(place.angle)).toBeLessThanOrEqual(10)
      expect(Math.abs(colours?.hue ?? NaN)).toBeLessThanOrEqual(0.05)
      expect(colours?.contrast).toBeGreaterThanOrEqual(0.3)
      expect(colours?.contrast).toBeLessThan(1)
      expect(Math.abs(colours?.brightness ?? NaN)).toBeLessThanOrEqual(0.2)
      expect(colours?.saturation).toBeGreaterThanOrEqual(0)
      expect(colours?.saturation).toBeLessThan(2)
      expect(cutout?.y).toBeLessThan(24)
      expect(cutout?.x).toBeLessThan(20)
      expect(weight).toBeGreaterThanOrEqual(0)
      expect(weight).toBeLessThanOrEqual(1)
    }
  })

  it('reaches every place of the padded image, and every shift of it, and mirrors every other image', () => {
    const cropOnly = drawn({ ...undistorted, randomCrop: true, flip: true })
    expect(new Set(cropOnly.map(({ place }) => `${place.top},${place.left}`)).size).toBe(9 * 11)
    expect(Math.min(...cropOnly.map(({ place }) => place.top))).toBe(0)
    expect(Math.max(...cropOnly.map(({ place }) => place.left))).toBe(10)
    const mirrored = cropOnly.filter(({ place }) => place.mirrored).length
    expect(Math.abs(mirrored - 1500)).toBeLessThan(110)

    const padded = drawn({ ...undistorted, pad: { pixels: 4, fill: 'zero' }, randomCrop: true })
    expect(Math.min(...padded.map(({ place }) => place.top))).toBe(-4)
    expect(Math.max(...padded.map(({ place }) => place.top))).toBe(12)
    expect(new Set(padded.map(({ place }) => place.left))).toHaveLength(19)

    const shifted = drawn({ ...undistorted, shift: 2 }, 500)
    expect(new Set(shifted.map(({ place }) => `${place.top - 4},${place.left - 5}`)).size).toBe(25)
    expect(shifted.every(({ place }) => Math.abs(place.top - 4) <= 2 && Math.abs(place.left - 5) <= 2)).toBe(true)
  })

  it('does not change for one distortion when others are switched off', () => {
    const whole = draw(all, 8)
    const fewer = draw({ ...all, flip: false, rotation: 0, hue: 0, contrast: null, cutout: null, mixup: null }, 8)
    expect(fewer).toEqual({
      place: { ...whole.place, mirrored: false, angle: 0 },
      colours: { ...whole.colours, hue: null, contrast: null },
      cutout: null,
      weight: null,
    })
  })

  it('is nothing where nothing is on', () => {
    expect(draw(undistorted, 3)).toEqual({
      place: { top: 4, left: 5, mirrored: false, angle: 0 },
      colours: null,
      cutout: null,
      weight: null,
    })
  })

  it('has no hue and no saturation for grey images, and no colours where there is nothing else', () => {
    const grey = (augmentation: Augmentation) =>
      drawDistortion(augmentation, new RandomNumbers(1), turnAt(0), { ...stored, channels: 1 }, crop)
    expect(grey(all).colours).toMatchObject({ hue: null, saturation: null, contrast: expect.any(Number) })
    expect(grey({ ...undistorted, hue: 0.1, saturation: { min: 0, max: 2 } }).colours).toBeNull()
  })
})
