import type { MapPlace } from '../../core/inspect/mapPlace.ts'

/** The place of a picture of `height` x `width` that is under the pointer; at its edge for one outside. */
export function placeUnder(
  { clientX, clientY, currentTarget }: MouseEvent & { readonly currentTarget: Element },
  { height, width }: { readonly height: number; readonly width: number },
): MapPlace {
  const box = currentTarget.getBoundingClientRect()
  const within = (share: number, extent: number): number =>
    Math.min(extent - 1, Math.max(0, Math.floor(share * extent)))
  return {
    y: within((clientY - box.top) / box.height, height),
    x: within((clientX - box.left) / box.width, width),
  }
}
