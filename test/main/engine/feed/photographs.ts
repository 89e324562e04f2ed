import { readFileSync } from 'node:fs'
import type { StoredImages } from '../../../../main/engine/feed/crop.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'

export const photographNames = ['ball', 'cup', 'stop_sign', 'chandelier'] as const

/** The photographs of test/data as they would lie in memory: uint8 `[4, 32, 32, 3]`. */
export function photographs(): StoredImages {
  const decoder = loadTensorflow().node
  const pixels = photographNames.flatMap((name) => {
    const tensor = decoder.decodePng(readFileSync(new URL(`../../../data/photographs/${name}.png`, import.meta.url)), 3)
    return [...tensor.dataSync()]
  })
  return { images: Uint8Array.from(pixels), height: 32, width: 32, channels: 3 }
}
