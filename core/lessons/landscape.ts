/** A loss over two weights: a valley that is steep across and gentle along, as the losses of networks are in small. */
const [along, across] = [0.4, 6.5]

/** The part of the landscape that is shown. */
export const landscapeRange = { x: { min: -3, max: 3 }, y: { min: -1.5, max: 1.5 } } as const

/** Where the ways begin. */
export const landscapeStart: readonly [number, number] = [-2.6, 1.1]

/** (0.4 x² + 6.5 y²) / 2 */
export function lossAt([x, y]: readonly number[]): number {
  return (along * x * x + across * y * y) / 2
}

/** The gradient of the loss. */
export function slopeAt([x, y]: readonly number[]): [number, number] {
  return [along * x, across * y]
}

/** Half the axes of the ellipse on which the loss has one value. */
export function landscapeRadii(loss: number): { readonly x: number; readonly y: number } {
  return { x: Math.sqrt((2 * loss) / along), y: Math.sqrt((2 * loss) / across) }
}
