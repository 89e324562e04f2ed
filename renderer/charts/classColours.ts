import { type Hex, oklch } from '../../core/pictures/oklch.ts'
import type { Ink } from './shapes.ts'

const series = [
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
] as const satisfies readonly Ink[]

/** Lightness of three neighbours in the row of classes, so that hues that come near each other still differ. */
const lightness = { light: [0.52, 0.6, 0.44], dark: [0.72, 0.83, 0.64] } as const
const chroma = { light: 0.16, dark: 0.14 } as const

/** Degrees from one class to the next: however many there are, their hues are spread evenly. */
const goldenAngle = 137.508

function wheelColour(label: number, theme: 'light' | 'dark'): Hex {
  const ring = lightness[theme]
  return oklch(ring[label % ring.length], chroma[theme], (250 + label * goldenAngle) % 360)
}

/**
 * The colour of each class. Up to six have the colours of series, which colour-blind readers can tell apart. More have
 * colours of a wheel, which nobody can tell apart for long. So some may be highlighted: they get the colours of series,
 * as long as there are enough, in their order, and all others are grey.
 * @param highlighted Some classes; none: all of them have colours.
 */
export function classColours(
  classes: number,
  highlighted: readonly number[],
  theme: 'light' | 'dark',
): readonly (Ink | Hex)[] {
  return Array.from({ length: classes }, (_, label) => {
    const place = highlighted.indexOf(label)
    if (highlighted.length > 0 && place === -1) return 'edge'
    if (classes <= series.length) return series[label]
    return place === -1 || highlighted.length > series.length ? wheelColour(label, theme) : series[place]
  })
}

/** The same for CSS. */
export function cssColour(colour: Ink | Hex): string {
  return colour.startsWith('#') ? colour : `var(--${colour})`
}
