/** Images in the order in which they are needed, one after the other. */
export interface ImageSequence {
  /** uint8 `[place, height, width, channels]` */
  readonly images: Uint8Array
  /**
   * Where in `images` the sequence's next image lies, which must be this one. It lies there until the following call.
   * @throws LabError `dataset-damaged` where it cannot be read.
   */
  placeOf(image: number): number
  /** To be called when no more images are needed, or not those that were announced. */
  close(): void
}

/** The images at so many places of a sequence from `first` on, counted from 0; fewer where it ends. A pure function. */
export type ImageOrder = (first: number, count: number) => Uint32Array

/**
 * The images that a run takes, wherever they are kept. Each has a number: those that train come first, then those that
 * test.
 */
export interface ImageSource {
  /** Begins to read images in an order that is known beforehand. */
  sequence(order: ImageOrder): ImageSequence
  /** Gives up what they take. No sequence may be used after that. */
  close(): Promise<void>
}

/** Images that are held in memory, as uint8 `[image, height, width, channels]`. Nothing needs to be read ahead. */
export function imagesInMemory(images: Uint8Array): ImageSource {
  const sequence = { images, placeOf: (image: number) => image, close: () => undefined }
  return { sequence: () => sequence, close: () => Promise.resolve() }
}
