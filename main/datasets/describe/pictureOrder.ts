import type { DescribedImage } from './pictureReader.ts'

/** Where a picture belongs in its set, from its path. */
export interface PicturePlace extends Pick<DescribedImage, 'label' | 'split' | 'group'> {
  /** Sort key of the set's order. Two paths of the same picture have the same key. */
  readonly order: string
}

export interface OrderedPicture extends PicturePlace {
  readonly picture: string
}

/** The parts of a path, from the given folder's name (or the first one in an archive) to the file's. */
export function pathParts(path: string): string[] {
  return path.split('/')
}

/** A number as text of at least `length` digits, so that texts sort as the numbers do. */
export function zeroPadded(number: number, length: number): string {
  return String(number).padStart(length, '0')
}

/**
 * Sorts pictures into the order of their set, independent of the order in which they came. A picture that came twice
 * (unpacked beside its archive) is kept once, by its first path.
 * @param placeOf returns null for a picture that does not belong to the set.
 */
export function orderPictures(
  pictures: readonly string[],
  placeOf: (path: string) => PicturePlace | null,
): OrderedPicture[] {
  const byOrder = new Map<string, OrderedPicture>()
  for (const picture of pictures.toSorted()) {
    const place = placeOf(picture)
    if (place !== null && !byOrder.has(place.order)) byOrder.set(place.order, { ...place, picture })
  }
  return [...byOrder.values()].sort((one, other) => (one.order < other.order ? -1 : 1))
}

/** An image that is a whole picture. */
export function wholePictureImage({ picture, label, split, group }: OrderedPicture): DescribedImage {
  return { picture, label, split, group, box: null }
}
