import type { DrawnDistortions } from '../../core/inspect/distorting.ts'

type Drawn = DrawnDistortions['drawn'][number]

/** A number with its sign: `+0.02`. */
function signed(value: number, digits: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(digits)}`
}

/** What was drawn for an image, in a few words: `crop at 3,5 · flipped · hue +0.02`. */
export function distortionWords({ distortion: { place, colours, cutout }, turn }: Drawn): string {
  const { hue, contrast, brightness, saturation } = colours ?? {}
  const parts = [
    `crop at ${place.top},${place.left}`,
    ...(place.mirrored ? ['flipped'] : []),
    ...(place.angle === 0 ? [] : [`turned ${signed(place.angle, 1)}°`]),
    ...(typeof hue === 'number' ? [`hue ${signed(hue, 3)}`] : []),
    ...(typeof contrast === 'number' ? [`contrast x${contrast.toFixed(2)}`] : []),
    ...(typeof brightness === 'number' ? [`brightness ${signed(brightness, 2)}`] : []),
    ...(typeof saturation === 'number' ? [`saturation x${saturation.toFixed(2)}`] : []),
    ...(cutout === null ? [] : [`cut out at ${cutout.y},${cutout.x}`]),
    ...(turn === null ? [] : [`seen at step ${turn.step}`]),
  ]
  return parts.join(' · ')
}
