import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'

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
