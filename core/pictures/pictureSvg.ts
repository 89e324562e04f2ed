import { colourTables, type ColourMapName, type ColourScale } from './colourMap.ts'

/** What an SVG shows: pixels, and what they mean. */
export interface SvgPicture {
  /** The picture as base64 of a PNG. */
  readonly png: string
  /** Extents in pixels of the drawing. */
  readonly width: number
  readonly height: number
  readonly title: string | null
  /** What the colours stand for; null where there is no one scale. */
  readonly colours: { readonly map: ColourMapName; readonly scale: ColourScale } | null
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A number of a scale, short: three significant digits with a true minus sign. */
function numberText(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−')
}

const titleHeight = 28
const scaleHeight = 34
const text = 'font-family="sans-serif" fill="#1b1d22"'

function colourBar(map: ColourMapName, { low, high }: ColourScale, width: number, top: number): string {
  const table = colourTables[map]
  const stops = Array.from({ length: 33 }, (_, stop) => {
    const entry = Math.round((stop / 32) * 255) * 3
    return `<stop offset="${stop / 32}" stop-color="rgb(${table.subarray(entry, entry + 3).join()})"/>`
  })
  const across = Math.min(width, 240)
  const label = (x: number, anchor: string, value: number): string =>
    `<text x="${x}" y="${top + 30}" ${text} font-size="12" text-anchor="${anchor}">${numberText(value)}</text>`
  return [
    `<defs><linearGradient id="colours">${stops.join('')}</linearGradient></defs>`,
    `<rect x="0.5" y="${top + 6}" width="${across - 1}" height="10" fill="url(#colours)" stroke="#8a8f98" stroke-width="0.5"/>`,
    label(0, 'start', low),
    ...(low < 0 && high > 0 ? [label((across * -low) / (high - low), 'middle', 0)] : []),
    label(across, 'end', high),
  ].join('')
}

/** A picture with its title above and its colour scale below, on white: fit for a report. */
export function pictureSvg({ png, width, height, title, colours }: SvgPicture): string {
  const top = title === null ? 0 : titleHeight
  const whole = top + height + (colours === null ? 0 : scaleHeight)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    title === null ? '' : `<text x="0" y="18" ${text} font-size="15" font-weight="600">${escaped(title)}</text>`,
    `<image x="0" y="${top}" width="${width}" height="${height}" style="image-rendering:pixelated" href="data:image/png;base64,${png}"/>`,
    colours === null ? '' : colourBar(colours.map, colours.scale, width, top + height),
    '</svg>',
  ].join('')
}
