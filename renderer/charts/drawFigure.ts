import { type Figure, figureFont, type Inks, inks, plainColour, type Shape } from './shapes.ts'

/** The inks of a theme at this element; of the page's own where none is named. */
export function inksAt(element: HTMLElement, theme?: 'light' | 'dark'): Inks {
  const probe = document.createElement('span')
  probe.hidden = true
  if (theme !== undefined) probe.style.colorScheme = theme
  element.append(probe)
  const entries = inks.map((ink) => {
    probe.style.color = `var(--${ink})`
    return [ink, getComputedStyle(probe).color] as const
  })
  probe.remove()
  return Object.fromEntries(entries) as Record<(typeof inks)[number], string>
}

function drawCircle(
  context: CanvasRenderingContext2D,
  { x, y, radius, fill, stroke, width, alpha }: Extract<Shape, { kind: 'circle' }>,
  colours: Inks,
): void {
  context.globalAlpha = alpha
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  if (fill !== null) {
    context.fillStyle = plainColour(fill, colours)
    context.fill()
  }
  if (stroke === null) return
  context.strokeStyle = plainColour(stroke, colours)
  context.lineWidth = width
  context.setLineDash([])
  context.stroke()
}

function drawCurve(
  context: CanvasRenderingContext2D,
  { x, y, ink, width, dash, alpha }: Extract<Shape, { kind: 'curve' }>,
  colours: Inks,
): void {
  context.globalAlpha = alpha
  context.strokeStyle = colours[ink]
  context.lineWidth = width
  context.setLineDash([...dash])
  context.lineJoin = 'round'
  context.beginPath()
  let open = false
  for (let index = 0; index < y.length; index += 1) {
    const seen = Number.isFinite(y[index])
    if (seen && open) context.lineTo(x[index], y[index])
    else if (seen) context.moveTo(x[index], y[index])
    open = seen
  }
  context.stroke()
}

function drawPolygon(
  context: CanvasRenderingContext2D,
  { points, fill, stroke, width, alpha }: Extract<Shape, { kind: 'polygon' }>,
  colours: Inks,
): void {
  context.globalAlpha = alpha
  context.beginPath()
  for (const [x, y] of points) context.lineTo(x, y)
  context.closePath()
  context.fillStyle = colours[fill]
  context.fill()
  if (stroke === null) return
  context.strokeStyle = colours[stroke]
  context.lineWidth = width
  context.setLineDash([])
  context.stroke()
}

function drawWindow(
  context: CanvasRenderingContext2D,
  { x, y, width, height, shapes }: Extract<Shape, { kind: 'window' }>,
  colours: Inks,
): void {
  context.save()
  context.beginPath()
  context.rect(x, y, width, height)
  context.clip()
  for (const shape of shapes) drawShape(context, shape, colours)
  context.restore()
}

function drawShape(context: CanvasRenderingContext2D, shape: Shape, colours: Inks): void {
  if (shape.kind === 'circle') {
    drawCircle(context, shape, colours)
    return
  }
  if (shape.kind === 'curve') {
    drawCurve(context, shape, colours)
    return
  }
  if (shape.kind === 'polygon') {
    drawPolygon(context, shape, colours)
    return
  }
  if (shape.kind === 'window') {
    drawWindow(context, shape, colours)
    return
  }
  context.fillStyle = colours[shape.ink]
  context.strokeStyle = colours[shape.ink]
  context.globalAlpha = shape.kind === 'rect' ? shape.alpha : 1
  if (shape.kind === 'rect') {
    context.fillRect(shape.x, shape.y, shape.width, shape.height)
    return
  }
  if (shape.kind === 'line') {
    context.lineWidth = shape.width
    context.setLineDash([...shape.dash])
    context.lineJoin = 'round'
    context.beginPath()
    for (const [x, y] of shape.points) context.lineTo(x, y)
    context.stroke()
    return
  }
  context.font = `${shape.size}px ${figureFont}`
  context.textBaseline = 'middle'
  context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor
  context.save()
  context.translate(shape.x, shape.y)
  if (shape.turned) context.rotate(-Math.PI / 2)
  context.fillText(shape.text, 0, 0)
  context.restore()
}

/**
 * Draws a figure on a canvas, which takes its extents.
 * @param ratio Pixels of the canvas for each of the figure.
 */
export function drawFigure(
  canvas: HTMLCanvasElement,
  { width, height, shapes }: Figure,
  colours: Inks,
  ratio: number,
): void {
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d')
  if (context === null) return
  context.scale(ratio, ratio)
  for (const shape of shapes) drawShape(context, shape, colours)
}
