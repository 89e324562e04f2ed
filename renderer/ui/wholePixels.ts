/**
 * The CSS extent at which a picture of `pixels` across fills most of `room` while each of its pixels covers the same
 * whole number of pixels of the screen; all of the room where not even one fits.
 * @param ratio Pixels of the screen a CSS pixel.
 */
export function wholePixels(pixels: number, room: number, ratio: number): number {
  const each = Math.floor((room * ratio) / pixels)
  return each < 1 ? room : (each * pixels) / ratio
}
