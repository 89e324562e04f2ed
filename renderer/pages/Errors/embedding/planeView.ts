/** What a plane is looked at through: a part of it, in a picture of some pixels. */

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Points by their places in a list. */
export interface Points {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

export interface PlaneView {
  /** The point of the plane in the middle of the picture. */
  readonly middle: Point
  /** Pixels for each unit, the same both ways. */
  readonly scale: number
}

/** Pixels that are left free around all points. */
const margin = 18

/** How much closer than all of it one may look, and how far a step goes. */
const closest = 60
const zoomStep = 1.5

function extent(values: readonly number[]): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}

/** The view of all points. Those that all lie at one place are in the middle. */
export function wholeView({ x, y }: Points, { width, height }: Size): PlaneView {
  const [[left, right], [below, above]] = [extent(x), extent(y)]
  const across = Math.max(1, width - 2 * margin) / (right - left)
  const down = Math.max(1, height - 2 * margin) / (above - below)
  const scale = Math.min(across, down)
  return {
    middle: { x: (left + right) / 2, y: (below + above) / 2 },
    scale: Number.isFinite(scale) && scale > 0 ? scale : 1,
  }
}

/** Where a point of the plane is in the picture; y goes up in the plane and down in the picture. */
export function toPicture({ middle, scale }: PlaneView, { width, height }: Size, { x, y }: Point): Point {
  return { x: width / 2 + (x - middle.x) * scale, y: height / 2 - (y - middle.y) * scale }
}

/** The point of the plane at a place of the picture. */
export function toPlane({ middle, scale }: PlaneView, { width, height }: Size, { x, y }: Point): Point {
  return { x: middle.x + (x - width / 2) / scale, y: middle.y - (y - height / 2) / scale }
}

/** A view moved by pixels. */
export function pannedView({ middle, scale }: PlaneView, across: number, down: number): PlaneView {
  return { middle: { x: middle.x - across / scale, y: middle.y + down / scale }, scale }
}

/**
 * A closer or wider view in which a point of the plane stays where it is in the picture. It is never wider than all of
 * it.
 * @param steps Above 0 closer.
 */
export function zoomedView(view: PlaneView, whole: PlaneView, at: Point, steps: number): PlaneView {
  const wanted = view.scale * zoomStep ** steps
  if (wanted <= whole.scale) return whole
  const scale = Math.min(wanted, whole.scale * closest)
  const share = view.scale / scale
  return {
    middle: { x: at.x + (view.middle.x - at.x) * share, y: at.y + (view.middle.y - at.y) * share },
    scale,
  }
}

/** Whether it cannot be closer. */
export function isClosest(view: PlaneView, whole: PlaneView): boolean {
  return view.scale >= whole.scale * closest * 0.999
}

/** A view in which a point of the plane can be seen: the same, or moved as little as is needed. */
export function viewWith(view: PlaneView, size: Size, point: Point): PlaneView {
  const { x, y } = toPicture(view, size, point)
  const across = Math.max(0, margin - x) - Math.max(0, x - (size.width - margin))
  const down = Math.max(0, margin - y) - Math.max(0, y - (size.height - margin))
  return across === 0 && down === 0 ? view : pannedView(view, across, down)
}
