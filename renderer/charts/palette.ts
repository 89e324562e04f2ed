import type { SeriesColour } from '../ui/seriesLook.ts'

/** The colour tokens that a canvas needs as plain colours. */
export interface Palette {
  readonly series: Readonly<Record<SeriesColour, string>>
  readonly gridLine: string
  readonly panel: string
  readonly textSoft: string
}

/** Resolves the colours of the theme at this element. A canvas understands neither var() nor light-dark(). */
export function paletteAt(element: HTMLElement): Palette {
  const probe = document.createElement('span')
  probe.hidden = true
  element.append(probe)
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  const palette: Palette = {
    series: {
      1: colour('--series-1'),
      2: colour('--series-2'),
      3: colour('--series-3'),
      4: colour('--series-4'),
      5: colour('--series-5'),
      6: colour('--series-6'),
    },
    gridLine: colour('--grid-line'),
    panel: colour('--panel'),
    textSoft: colour('--text-soft'),
  }
  probe.remove()
  return palette
}

/** An rgb() colour made translucent. */
export function faint(colour: string, alpha: number): string {
  return colour.replace(
    /^rgb\((.*)\)$/,
    (_, channels: string) => `rgb(${channels.includes(',') ? channels.replaceAll(',', ' ') : channels} / ${alpha})`,
  )
}
