// @module-tag slow
import { existsSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { KernelWeights } from '../../../core/network/kernelWeights.ts'
import { colourIndex, colourTables } from '../../../core/pictures/colourMap.ts'
import { smallHome } from '../smallHome.ts'
import { lab } from './lab.ts'

test('weights are told as JSON and drawn in the colours of seismic, one scale over the layer', async () => {
  const home = await smallHome()
  const train = 'train --dataset cifar-10 --preset seed --batch 20 --steps 2 --seed 1 --json'
  expect(await lab(home, train)).toMatchObject({ code: 0 })

  const told = await lab(home, 'weights 1 --layer conv_1 --input-channel 2 --checkpoint best --json')
  const { run, layer, inputChannel, shape, values, largest } = KernelWeights.parse(told.values[0])
  expect([run, layer, inputChannel, shape, values.length]).toEqual([1, 'conv_1', 2, [5, 5, 64], 1600])

  const file = path.join(home.folder, 'kernels.png')
  expect(await lab(home, `weights 1 --layer conv_1 --input-channel 2 --scale 3 --out ${file}`)).toMatchObject({
    code: 0,
    error: '',
  })
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
  // Eight rows of eight kernels of 5 x 5, a gap of one between them, three pixels each.
  expect(info).toMatchObject({ width: 47 * 3, height: 47 * 3, channels: 4 })
  const pixelAt = (row: number, column: number) => [...data.subarray((row * info.width + column) * 4).subarray(0, 4)]
  // Row 1, column 2 of kernel 9, which stands in the second row of the grid at its second place.
  const weight = values[(1 * 5 + 2) * 64 + 9]
  const colour = 3 * colourIndex(weight, { low: -largest, high: largest })
  const wanted = [...colourTables.seismic.subarray(colour, colour + 3), 255]
  for (const [down, right] of [
    [0, 0],
    [2, 2],
  ]) {
    expect(pixelAt((6 + 1) * 3 + down, (6 + 2) * 3 + right)).toEqual(wanted)
  }
  expect(pixelAt(5 * 3, 0)[3]).toBe(0)
})

test('what is not there is refused in a sentence, and nothing is written', async () => {
  const home = await smallHome()
  const train = 'train --dataset cifar-10 --preset seed --batch 20 --steps 2 --seed 1 --json'
  expect(await lab(home, train)).toMatchObject({ code: 0 })
  const file = path.join(home.folder, 'kernels.png')
  const refused = await lab(home, `weights 1 --layer conv_1 --input-channel 3 --out ${file}`)
  expect(refused).toMatchObject({
    code: 1,
    error: 'Layer conv_1 has no input channel 3. They are numbered from 0 to 2.\n',
  })
  expect(existsSync(file)).toBe(false)
  expect(await lab(home, 'weights 1 --layer conv_1 --checkpoint newest')).toMatchObject({
    code: 1,
    error: expect.stringMatching(/--checkpoint.*a step, best or last/),
  })
})
