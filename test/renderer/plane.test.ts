import { describe, expect, it } from 'vitest'
import { classColours, cssColour } from '../../renderer/charts/classColours.ts'
import { figureSvg } from '../../renderer/charts/figureSvg.ts'
import { type Ink, inks, type Inks } from '../../renderer/charts/shapes.ts'
import { classCounts } from '../../renderer/pages/Errors/embedding/classCounts.ts'
import { nearestPoint, nextPoint, pointsInside } from '../../renderer/pages/Errors/embedding/foundPoints.ts'
import { planeFigure, type PlanePicture, savedFigure } from '../../renderer/pages/Errors/embedding/planeFigure.ts'
import {
  isClosest,
  pannedView,
  toPicture,
  toPlane,
  viewWith,
  wholeView,
  zoomedView,
} from '../../renderer/pages/Errors/embedding/planeView.ts'

const size = { width: 436, height: 236 }
/** A cross of five points, and one far to the right. */
const points = { x: [0, 1, -1, 0, 0, 10], y: [0, 0, 0, 1, -1, 0] }
const all = [0, 1, 2, 3, 4, 5]

describe('a view of a plane', () => {
  const whole = wholeView(points, size)

  it('shows all points, as large as they fit, with y upwards', () => {
    for (const row of all) {
      const { x, y } = toPicture(whole, size, { x: points.x[row], y: points.y[row] })
      expect(x).toBeGreaterThanOrEqual(17.9)
      expect(x).toBeLessThanOrEqual(418.1)
      expect(y).toBeGreaterThanOrEqual(17.9)
      expect(y).toBeLessThanOrEqual(218.1)
    }
    expect(toPicture(whole, size, { x: -1, y: 0 }).x).toBeCloseTo(18)
    expect(toPicture(whole, size, { x: 0, y: 1 }).y).toBeLessThan(toPicture(whole, size, { x: 0, y: -1 }).y)
    expect(toPlane(whole, size, toPicture(whole, size, { x: 3, y: -0.5 }))).toEqual({
      x: expect.closeTo(3),
      y: expect.closeTo(-0.5),
    })
  })

  it('zooms around a point that stays where it is, never wider than all of it and never endlessly', () => {
    const at = { x: 1, y: 0 }
    const closer = zoomedView(whole, whole, at, 3)
    expect(closer.scale).toBeGreaterThan(whole.scale)
    expect(toPicture(closer, size, at).x).toBeCloseTo(toPicture(whole, size, at).x)
    expect(zoomedView(closer, whole, at, -9)).toBe(whole)
    expect(isClosest(zoomedView(closer, whole, at, 99), whole)).toBe(true)
  })

  it('moves by pixels, and as far as is needed to see a point', () => {
    const closer = zoomedView(whole, whole, { x: 0, y: 0 }, 4)
    const before = toPicture(closer, size, { x: 0, y: 0 })
    expect(toPicture(pannedView(closer, 7, -5), size, { x: 0, y: 0 })).toEqual({
      x: expect.closeTo(before.x + 7),
      y: expect.closeTo(before.y - 5),
    })
    expect(viewWith(closer, size, { x: 0, y: 0 })).toBe(closer)
    expect(toPicture(viewWith(closer, size, { x: 10, y: 0 }), size, { x: 10, y: 0 }).x).toBeCloseTo(418)
  })

  it('of points at one place has them in the middle', () => {
    const view = wholeView({ x: [2, 2], y: [3, 3] }, size)
    expect(toPicture(view, size, { x: 2, y: 3 })).toEqual({ x: 218, y: 118 })
  })
})

describe('points are found', () => {
  it('by the pointer, where one is near enough', () => {
    expect(nearestPoint(points, all, { x: 0.9, y: 0.1 }, 0.5)).toBe(1)
    expect(nearestPoint(points, all, { x: 5, y: 5 }, 0.5)).toBeNull()
    expect(nearestPoint(points, [0, 5], { x: 0.9, y: 0.1 }, 0.5)).toBeNull()
  })

  it('by the arrow keys, the nearest in their direction, until there is none', () => {
    expect(nextPoint(points, all, 0, 'ArrowRight')).toBe(1)
    expect(nextPoint(points, all, 1, 'ArrowRight')).toBe(5)
    expect(nextPoint(points, all, 5, 'ArrowRight')).toBe(5)
    expect(nextPoint(points, all, 0, 'ArrowUp')).toBe(3)
    expect(nextPoint(points, all, 0, 'ArrowDown')).toBe(4)
    expect(nextPoint(points, all, 0, 'ArrowLeft')).toBe(2)
    // Nothing lies within 45 degrees, but something on that side.
    expect(nextPoint(points, [0, 5], 5, 'ArrowUp')).toBe(5)
    expect(nextPoint(points, [3, 5], 5, 'ArrowUp')).toBe(3)
  })

  it('by the arrow keys, also those that lie on one another', () => {
    const same = { x: [1, 1, 1, 2], y: [0, 0, 0, 0] }
    expect(nextPoint(same, [0, 1, 2, 3], 0, 'ArrowRight')).toBe(1)
    expect(nextPoint(same, [0, 1, 2, 3], 1, 'ArrowRight')).toBe(2)
    expect(nextPoint(same, [0, 1, 2, 3], 2, 'ArrowRight')).toBe(3)
    expect(nextPoint(same, [0, 1, 2, 3], 3, 'ArrowLeft')).not.toBe(3)
  })

  it('by a line around them, whatever its shape', () => {
    const around = (...corners: [number, number][]) =>
      pointsInside(
        points,
        all,
        corners.map(([x, y]) => ({ x, y })),
      )
    expect(around([-2, -0.5], [2, -0.5], [2, 0.5], [-2, 0.5])).toEqual([0, 1, 2])
    // A horseshoe around the middle.
    expect(around([-2, -2], [2, -2], [2, 2], [1.5, 2], [0.5, -0.2], [-0.5, -0.2], [-1.5, 2], [-2, 2])).toEqual([
      1, 2, 4,
    ])
    expect(around([-2, -2], [2, 2])).toEqual([])
  })
})

