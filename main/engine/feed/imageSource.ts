/** Images in the order in which they are needed. */
export interface ImageSequence {
  /** uint8 `[place, height, width, channels]` */
  readonly images: Uint8Array
  /**
   * The place in `images` of the sequence's next image, which must be this one. It stays valid until the next call.
   * @throws LabError `dataset-damaged` when the image cannot be read.
   */
  placeOf(image: number): number
  /** Call this when no more images are needed, or others than those announced. */
  close(): void
}

/** The images at `count` places of a sequence from `first` on, counted from 0; fewer at its end. A pure function. */
export type ImageOrder = (first: number, count: number) => Uint32Array

/** The images that a run uses, wherever they are stored. They are numbered: training images first, then test images. */
export interface ImageSource {
  /** Starts reading images in an order known in advance. */
  sequence(order: ImageOrder): ImageSequence
  /** Releases all resources. No sequence may be used afterwards. */
  close(): Promise<void>
}

/** Images held in memory as uint8 `[image, height, width, channels]`. Nothing needs to be read ahead. */
export function imagesInMemory(images: Uint8Array): ImageSource {
  const sequence = { images, placeOf: (image: number) => image, close: () => undefined }
  return { sequence: () => sequence, close: () => Promise.resolve() }
}
