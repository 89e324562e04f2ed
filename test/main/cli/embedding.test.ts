// @module-tag slow
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { mnist } from '../../../main/datasets/sets/mnist.ts'
import type { Home } from '../../../main/files/places.ts'
import { centred, homeWith } from '../errors/errorsHome.ts'
import { storedRun } from '../inspect/storedRun.ts'
import { openLab } from '../openLab.ts'
import { lab } from './lab.ts'

const card: DatasetCard = { ...mnist.card, sizes: { train: 60, test: 120 } }

/** A home folder with an untrained run, whose lab is closed. */
async function homeWithRun(): Promise<Home> {
  const home = await homeWith(card)
  const { lab: opened } = await openLab(home)
  await storedRun(opened, { card, preset: 'quick', weights: centred })
  await opened.close()
  return home
}

const Told = z.looseObject({
  run: z.literal(1),
  checkpoint: z.literal(0),
  layer: z.literal('pool_4'),
  width: z.literal(128),
  testImages: z.literal(120),
  images: z.literal(50),
  points: z
    .array(
      z.strictObject({
        image: z.int(),
        true: z.string(),
        predicted: z.string(),
        confidence: z.number(),
        x: z.number(),
        y: z.number(),
      }),
    )
    .length(50),
})

describe('embedding', () => {
  test('tells every point, and writes the same as a table', async () => {
    const home = await homeWithRun()
    const file = path.join(home.folder, 'plane.csv')
    const finished = await lab(home, `embedding 1 --images 50 --json --csv ${file}`)
    expect(finished).toMatchObject({ code: 0, error: '' })
    const told = Told.parse(finished.values.at(-1))
    expect(told).toMatchObject({ method: 'pca', explained: [expect.any(Number), expect.any(Number)], file })
    const rows = (await readFile(file, 'utf8')).trim().split('\n')
    expect(rows).toHaveLength(51)
    expect(rows[0]).toBe('image,true,predicted,right,confidence,x,y')
    const [{ image, true: label, predicted, confidence, x, y }] = told.points
    expect(rows[1]).toBe([image, label, predicted, Number(label === predicted), confidence, x, y].join(','))
  })

  test('computes the same plane by UMAP again, also through an open window, and says it in words', async () => {
    const home = await homeWithRun()
    const words = 'embedding 1 --images 50 --method umap --neighbours 5 --seed 2'
    const alone = await lab(home, `${words} --json`)
    expect(Told.parse(alone.values.at(-1))).toMatchObject({ method: 'umap', neighbours: 5, seed: 2, epochs: 500 })
    await openLab(home, 'browser')
    expect((await lab(home, `${words} --json`)).values).toEqual(alone.values)
    const { output, code } = await lab(home, words)
    expect(code).toBe(0)
    expect(output).toMatch(
      /^Run 1 at step 0: 50 of 120 test images by the 128 values of pool_4\.\nUMAP with 5 neighbours, seed 2, 500 epochs\.\n\nCLASS +IMAGES +MEAN X +MEAN Y\n/,
    )
  })
})
