// @module-tag slow
import path from 'node:path'
import { expect, test } from 'vitest'
import { homePlaces } from '../../../main/files/places.ts'
import { makeHasy, makeOwn } from '../datasets/sets/madePieces.ts'
import { withFolder } from '../datasets/tinySets.ts'
import { lab } from './lab.ts'

test('of one’s own images no publisher is spoken of, of a published set is', async () => {
  await withFolder(async (folder) => {
    const home = homePlaces(path.join(folder, 'home'))
    const [mine, hasy] = [path.join(folder, 'mine'), path.join(folder, 'hasy')]
    await makeOwn(mine, true)
    await makeHasy(hasy)
    const taken = await lab(home, `dataset import own ${mine} --json`)
    expect(taken.values.at(-1)).toMatchObject({ event: 'done', dataset: 'own-mine', published: null })
    const shown = await lab(home, 'dataset show own-mine')
    expect(shown).toMatchObject({
      code: 0,
      error: '',
      output: expect.stringMatching(/^mine \(own-mine\)\nState +ready/),
    })
    expect(shown.output).not.toMatch(/publish|checksum/i)

    const copy = await lab(home, `dataset import hasyv2 ${hasy}`)
    expect(copy.output).toContain('These are not the files that its publisher has published.')
    expect((await lab(home, 'dataset show hasyv2')).output).toMatch(/^Published +no: not the publisher’s files$/m)
  })
})

test('a name of blanks is refused with a sentence', async () => {
  await withFolder(async (folder) => {
    const home = homePlaces(path.join(folder, 'home'))
    await makeOwn(path.join(folder, 'mine'), false)
    expect(await lab(home, `dataset import own ${path.join(folder, 'mine')} --name=\u00a0`)).toMatchObject({
      code: 1,
      output: '',
      error: expect.stringMatching(/^A data set needs a name that can be read, [^\n]+\n$/),
    })
    expect((await lab(home, 'datasets')).output).not.toContain('own-')
  })
})
