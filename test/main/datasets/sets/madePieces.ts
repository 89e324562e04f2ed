import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { genuineFolder } from './genuine.ts'
import { madeZip } from '../archives/madeArchives.ts'

/** A picture with a gradient and a bright square whose place follows from `salt`, so that no two are alike. */
export function madePicture(side: { width: number; height: number }, salt: number): Sharp {
  const { width, height } = side
  const pixels = Buffer.from(
    Uint8Array.from({ length: width * height * 3 }, (_, index) => {
      const [x, y, channel] = [Math.floor(index / 3) % width, Math.floor(index / 3 / width), index % 3]
      const inSquare = Math.abs(x - ((salt * 7) % width)) < 5 && Math.abs(y - ((salt * 11) % height)) < 5
      return inSquare ? 250 : (x * (channel + 1) + y * 3 + salt * 31) % 256
    }),
  )
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

async function put(folder: string, file: string, bytes: Buffer | string): Promise<void> {
  const whole = path.join(folder, file)
  await mkdir(path.dirname(whole), { recursive: true })
  await writeFile(whole, bytes)
}

/** Linnaeus 5 in its layout: of each class six training images and two test images of 64 x 64 pixels. */
export async function makeLinnaeus(folder: string): Promise<void> {
  let salt = 0
  for (const [part, count] of [
    ['train', 6],
    ['test', 2],
  ] as const) {
    for (const name of ['berry', 'bird', 'dog', 'flower', 'other']) {
      for (let number = 1; number <= count; number++)
        await put(
          folder,
          `Linnaeus 5 64X64/${part}/${name}/${number}_64.jpg`,
          await madePicture({ width: 64, height: 64 }, salt++).jpeg().toBuffer(),
        )
    }
  }
}

/**
 * Caltech-256 in its layout: of three classes and the background eight images each, of several sizes and one grey, with
 * the stray files of the genuine archive.
 */
export async function makeCaltech256(folder: string): Promise<void> {
  let salt = 0
  for (const name of ['001.ak47', '056.dog', '198.spider', '257.clutter']) {
    for (let number = 1; number <= 8; number++) {
      const picture = madePicture({ width: 60 + number * 5, height: 70 - number }, salt++)
      await put(
        folder,
        `256_ObjectCategories/${name}/${name.slice(0, 3)}_000${number}.jpg`,
        await (number === 3 ? picture.greyscale() : picture).jpeg().toBuffer(),
      )
    }
  }
  await put(folder, '256_ObjectCategories/198.spider/RENAME2', '#!/bin/sh\n')
  await put(folder, '256_ObjectCategories/056.dog/greg/vision309/056_0009.info', 'stray')
}

/**
 * Cityscapes in its layout, on a small scale: streets with cars and people, of which one is too small, a group and a
 * region.
 */
export async function makeCityscapes(folder: string): Promise<void> {
  const box = (left: number, top: number, width: number, height: number): number[][] => [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ]
  const frames = [
    'train/aachen/aachen_000000_000019',
    'train/ulm/ulm_000001_000019',
    'train/zurich/zurich_000002_000019',
    'val/lindau/lindau_000000_000019',
    'test/berlin/berlin_000000_000019',
  ]
  for (const [salt, frame] of frames.entries()) {
    const size = { width: 320, height: 160 }
    await put(folder, `leftImg8bit/${frame}_leftImg8bit.png`, await madePicture(size, salt).png().toBuffer())
    const objects = [
      { label: 'road', polygon: box(0, 80, 320, 80) },
      { label: 'car', polygon: box(20 + salt, 60, 70, 40) },
      { label: 'car', polygon: box(200 - salt, 60, 50, 32) },
      { label: 'person', polygon: box(120, 50, 30, 60) },
      { label: 'person', polygon: box(160, 70, 6, 12) },
      { label: 'cargroup', polygon: box(240, 60, 70, 30) },
    ]
    await put(
      folder,
      `gtFine/${frame}_gtFine_polygons.json`,
      JSON.stringify({
        imgHeight: 160,
        imgWidth: 320,
        objects: frame.startsWith('test') ? [{ label: 'out of roi', polygon: box(0, 0, 320, 160) }] : objects,
      }),
    )
    await put(
      folder,
      `gtFine/${frame}_gtFine_labelIds.png`,
      await sharp({ create: { ...size, channels: 3, background: 'black' } })
        .png()
        .toBuffer(),
    )
  }
}

/** The genuine piece of HASYv2 with tables of labels in the layout that its README tells: five symbols, two folds. */
export async function makeHasy(folder: string): Promise<void> {
  await cp(path.join(genuineFolder, 'hasyv2'), folder, { recursive: true })
  const labelled = [
    ['v2-00151.png', '45,O', 2],
    ['v2-04002.png', '181,\\Omega', 1],
    ['v2-04003.png', '181,\\Omega', 1],
    ['v2-04004.png', '181,\\Omega', 2],
    ['v2-04005.png', '181,\\Omega', 2],
    ['v2-04006.png', '181,\\Omega', 2],
    ['v2-04008.png', '181,\\Omega', 2],
    ['v2-15496.png', '89,\\sigma', 2],
    ['v2-16802.png', '1065,\\mathds{Q}', 2],
    ['v2-16808.png', '1062,\\mathds{N}', 1],
  ] as const
  const header = 'path,symbol_id,latex,user_id'
  const table = (rows: readonly (readonly [string, string, number])[], before: string): string =>
    [header, ...rows.map(([name, symbol]) => `${before}hasy-data/${name},${symbol},7`), ''].join('\r\n')
  await put(folder, 'hasy-data-labels.csv', table(labelled, ''))
  for (const fold of [1, 2]) {
    await put(
      folder,
      `classification-task/fold-${fold}/test.csv`,
      table(
        labelled.filter((row) => row[2] === fold),
        '../../../',
      ),
    )
    await put(
      folder,
      `classification-task/fold-${fold}/train.csv`,
      table(
        labelled.filter((row) => row[2] !== fold),
        '../../../',
      ),
    )
  }
}

/**
 * A person's own images in folders: three classes with names in Cyrillic and with a space, five photographs each,
 * divided or not.
 */
export async function makeOwn(folder: string, divided: boolean): Promise<void> {
  let salt = 0
  for (const name of ['кошки', 'собаки', 'my birds']) {
    for (let number = 1; number <= 5; number++) {
      const part = divided ? `${number > 3 ? 'test' : 'train'}/` : ''
      await put(
        folder,
        `${part}${name}/снимок ${number}.png`,
        await madePicture({ width: 50, height: 40 }, salt++).png().toBuffer(),
      )
    }
  }
}

/** All files below a folder, by their paths from it on. */
export async function filesBelow(folder: string): Promise<Map<string, Buffer>> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return new Map(
    await Promise.all(
      entries.map(
        async (entry) =>
          [
            path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
            await readFile(path.join(entry.parentPath, entry.name)),
          ] as const,
      ),
    ),
  )
}

/** A zip of all files below a folder, or of those in one folder there. */
export async function zipOf(folder: string, only = ''): Promise<Buffer> {
  return madeZip(
    [...(await filesBelow(folder))].filter(([name]) => name.startsWith(only)).map(([name, bytes]) => ({ name, bytes })),
  )
}
