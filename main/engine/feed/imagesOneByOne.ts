import { closeSync, openSync, readSync } from 'node:fs'
import type { ImageSequence, ImageSource } from './imageSource.ts'
import type { ImagesOnDiskOptions } from './imagesOnDisk.ts'
import type { ImageFile } from './readRequests.ts'

/**
 * Images read from their files one at a time, without a thread and without reading ahead: for who needs few of them and
 * keeps little memory. Their sequences may ask for any image.
 */
export function imagesOneByOne({ files, imageBytes, numbers, refuse }: ImagesOnDiskOptions): Promise<ImageSource> {
  const sequence = (): ImageSequence => {
    const handles = new Map<ImageFile, number>()
    const images = new Uint8Array(imageBytes)
    const read = (image: number): void => {
      let place = numbers[image]
      for (const file of files) {
        if (place >= file.images) {
          place -= file.images
          continue
        }
        const handle = handles.get(file) ?? openSync(file.path, 'r')
        handles.set(file, handle)
        if (readSync(handle, images, 0, imageBytes, place * imageBytes) !== imageBytes)
          throw new Error(`${file.path} is cut short`)
        return
      }
      throw new Error(`there is no image ${image}`)
    }
    return {
      images,
      placeOf: (image) => {
        try {
          read(image)
        } catch (thrown) {
          refuse(thrown instanceof Error ? thrown.message : String(thrown))
        }
        return 0
      },
      close: () => {
        for (const handle of handles.values()) closeSync(handle)
        handles.clear()
      },
    }
  }
  return Promise.resolve({ sequence, close: () => Promise.resolve() })
}
