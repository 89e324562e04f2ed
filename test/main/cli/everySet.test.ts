import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import { genuineFolder } from '../datasets/genuine.ts'
import { makeCaltech256, makeCityscapes, makeHasy, makeLinnaeus, makeOwn } from '../datasets/madePieces.ts'
import { lab } from './lab.ts'

async function emptyHome(): Promise<Home> {
  const home = homePlaces(await mkdtemp(path.join(tmpdir(), 'conv-lab-home-')))
  onTestFinished(() => rm(home.folder, { recursive: true, force: true }))
  return home
}

/** A genuine piece, or what makes one in a set's layout. */
type Piece = string | ((folder: string) => Promise<void>)

const sets: readonly (readonly [id: string, piece: Piece, choice: string])[] = [
  ['cifar-100', 'cifar-100', ' --classes apple,bicycle,bottle'],
  ['linnaeus-5', makeLinnaeus, ' --side 64'],
  ['caltech-101', 'caltech-101', ' --cut object --least 16 --fit fit'],
  ['caltech-256', makeCaltech256, ' --classes ak47,clutter'],
  ['core50', 'core50', ' --labels categories'],
  ['cityscapes', makeCityscapes, ' --margin 0.2'],
  ['hasyv2', makeHasy, ''],
  ['own', (folder) => makeOwn(folder, true), ''],
]

test.each(sets)('a piece of %s is imported and trained on', async (id, piece, choice) => {
  const home = await emptyHome()
  const given = typeof piece === 'string' ? path.join(genuineFolder, piece) : path.join(home.folder, 'given')
  if (typeof piece !== 'string') {
    await mkdir(given)
    await piece(given)
  }
  const imported = await lab(home, `dataset import ${id} ${given} --json`)
  expect(imported).toMatchObject({ code: 0, error: '' })
  const made = imported.values.at(-1)
  expect(made).toMatchObject({ event: 'done', state: 'ready', published: false })
  const { code, error, values } = await lab(home, `train --dataset ${String(made?.['dataset'])}${choice} --steps 5 --offline --json`)
  expect({ code, error }).toEqual({ code: 0, error: '' })
  expect(values.at(-1)).toMatchObject({ event: 'done', step: 5, testLoss: expect.any(Number) })
})
