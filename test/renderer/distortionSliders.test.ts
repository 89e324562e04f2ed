import { describe, expect, it } from 'vitest'
import { type Augmentation, undistorted } from '../../core/run/augmentation.ts'
import type { Distortion } from '../../core/run/distortion.ts'
import { distortionByHand, drawnByHand, slidersFor, undistortedByHand } from '../../renderer/state/distortionSliders.ts'
import { captionOf, drawnTexts } from '../../renderer/text/distortionTexts.ts'
import { formatsFor } from '../../renderer/text/formats.ts'

const image = { height: 32, width: 28, channels: 3 } as const
const input = { height: 24, width: 24, channels: 3 } as const
const augmentation: Augmentation = {
  ...undistorted,
  pad: { pixels: 2, fill: 'zero' },
  randomCrop: true,
  hue: 0.05,
  contrast: { min: 0.3, max: 4.5 },
  cutout: { side: 6 },
}
const fed = { input, augmentation }
const drawn: Distortion = {
  place: { top: -1, left: 3, mirrored: true, angle: 0 },
  colours: { hue: -0.0214, contrast: 0.408, brightness: null, saturation: null },
  cutout: { y: 3, x: 20 },
  weight: null,
}

describe('sliders', () => {
  it('in their neutral place are the centre crop, without a colour changed and so without clipping', () => {
    expect(distortionByHand(undistortedByHand(image, fed))).toEqual({
      distortion: { place: { top: 4, left: 2, mirrored: false, angle: 0 }, colours: null, cutout: null, weight: null },
      cutoutSide: null,
    })
  })

  it('take what was drawn, and mean it again', () => {
    expect(distortionByHand(drawnByHand(drawn, image, fed))).toEqual({ distortion: drawn, cutoutSide: 6 })
    const straight: Distortion = { ...drawn, colours: null, cutout: null }
    expect(distortionByHand(drawnByHand(straight, image, fed))).toEqual({ distortion: straight, cutoutSide: null })
  })

  it('mark what the settings draw from, and go beyond it', () => {
    const sliders = new Map(slidersFor(image, fed))
    expect(sliders.get('top')).toEqual({ min: -8, max: 16, step: 1, drawn: { low: -2, high: 10 } })
    expect(sliders.get('left')).toEqual({ min: -8, max: 12, step: 1, drawn: { low: -2, high: 6 } })
    expect(sliders.get('hue')).toMatchObject({ min: -0.5, max: 0.5, drawn: { low: -0.05, high: 0.05 } })
    expect(sliders.get('contrast')).toMatchObject({ min: 0, max: 5, drawn: { low: 0.3, high: 4.5 } })
    expect(sliders.get('cutoutSide')).toMatchObject({ max: 24, drawn: { low: 6, high: 6 } })
    for (const slider of ['angle', 'brightness', 'saturation'] as const) expect(sliders.get(slider)?.drawn).toBeNull()
    const shifted = new Map(slidersFor(image, { input, augmentation: { ...undistorted, shift: 3 } }))
    expect(shifted.get('top')?.drawn).toEqual({ low: 1, high: 7 })
  })

  it('of a grey image have no hue and no saturation', () => {
    const names = slidersFor({ ...image, channels: 1 }, fed).map(([name]) => name)
    expect(names).toEqual(['top', 'left', 'angle', 'contrast', 'brightness', 'cutoutSide', 'cutoutY', 'cutoutX'])
  })
})

describe('what was drawn', () => {
  it('is said in short, and a caption breaks only between two values', () => {
    const parts = drawnTexts({ ...drawn, place: { ...drawn.place, angle: -7.25 } }, formatsFor('en'))
    expect(parts).toEqual([
      'crop at −1, 3',
      'flipped',
      'turned −7.3°',
      'hue −0.021',
      'contrast ×0.41',
      'cut out at 3, 20',
    ])
    expect(captionOf(['hue −0.021', 'flipped'])).toBe('hue\u00a0−0.021\u00a0· flipped')
  })
})