describe('a plane is drawn', () => {
  const picture: PlanePicture = {
    points,
    labels: [0, 0, 1, 1, 2, 2],
    predicted: [0, 1, 1, 1, 2, 0],
    rows: all,
    colours: ['series-1', 'series-2', '#123456'],
    highlighted: null,
    selected: new Set(),
  }
  const plain = Object.fromEntries(inks.map((ink) => [ink, `rgb(${ink.length} 0 0)`])) as Record<Ink, string> as Inks

  it('with a dot for a right answer, and a ring around a dot for a mistake: the true class around the answer', () => {
    const { shapes } = planeFigure(picture, wholeView(points, size), size)
    const rings = shapes.filter((shape) => shape.kind === 'circle' && shape.stroke !== null && shape.stroke !== 'panel')
    expect(rings).toMatchObject([{ stroke: 'series-1' }, { stroke: '#123456' }])
    const inside = rings.map((ring) => shapes[shapes.indexOf(ring) + 1])
    expect(inside).toMatchObject([{ fill: 'series-2' }, { fill: 'series-1' }])
    // Four right answers, and two shapes for each mistake.
    expect(shapes).toHaveLength(4 + 2 * 2)
  })

  it('with faint points where other classes stand out, by truth or by answer', () => {
    const { shapes } = planeFigure({ ...picture, highlighted: new Set([1]) }, wholeView(points, size), size)
    expect(shapes.flatMap((shape) => (shape.kind === 'circle' && shape.alpha < 0.5 ? [shape] : []))).toHaveLength(3)
  })

  it('without what is not shown or out of view, and with marks around what is chosen', () => {
    const drawn = (change: Partial<PlanePicture>) =>
      planeFigure({ ...picture, ...change }, wholeView(points, size), size).shapes
    expect(drawn({ rows: [0] })).toHaveLength(1)
    expect(drawn({ rows: [0], selected: new Set([0, 5]) })).toMatchObject([{ stroke: 'text' }, { fill: 'series-1' }])
    const closer = zoomedView(wholeView(points, size), wholeView(points, size), { x: 0, y: 0 }, 4)
    expect(planeFigure({ ...picture, rows: [0, 5] }, closer, size).shapes).toHaveLength(1)
  })

  it('into a file with a legend beside it', () => {
    const legend = [{ name: 'cat', colour: '#123456' as const }]
    const figure = savedFigure(picture, (inside) => wholeView(points, inside), { width: 600, height: 300 }, legend)
    expect(figure.shapes.at(-1)).toMatchObject({ kind: 'text', text: 'cat' })
    for (const shape of figure.shapes.slice(0, -2)) if (shape.kind === 'circle') expect(shape.x).toBeLessThan(420)
    const svg = figureSvg(figure, plain)
    expect(svg).toContain('fill="#123456"/>')
    expect(svg.match(/<circle /g)).toHaveLength(4 + 2 * 2 + 1)
  })
})

describe('the colours of classes', () => {
  it('are those of series for few, and for many once some are highlighted; all others are grey then', () => {
    expect(classColours(2, [], 'light')).toEqual(['series-1', 'series-2'])
    const many = classColours(369, [40, 7], 'dark')
    expect([many[40], many[7], many[8]]).toEqual(['series-1', 'series-2', 'edge'])
    expect(classColours(369, [0, 1, 2, 3, 4, 5, 6], 'dark').filter((colour) => colour.startsWith('#'))).toHaveLength(7)
    expect(cssColour('edge')).toBe('var(--edge)')
    expect(cssColour('#123456')).toBe('#123456')
  })

  it('differ from class to class', () => {
    for (const classes of [10, 100]) expect(new Set(classColours(classes, [], 'light')).size).toBe(classes)
  })
})

it('the images of a class are counted, and the mistakes among them', () => {
  const counts = classCounts({ classes: ['cat', 'dog', 'frog'], labels: [0, 0, 1], predicted: [0, 2, 1] })
  expect(counts).toEqual([
    { images: 2, wrong: 1 },
    { images: 1, wrong: 0 },
    { images: 0, wrong: 0 },
  ])
})
