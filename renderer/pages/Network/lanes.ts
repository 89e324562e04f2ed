/** The widest distance of two lanes, in pixels. */
const widest = 14

/** The most that lanes may take, in pixels. */
const most = 84

/** Width of the drawing of so many lanes beside each other, in pixels. */
export function lanesWidth(lanes: number): number {
  return Math.min(most, lanes * widest + 6)
}

/** The middle of a lane in a drawing of this width, in pixels. */
export function laneX(lane: number, lanes: number, width: number): number {
  return Math.round(((lane + 0.5) * width * 2) / lanes) / 2
}
