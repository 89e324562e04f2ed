import { type Figure, figureFont, type Inks, plainColour, type Shape } from './shapes.ts'

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A number with at most two decimals. */
const short = (value: number): number => Math.round(value * 100) / 100

function circleSvg(
  { x, y, radius, fill, stroke, width, alpha }: Extract<Shape, { kind: 'circle' }>,
  colours: Inks,
): string {
  const inside = fill === null ? 'none' : plainColour(fill, colours)
  const line = stroke === null ? '' : ` stroke="${plainColour(stroke, colours)}" stroke-width="${width}"`
  const opacity = alpha === 1 ? '' : ` opacity="${short(alpha)}"`
  return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${inside}"${line}${opacity}/>`
}

/** The parts of a curve between its gaps; a part of one point is no line. */
function curveSvg({ x, y, ink, width, dash, alpha }: Extract<Shape, { kind: 'curve' }>, colours: Inks): string {
  const parts: string[] = []
  let open = false
  y.forEach((down, index) => {
    if (Number.isFinite(down)) parts.push(`${open ? 'L' : 'M'}${short(x[index])} ${short(down)}`)
    open = Number.isFinite(down)
  })
  const dashes = dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`
  const opacity = alpha === 1 ? '' : ` stroke-opacity="${short(alpha)}"`
  return `<path d="${parts.join('')}" fill="none" stroke="${colours[ink]}" stroke-width="${width}" stroke-linejoin="round"${dashes}${opacity}/>`
}

function polygonSvg(
  { points, fill, stroke, width, alpha }: Extract<Shape, { kind: 'polygon' }>,
  colours: Inks,
): string {
  const corners = points.map(([x, y]) => `${short(x)},${short(y)}`).join(' ')
  const line = stroke === null ? '' : ` stroke="${colours[stroke]}" stroke-width="${width}"`
  const opacity = alpha === 1 ? '' : ` opacity="${short(alpha)}"`
  return `<polygon points="${corners}" fill="${colours[fill]}"${line}${opacity}/>`
}

/** A nested picture shows nothing beyond its own edges. */
function windowSvg({ x, y, width, height, shapes }: Extract<Shape, { kind: 'window' }>, colours: Inks): string {
  const box = [x, y, width, height].map(short).join(' ')
  const [left, top, across, down] = box.split(' ')
  return `<svg x="${left}" y="${top}" width="${across}" height="${down}" viewBox="${box}" overflow="hidden">${shapes.map((shape) => shapeSvg(shape, colours)).join('')}</svg>`
}

function shapeSvg(shape: Shape, colours: Inks): string {
  if (shape.kind === 'circle') return circleSvg(shape, colours)
  if (shape.kind === 'curve') return curveSvg(shape, colours)
  if (shape.kind === 'polygon') return polygonSvg(shape, colours)
  if (shape.kind === 'window') return windowSvg(shape, colours)
  const colour = colours[shape.ink]
  switch (shape.kind) {
    case 'rect': {
      const opacity = shape.alpha === 1 ? '' : ` fill-opacity="${short(shape.alpha)}"`
      return `<rect x="${short(shape.x)}" y="${short(shape.y)}" width="${short(shape.width)}" height="${short(shape.height)}" fill="${colour}"${opacity}/>`
    }
    case 'line': {
      const dash = shape.dash.length === 0 ? '' : ` stroke-dasharray="${shape.dash.join(' ')}"`
      const points = shape.points.map(([x, y]) => `${short(x)},${short(y)}`).join(' ')
      return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="${shape.width}" stroke-linejoin="round"${dash}/>`
    }
    case 'text': {
      const turn = shape.turned ? ` transform="rotate(-90 ${short(shape.x)} ${short(shape.y)})"` : ''
      return `<text x="${short(shape.x)}" y="${short(shape.y)}" font-size="${shape.size}" text-anchor="${shape.anchor}" dominant-baseline="central" fill="${colour}"${turn}>${escaped(shape.text)}</text>`
    }
  }
}

/** A figure as an SVG file. */
export function figureSvg({ width, height, shapes }: Figure, colours: Inks): string {
  const [across, down] = [short(width), short(height)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" viewBox="0 0 ${across} ${down}" font-family="${escaped(figureFont)}">`,
    ...shapes.map((shape) => shapeSvg(shape, colours)),
    '</svg>',
  ].join('')
}
