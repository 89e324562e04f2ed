/** The least share of the room that is filled. */
const filled = 0.7

/**
 * The CSS extent at which a picture of `pixels` across fills most of `room` while each of its pixels covers the same
 * whole number of pixels of the screen. Where that would leave much of the room empty, all of it is taken: then some
 * pixels are one screen pixel wider than others.
 * @param ratio Pixels of the screen a CSS pixel.
 */
export function wholePixels(pixels: number, room: number, ratio: number): number {
  const whole = (Math.floor((room * ratio) / pixels) * pixels) / ratio
  return whole < filled * room ? room : whole
}
