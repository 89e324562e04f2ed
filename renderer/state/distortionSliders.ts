import type { Model } from '../../core/network/model.ts'
import { centrePlace, type Distortion } from '../../core/run/distortion.ts'
import type { FeedSettings } from '../../core/run/feedSettings.ts'

/** A distortion by hand: a value for each slider, the neutral one where nothing is changed. */
export interface HandDistortion {
  readonly top: number
  readonly left: number
  readonly mirrored: boolean
  /** In degrees. */
  readonly angle: number
  readonly hue: number
  readonly contrast: number
  readonly brightness: number
  readonly saturation: number
  /** Side of the square that is cut out; 0 cuts nothing out. */
  readonly cutoutSide: number
  readonly cutoutY: number
  readonly cutoutX: number
}

export type Slider = Exclude<keyof HandDistortion, 'mirrored'>

/** What a slider offers. */
export interface SliderRange {
  readonly min: number
  readonly max: number
  readonly step: number
  /** The values that the settings draw from; null where they leave this distortion out. */
  readonly drawn: { readonly low: number; readonly high: number } | null
}

type Fed = Pick<FeedSettings, 'input' | 'augmentation'>

/** The centre crop without any change. The square to cut out, once it has a side, begins in the middle. */
export function undistortedByHand(image: Model['input'], { input }: Pick<Fed, 'input'>): HandDistortion {
  return {
    ...centrePlace(image, input),
    hue: 0,
    contrast: 1,
    brightness: 0,
    saturation: 1,
    cutoutSide: 0,
    cutoutY: Math.floor(input.height / 2),
    cutoutX: Math.floor(input.width / 2),
  }
}

/** What was drawn, on the sliders. */
export function drawnByHand({ place, colours, cutout }: Distortion, image: Model['input'], fed: Fed): HandDistortion {
  const { hue, contrast, brightness, saturation, ...neutral } = undistortedByHand(image, fed)
  return {
    ...neutral,
    ...place,
    hue: colours?.hue ?? hue,
    contrast: colours?.contrast ?? contrast,
    brightness: colours?.brightness ?? brightness,
    saturation: colours?.saturation ?? saturation,
    ...(cutout === null
      ? {}
      : { cutoutSide: fed.augmentation.cutout?.side ?? 0, cutoutY: cutout.y, cutoutX: cutout.x }),
  }
}

/** The distortion that the sliders mean. A neutral value leaves its distortion out, as if it were switched off. */
export function distortionByHand({
  top,
  left,
  mirrored,
  angle,
  hue,
  contrast,
  brightness,
  saturation,
  cutoutSide,
  cutoutY,
  cutoutX,
}: HandDistortion): { readonly distortion: Distortion; readonly cutoutSide: number | null } {
  const changed = (value: number, neutral: number): number | null => (value === neutral ? null : value)
  const colours = {
    hue: changed(hue, 0),
    contrast: changed(contrast, 1),
    brightness: changed(brightness, 0),
    saturation: changed(saturation, 1),
  }
  return {
    distortion: {
      place: { top, left, mirrored, angle },
      colours: Object.values(colours).every((value) => value === null) ? null : colours,
      cutout: cutoutSide === 0 ? null : { y: cutoutY, x: cutoutX },
      weight: null,
    },
    cutoutSide: cutoutSide === 0 ? null : cutoutSide,
  }
}

/** Pixels by which a crop can be moved beyond the image by hand, at least. */
const beyond = 8

/** The sliders of an image in their order. Grey images have no hue and no saturation. */
export function slidersFor(image: Model['input'], { input, augmentation }: Fed): [Slider, SliderRange][] {
  const { pad, randomCrop, rotation, shift, hue, contrast, brightness, saturation, cutout } = augmentation
  const padding = pad?.pixels ?? 0
  const reach = Math.max(beyond, padding + shift)
  const centre = centrePlace(image, input)
  const place = (room: number, middle: number): SliderRange => ({
    min: -reach,
    max: room + reach,
    step: 1,
    drawn: randomCrop
      ? { low: -padding - shift, high: room + padding + shift }
      : shift > 0
        ? { low: middle - shift, high: middle + shift }
        : null,
  })
  const around = (most: number, min: number, max: number, step: number): SliderRange => ({
    min,
    max,
    step,
    drawn: most > 0 ? { low: -most, high: most } : null,
  })
  const factor = (range: typeof contrast, usual: number): SliderRange => ({
    min: 0,
    max: Math.max(usual, Math.ceil(range?.max ?? 0)),
    step: 0.01,
    drawn: range === null ? null : { low: range.min, high: range.max },
  })
  const within = (extent: number): SliderRange => ({
    min: 0,
    max: extent - 1,
    step: 1,
    drawn: cutout === null ? null : { low: 0, high: extent - 1 },
  })
  const colour = image.channels === 3
  return [
    ['top', place(image.height - input.height, centre.top)],
    ['left', place(image.width - input.width, centre.left)],
    ['angle', around(rotation, -180, 180, 1)],
    ...(colour ? [['hue', around(hue, -0.5, 0.5, 0.01)] satisfies [Slider, SliderRange]] : []),
    ['contrast', factor(contrast, 2)],
    ['brightness', around(brightness, -1, 1, 0.01)],
    ...(colour ? [['saturation', factor(saturation, 3)] satisfies [Slider, SliderRange]] : []),
    [
      'cutoutSide',
      {
        min: 0,
        max: Math.max(input.height, input.width, cutout?.side ?? 0),
        step: 1,
        drawn: cutout === null ? null : { low: cutout.side, high: cutout.side },
      },
    ],
    ['cutoutY', within(input.height)],
    ['cutoutX', within(input.width)],
  ]
}
