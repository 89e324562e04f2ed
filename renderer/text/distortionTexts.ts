import type { Distortion } from '../../core/run/distortion.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'

const nbsp = '\u00a0'

/** Parts of a caption, which breaks only between them. */
export function captionOf(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(' ', nbsp)).join(`${nbsp}· `)
}

/** What was drawn for an image, each value in a few words: crop at 3, 5; flipped; hue +0.02. */
export function drawnTexts({ place, colours, cutout }: Distortion, format: Formats): string[] {
  const { hue = null, contrast = null, brightness = null, saturation = null } = colours ?? {}
  const whole = (value: number) => format.whole(value).replace('-', '−')
  const at = (y: number, x: number) => ({ y: whole(y), x: whole(x) })
  return [
    m.drawn_crop(at(place.top, place.left)),
    ...(place.mirrored ? [m.drawn_flip()] : []),
    ...(place.angle === 0 ? [] : [m.drawn_angle({ angle: format.signed(place.angle, 1) })]),
    ...(hue === null ? [] : [m.drawn_hue({ hue: format.signed(hue, 3) })]),
    ...(contrast === null ? [] : [m.drawn_contrast({ factor: format.decimal(contrast, 2) })]),
    ...(brightness === null ? [] : [m.drawn_brightness({ amount: format.signed(brightness, 2) })]),
    ...(saturation === null ? [] : [m.drawn_saturation({ factor: format.decimal(saturation, 2) })]),
    ...(cutout === null ? [] : [m.drawn_cutout(at(cutout.y, cutout.x))]),
  ]
}
