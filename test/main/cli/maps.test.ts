// @module-tag slow
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { LayerMaps } from '../../../core/inspect/looking.ts'
import { colourIndex, colourTables } from '../../../core/pictures/colourMap.ts'
import { openLab } from '../openLab.ts'
import { smallCard, smallHome } from '../smallHome.ts'
import { storedRun } from '../inspect/storedRun.ts'
import { lab } from './lab.ts'

const Told = LayerMaps.extend({ image: LayerMaps.shape.layer, file: LayerMaps.shape.layer.nullable() })

async function homeWithRun() {
  const home = await smallHome()
  const { lab: opened } = await openLab(home)
  await storedRun(opened, { card: smallCard })
  await opened.close()
  return home
}

describe('maps', () => {
  test('of a layer are told in figures and drawn, on one scale or one each', async () => {
    const home = await homeWithRun()
    const { code, error, values } = await lab(home, 'maps 1 --layer conv_1 --image test:12 --json')
    expect([code, error]).toEqual([0, ''])
    const told = Told.parse(values.at(-1))
    expect(told).toMatchObject({ run: 1, checkpoint: 0, layer: 'conv_1', shape: [24, 24, 64], image: 'test:12' })
    expect(told.maps).toHaveLength(64)

    const units = await lab(home, 'maps 1 --layer classes --image test:12')
    expect(units.output).toMatch(
      /^Run 1 at step 0, test:12, classes: 10 values\.\n\nUNIT +VALUE\n( +\d +-?0\.\d+\n){10}$/,
    )

    const drawn = async (file: string, more: string): Promise<Buffer> => {
      const out = path.join(home.folder, file)
      const written = await lab(home, `maps 1 --layer conv_1 --image test:12 --scale 1 --out ${out}${more}`)
      expect(written).toMatchObject({ code: 0, error: '' })
      expect(written.output).toBe(`Run 1 at step 0, test:12, conv_1: 24 x 24 x 64 values. Written to ${out}.\n`)
      const { data, info } = await sharp(out).raw().toBuffer({ resolveWithObject: true })
      expect([info.width, info.height]).toEqual([8 * 25 - 1, 8 * 25 - 1])
      return data
    }
    const [low, high] = [Math.min(...told.maps.map(({ min }) => min)), Math.max(...told.maps.map(({ max }) => max))]
    /** The darkest pixel of the first map. */
    const darkest = (pixels: Buffer): number =>
      Math.min(...Array.from({ length: 24 * 24 }, (_, at) => pixels[4 * (Math.floor(at / 24) * 199 + (at % 24))]))
    expect(darkest(await drawn('layer.png', ''))).toBe(
      colourTables.binary[3 * colourIndex(told.maps[0].max, { low, high })],
    )
    expect(darkest(await drawn('own.png', ' --per-map'))).toBe(0)
  })

  test('are written as SVG with title and colour scale, as weights are', async () => {
    const home = await homeWithRun()
    const file = path.join(home.folder, 'picture.svg')
    expect(await lab(home, `maps 1 --layer pool_1 --image test:12 --out ${file}`)).toMatchObject({ code: 0 })
    expect(await readFile(file, 'utf8')).toMatch(/<svg .*Run 1, step 0, pool_1, test:12<.*linearGradient/)
    expect(await lab(home, `weights 1 --layer conv_1 --input-channel 1 --out ${file}`)).toMatchObject({ code: 0 })
    expect(await readFile(file, 'utf8')).toMatch(/<svg .*Run 1, step 0, conv_1, input channel 1<.*linearGradient/)
  })

  test('refuses in a sentence, and writes nothing', async () => {
    const home = await homeWithRun()
    const refused = async (words: string): Promise<string> => {
      const { code, error } = await lab(home, words)
      expect(code).toBe(1)
      return error
    }
    const file = path.join(home.folder, 'maps.png')
    expect(await refused(`maps 1 --layer conv_9 --image test:12 --out ${file}`)).toContain('has no layer conv_9')
    expect(await refused(`maps 1 --layer conv_1 ${home.folder} --out ${file}`)).toContain('cannot be read (EISDIR)')
    expect(existsSync(file)).toBe(false)
  })
})
