// @module-tag slow
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { givenTo } from '../../../main/cli/arguments.ts'
import { previewCommand } from '../../../main/cli/commands/preview.ts'
import { DrawnDistortions } from '../../../core/inspect/distorting.ts'
import { smallHome } from '../smallHome.ts'
import { lab } from './lab.ts'

const drawnIn = (value: Record<string, unknown>) => DrawnDistortions.shape.drawn.parse(value['distortions'])

describe('preview', () => {
  test('draws an image under random distortions before there is a run, and the same ones for the run', async () => {
    const home = await smallHome()
    const file = path.join(home.folder, 'distorted.png')
    const before = await lab(home, `preview --dataset cifar-10 --image train:7 --count 5 --seed 3 --out ${file} --json`)
    expect(before).toMatchObject({ code: 0, error: '' })
    expect(before.values.at(-1)).toMatchObject({ event: 'done', image: 'train:7', true: 'horse', seed: 3, file })
    const drawn = drawnIn(before.values[0])
    expect(drawn).toHaveLength(5)
    expect(drawn.every(({ turn }, epoch) => turn?.epoch === epoch)).toBe(true)
    // Three columns and two rows of 24 x 24, a gap of one between them, eight pixels each.
    expect(await sharp(file).metadata()).toMatchObject({ width: 74 * 8, height: 49 * 8 })

    expect(await lab(home, 'train --dataset cifar-10 --batch 100 --steps 1 --seed 3 --json')).toMatchObject({ code: 0 })
    const ofRun = await lab(home, 'preview --run 1 --image train:7 --count 5 --json')
    expect(drawnIn(ofRun.values[0])).toEqual(drawn)

    const svg = path.join(home.folder, 'distorted.svg')
    const words = await lab(home, `preview --run 1 --image train:7 --count 1 --out ${svg}`)
    expect(words).toMatchObject({ code: 0, error: '' })
    expect(words.output).toMatch(
      /^Run 1, train:7 \(horse\), seed 3:\n {1}1 {2}crop at \d,\d( · flipped)? · hue [+-]0\.\d{3} · contrast x0\.\d\d · brightness [+-]0\.\d\d · saturation x[012]\.\d\d · seen at step [123]\nWritten to .*\.svg\.\n$/,
    )
    expect(await readFile(svg, 'utf8')).toContain('Run 1, train:7, seed 3')
  })

  test('says that images are not distorted', async () => {
    const { output } = await lab(
      await smallHome(),
      'preview --dataset cifar-10 --image test:3 --no-distortion --count 1',
    )
    expect(output).toContain('Images are not distorted: each one enters as its centre crop.\n 1  crop at 4,4\n')
  })

  test('refuses in a sentence, and writes nothing', async () => {
    const home = await smallHome()
    const file = path.join(home.folder, 'distorted.png')
    const refused = async (words: string) => {
      const { code, error } = await lab(home, `preview ${words} --out ${file}`)
      expect([code, existsSync(file)]).toEqual([1, false])
      return error
    }
    expect(await refused('--run 1')).toContain('no run 1')
    expect(await refused('--dataset cifar-10')).toBe('There is no image test:512. The last one is test:99.\n')
    expect(await refused('--dataset mnist --offline')).toContain('MNIST is not on this computer yet')
  })
})

describe('the words of preview', () => {
  const read = (words: string) => previewCommand.inputOf(givenTo(previewCommand, ['preview', ...words.split(' ')]))

  test('name a data set or a run', () => {
    expect(read('--run 7')).toEqual({
      subject: { kind: 'run', run: 7 },
      image: { kind: 'stored', split: 'test', number: 512 },
      count: 9,
      seed: null,
      out: null,
      scale: 8,
    })
    expect(read('--dataset mnist --classes 3,1 --preset digits --seed 4 --no-distortion')).toMatchObject({
      subject: { dataset: 'mnist', data: { classes: ['3', '1'] }, preset: 'digits', choices: { distort: false } },
      seed: 4,
    })
    expect(read('--dataset mnist --image train:0').image).toEqual({ kind: 'stored', split: 'train', number: 0 })
  })

  test.each([
    ['--seed 1', /--dataset or --run is missing/],
    ['--run 7 --dataset mnist', /--dataset is too much/],
    ['--run 7 --preset seed', /--preset is too much/],
    ['--run 7 --no-distortion', /--no-distortion is too much/],
    ['--run 7 --per-class 3', /--per-class is too much/],
    ['--run 7 --image 512', /--image needs train:N or test:N/],
    ['--run 7 --count 65', /--count/],
    ['--run 7 --seed -1', /seed/],
    ['--run 7 --out a.jpg', /--out needs a name that ends in .png or .svg/],
  ])('%s is refused', (words, sentence) => {
    expect(() => read(words)).toThrow(sentence)
  })
})
