import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { valueOf } from './labProcess.ts'

/** Colours that a child could tell apart, by the class that has them. */
const colours = { red: [220, 40, 40], green: [40, 190, 60], blue: [50, 70, 220] } as const

/**
 * Makes a folder of folders with pictures of one colour each, shaded by their number, of sizes that are no two alike.
 */
export async function makePictures(
  folder: string,
  classes: readonly (keyof typeof colours)[],
  each: number,
): Promise<void> {
  for (const name of classes) {
    await mkdir(path.join(folder, name), { recursive: true })
    for (let number = 0; number < each; number += 1) {
      const [r, g, b] = colours[name].map((value) => Math.max(0, value - number))
      await sharp({ create: { width: 40 + number, height: 40, channels: 3, background: { r, g, b } } })
        .png()
        .toFile(path.join(folder, name, `${name} ${number}.png`))
    }
  }
}

/**
 * Makes a folder of many classes with pictures of `side` pixels, each class its own pattern of black and white squares.
 */
export async function makePatterns(folder: string, classes: number, each: number, side: number): Promise<void> {
  const square = side / 4
  for (let label = 0; label < classes; label += 1) {
    const name = `pattern ${String(label).padStart(3, '0')}`
    await mkdir(path.join(folder, name), { recursive: true })
    for (let number = 0; number < each; number += 1) {
      // The bits of the class's number, and in the last row those of the picture's.
      const bits = ((label * 37) % 4096) | (number << 12)
      const pixels = Uint8Array.from({ length: side * side }, (_, at) => {
        const place = Math.floor(at / side / square) * 4 + Math.floor((at % side) / square)
        return (bits >> place) & 1 ? 230 : 20
      })
      await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
        .png()
        .toFile(path.join(folder, name, `${label}-${number}.png`))
    }
  }
}

/** Imports a folder of folders of pictures into the lab of a home folder; answers with the id of the set. */
export async function importPictures(home: string, folder: string): Promise<string> {
  return (await valueOf<{ dataset: string }>(home, 'dataset', 'import', 'own', folder)).dataset
}
