import { closeSync, openSync, readSync } from 'node:fs'
import { phrase, quoted, type Phrase } from '../../../core/words/phrases.ts'
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
    /** Returns why the image cannot be read, or null. */
    const read = (image: number): Phrase | null => {
      let place = numbers[image]
      for (const file of files) {
        if (place >= file.images) {
          place -= file.images
          continue
        }
        const handle = handles.get(file) ?? openSync(file.path, 'r')
        handles.set(file, handle)
        const taken = readSync(handle, images, 0, imageBytes, place * imageBytes)
        return taken === imageBytes ? null : phrase('file-cut-short', { file: file.path })
      }
      return phrase('image-absent', { image })
    }
    return {
      images,
      placeOf: (image) => {
        const why = orQuoted(() => read(image))
        if (why !== null) refuse(why)
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

/** What an action says; an error of the system is quoted. */
function orQuoted(action: () => Phrase | null): Phrase | null {
  try {
    return action()
  } catch (thrown) {
    return quoted(thrown instanceof Error ? thrown.message : String(thrown))
  }
}
