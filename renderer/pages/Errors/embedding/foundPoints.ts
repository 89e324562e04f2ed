import type { Point, Points } from './planeView.ts'

/**
 * The nearest of some points; null where none is as near as `within`.
 * @param rows The places of those that can be found.
 */
export function nearestPoint({ x, y }: Points, rows: readonly number[], at: Point, within: number): number | null {
  let [found, least]: [number | null, number] = [null, within]
  for (const row of rows) {
    const distance = Math.hypot(x[row] - at.x, y[row] - at.y)
    if (distance > least || (distance === least && found !== null)) continue
    found = row
    least = distance
  }
  return found
}

const directions = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
} as const

export type ArrowKey = keyof typeof directions

export function isArrow(key: string): key is ArrowKey {
  return Object.hasOwn(directions, key)
}

/**
 * The nearest point in the direction of a key: within 45 degrees of it, so that four keys reach every point. Where there
 * is none, the nearest of all that lie on that side; where there is none either, the point itself.
 */
export function nextPoint({ x, y }: Points, rows: readonly number[], from: number, key: ArrowKey): number {
  const [across, up] = directions[key]
  let [found, least, beside, leastBeside] = [from, Infinity, from, Infinity]
  for (const row of rows) {
    const [dx, dy] = [x[row] - x[from], y[row] - y[from]]
    const along = dx * across + dy * up
    // Points at the same place follow each other in their order, to the right and up, so that all can be reached.
    const isSame = dx === 0 && dy === 0
    if (isSame ? (row - from) * (across + up) <= 0 : along <= 0) continue
    const distance = isSame ? 0 : Math.hypot(dx, dy)
    if (distance < leastBeside) [beside, leastBeside] = [row, distance]
    if (distance < least && (isSame || along >= Math.abs(dx * up - dy * across))) [found, least] = [row, distance]
  }
  return least < Infinity ? found : beside
}

/** Which of some points lie inside a closed line, by the rule of even and odd crossings. */
export function pointsInside({ x, y }: Points, rows: readonly number[], line: readonly Point[]): number[] {
  if (line.length < 3) return []
  return rows.filter((row) => {
    let isInside = false
    line.forEach((one, place) => {
      const other = line[(place + line.length - 1) % line.length]
      if (one.y > y[row] === other.y > y[row]) return
      const crossing = one.x + ((y[row] - one.y) / (other.y - one.y)) * (other.x - one.x)
      if (x[row] < crossing) isInside = !isInside
    })
    return isInside
  })
}
