// @module-tag slow
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { homePlaces } from '../../../main/files/places.ts'
import { makeHasy, makeOwn } from '../datasets/sets/madePieces.ts'
import { withFolder } from '../datasets/tinySets.ts'
import { withSignals } from '../../platforms.ts'
import { lab, startLab } from './lab.ts'

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

test('the plan is printed without taking anything, then with the set, and later', async () => {
  await withFolder(async (folder) => {
    const home = homePlaces(path.join(folder, 'home'))
    const mine = path.join(folder, 'mine')
    await makeOwn(mine, true)
    await writeFile(path.join(mine, 'credits.csv'), 'file,author\nснимок 1.png,Анна\n')
    const facts = [
      'Layout          folders of parts with class folders inside',
      'Labels from     the names of folders',
      'Parts from      test: test; train: training',
      expect.stringMatching(/^Tables {10}mine\/credits\.csv \(1 row\): not used, ./),
    ]
    const planned = await lab(home, `dataset import own ${mine} --plan`)
    expect(planned).toMatchObject({ code: 0, error: '' })
    expect(planned.output.split('\n')).toEqual(
      expect.arrayContaining(['15 images of 3 classes: 9 training, 6 test.', ...facts, 'my birds         3     2']),
    )
    const inJson = await lab(home, `dataset import own ${mine} --plan --json`)
    expect(inJson.values.at(-1)).toMatchObject({ event: 'plan', question: null, byName: false })
    expect(inJson.values.at(-1)).not.toHaveProperty('pictures')
    expect(existsSync(home.datasets)).toBe(false)

    const taken = await lab(home, `dataset import own ${mine} --parts-from seed`)
    expect(taken.output).toContain('Parts from      each run’s seed, which draws its test images')
    const shown = (await lab(home, 'dataset show own-mine')).output
    expect(shown).toContain('Labels from     the names of folders\nParts from      each run’s seed')
  })
})

test('files that can be read in several ways are refused, with the readings and the options that decide', async () => {
  await withFolder(async (folder) => {
    const home = homePlaces(path.join(folder, 'home'))
    const mine = path.join(folder, 'mine')
    await makeOwn(mine, false)
    const rows = ['кошки', 'собаки', 'my birds'].flatMap((name) =>
      [1, 2, 3, 4, 5].map((number) => `${name}/снимок ${number}.png,${number % 2 === 0 ? 'old' : 'young'}`),
    )
    await writeFile(path.join(mine, 'age.csv'), ['file,label', ...rows].join('\n'))
    const refused = await lab(home, `dataset import own ${mine}`)
    expect(refused.code).toBe(1)
    expect(refused.output).toMatch(
      /^ {2}--labels-from folders\n {6}15 images of 3 classes \(my birds, кошки, собаки\)\n/,
    )
    expect(refused.output).toMatch(/\n {2}--labels-from table[^\n]*\n {6}15 images of 2 classes \(old, young\)\n/)
    expect(refused.error).toMatch(/^These images can be read in more than one way\. Say what tells the class [^\n]+\n$/)
    expect((await lab(home, 'datasets')).output).not.toContain('own-')
    const planned = await lab(home, `dataset import own ${mine} --plan --json`)
    expect(planned.code).toBe(0)
    expect(planned.values.at(-1)).toMatchObject({ question: { phrase: 'question-labels' } })
    const taken = await lab(home, `dataset import own ${mine} --labels-from table`)
    expect(taken).toMatchObject({ code: 0, output: expect.stringContaining('mine is ready: 12 training and 3 test') })
    expect(taken.output).not.toMatch(/publish|checksum/i)
  })
})

withSignals('planning is cancelled by an interruption, and nothing is taken', async () => {
  await withFolder(async (folder) => {
    const home = homePlaces(path.join(folder, 'home'))
    await makeOwn(path.join(folder, 'mine'), false)
    const running = startLab(home, `dataset import own ${path.join(folder, 'mine')} --json`)
    await running.line(({ event }) => event === 'planning')
    running.process.kill('SIGINT')
    const { code, values } = await running.finished
    expect(code).toBe(130)
    expect(values.some(({ event }) => event === 'done')).toBe(false)
    expect((await lab(home, 'datasets')).output).not.toContain('own-')
  })
})
