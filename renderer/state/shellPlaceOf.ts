import { placeOfFile } from '../../core/contract/windowLink.ts'
import type { PlaceOf } from './droppedFiles.ts'

/** Tells the path of a file on this computer, which Electron reveals; null in a browser, which does not. */
export function shellPlaceOf(): PlaceOf | null {
  const ask: unknown = Reflect.get(window, placeOfFile)
  return typeof ask === 'function' ? (file) => String(Reflect.apply(ask, window, [file])) : null
}
