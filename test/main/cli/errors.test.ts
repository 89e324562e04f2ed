// @module-tag slow
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { mnist } from '../../../main/datasets/sets/mnist.ts'
import type { Home } from '../../../main/files/places.ts'
import { centred, homeWith } from '../errors/errorsHome.ts'
import { storedRun } from '../inspect/storedRun.ts'
import { openLab } from '../openLab.ts'
import { lab, startLab } from './lab.ts'

const card: DatasetCard = { ...mnist.card, sizes: { train: 60, test: 260 } }

/** A home folder with two untrained runs, whose lab is closed. */
async function homeWithRuns(): Promise<Home> {
  const home = await homeWith(card)
  const { lab: opened } = await openLab(home)
  await storedRun(opened, { card, preset: 'quick', weights: centred })
  await storedRun(opened, { card, preset: 'quick', choices: { seed: 2 } })
  await opened.close()
  return home
}

const Told = z.looseObject({
  run: z.literal(1),
  checkpoint: z.literal(0),
  images: z.literal(260),
  confusion: z.array(z.array(z.number())).length(10),
  perClass: z.array(z.looseObject({ class: z.string(), precision: z.number(), f1: z.number() })).length(10),
  accuracy: z.number(),
  topK: z.array(z.strictObject({ k: z.number(), accuracy: z.number() })),
  calibrationError: z.number(),
  files: z.array(z.string()).nullable(),
})

describe('errors', () => {
  test('tells matrix, classes and figures, and writes its tables', async () => {
    const home = await homeWithRuns()
    const folder = path.join(home.folder, 'new', 'tables')
    const finished = await lab(home, `errors 1 --json --csv ${folder}`)
    expect(finished).toMatchObject({ code: 0, error: '' })
    const told = Told.parse(finished.values.at(-1))
    expect(told.topK[0].accuracy).toBe(told.accuracy)
    expect((await readdir(folder)).toSorted()).toEqual([
      'calibration.csv',
      'confusion.csv',
      'perClass.csv',
      'predictions.csv',
    ])
    expect(told.files).toHaveLength(4)
    const rows = (await readFile(path.join(folder, 'confusion.csv'), 'utf8')).split('\n')
    expect(rows[4]).toBe(`3,${told.confusion[3].join(',')}`)

    const { output, code } = await lab(home, 'errors 1')
    expect(code).toBe(0)
    expect(output).toMatch(
      /^Run 1 at step 0: accuracy \d+\.\d % \(95 % interval \d+\.\d % to \d+\.\d %\), \d+ of 260 test images\.\ntop 2: /,
    )
    expect(output).toContain('CLASS  PRECISION  RECALL')
    expect(output).toContain('TRUE  ANSWERED  IMAGES')
  })

  test('compares two runs image by image, the same through an open window', async () => {
    const home = await homeWithRuns()
    const alone = await lab(home, 'errors 1 2 --json')
    expect(alone).toMatchObject({ code: 0, error: '' })
    const [told] = alone.values
    expect(told).toMatchObject({
      first: { run: 1 },
      second: { run: 2 },
      images: 260,
      test: { p: expect.any(Number) },
      verdict: expect.stringContaining('chance'),
    })
    await openLab(home, 'browser')
    expect((await lab(home, 'errors 1 2 --json')).values).toEqual([told])
    const { output } = await lab(home, 'errors 1 2')
    expect(output).toMatch(/^Run 1 at step 0: accuracy .*\nRun 2 at step 0: accuracy .*\n\nRIGHT +IMAGES\nboth/)
    expect(output).toContain('McNemar’s test (')
  })

  test('writes what two runs answer for each image, and their matrices subtracted', async () => {
    const home = await homeWithRuns()
    const folder = path.join(home.folder, 'compared')
    const { values } = await lab(home, `errors 1 2 --json --csv ${folder}`)
    const files = ['difference', 'answers'].map((name) => path.join(folder, `${name}.csv`))
    expect(values.at(-1)).toMatchObject({ files })
    const [difference, answers] = await Promise.all(files.map((file) => readFile(file, 'utf8')))
    expect(answers.split('\n')).toHaveLength(262)
    expect(answers).toMatch(/^image,true,first_predicted,/)
    expect(difference.split('\n')).toHaveLength(12)
  })

  test('says what is wrong, and can be interrupted', async () => {
    const home = await homeWithRuns()
    const unknown = await lab(home, 'errors 1 --checkpoint 5')
    expect(unknown.code).toBe(1)
    expect(unknown.error).toContain('Run 1 has no checkpoint at step 5.')
    const open = startLab(home, 'errors 1 --json')
    open.process.kill('SIGINT')
    expect((await open.finished).code).not.toBe(0)
    expect(await lab(home, 'errors 1 --json')).toMatchObject({ code: 0 })
  })
})
