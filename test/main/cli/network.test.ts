// @module-tag slow
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { networkText, readNetworkText } from '../../../core/network/networkFile.ts'
import type { Network } from '../../../core/network/network.ts'
import type { Home } from '../../../main/files/places.ts'
import { digits, leNet5 } from '../../core/network/sampleNetworks.ts'
import { smallHome } from '../smallHome.ts'
import { lab } from './lab.ts'

/** Writes a file into the home folder, which is removed with it. */
async function placeFile(home: Home, name: string, content: string): Promise<string> {
  const file = path.join(home.folder, name)
  await writeFile(file, content)
  return file
}

const bound: Network = { ...leNet5, input: digits.input }
const flattenless: Network = { ...leNet5, layers: leNet5.layers.filter(({ kind }) => kind !== 'flatten') }

describe('lab network check', () => {
  test('answers with the numbers of all layers, for a bound network and for a free one with an image', async () => {
    const home = await smallHome()
    const plain = await placeFile(home, 'plain.json', JSON.stringify(bound))
    const free = await placeFile(home, 'free.json', networkText({ name: 'LeNet', note: '', network: leNet5 }))
    for (const words of [plain, `${free} --input 28x28x1 --classes 10`]) {
      const { code, values } = await lab(home, `network check ${words} --json`)
      expect(code).toBe(0)
      expect(values[0]).toMatchObject({
        ok: true,
        parameters: 61_706,
        multiplyAdds: 416_520,
        layers: expect.arrayContaining([
          expect.objectContaining({
            name: 'c1',
            kind: 'conv',
            shape: [28, 28, 6],
            parameters: 156,
            multiplyAdds: 117_600,
            receptiveField: 5,
          }),
        ]),
      })
    }
    const inSet = await lab(home, `network check ${free} --dataset cifar-10`)
    expect(inSet.output).toContain('Layer classes has 10 units for the classes of CIFAR-10.')
    expect(await lab(home, `network check ${free} --json`)).toMatchObject({
      code: 1,
      error: expect.stringContaining('name one with --dataset ID, or give --input 28x28x1 --classes 10'),
    })
  })

  test('fails with a sentence that names the layer, or says what the file is', async () => {
    const home = await smallHome()
    const broken = await placeFile(home, 'broken.json', JSON.stringify({ ...flattenless, input: digits.input }))
    const wrong = await placeFile(home, 'wrong.json', JSON.stringify(bound).replace('"height":5', '"height":500'))
    const newer = await placeFile(home, 'newer.json', JSON.stringify({ 'conv-lab-network': 2, ...bound }))
    const keras = await placeFile(home, 'keras.json', '{"class_name":"Sequential","config":{"layers":[]}}')
    const errors: string[] = []
    for (const file of [broken, wrong, newer, keras, path.join(home.folder, 'nothing.json')]) {
      const { code, output, error } = await lab(home, `network check ${file} --json`)
      expect([code, output]).toEqual([1, ''])
      errors.push(error)
    }
    expect(errors).toEqual([
      expect.stringMatching(/layer f5 needs a flat vector, but a map of 5 x 5 x 16 comes in/),
      expect.stringMatching(/layer c1, kernel\.height: must be at most/),
      expect.stringMatching(/written by a newer Conv Lab \(version 2/),
      expect.stringMatching(/it holds a network of Keras/),
      expect.stringMatching(/nothing\.json cannot be read \(ENOENT\)/),
    ])
  })
})

test('a network is saved, listed beside the presets, shown, exported, renamed, removed', async () => {
  const home = await smallHome()
  const file = await placeFile(home, 'net.json', networkText({ name: null, note: 'as taught', network: leNet5 }))
  expect((await lab(home, `network save Сеть ${file} --json`)).values).toEqual([
    { event: 'done', name: 'Сеть', version: 1, problem: null },
  ])
  // A name may look like a path.
  await lab(home, `network save a/b ${file}`)
  expect((await lab(home, 'network show A/B --input 28x28x1 --classes 10 --json')).values).toMatchObject([
    { name: 'a/b', version: 1, parameters: 61_706 },
  ])
  await lab(home, 'network remove a/b')
  const broken = await placeFile(home, 'broken.json', JSON.stringify({ ...flattenless, input: digits.input }))
  expect((await lab(home, `network save Broken ${broken}`)).output).toMatch(
    /is saved.*\n.*layer f5 needs a flat vector/,
  )
  await lab(home, 'network remove broken')
  expect((await lab(home, `network save seed ${file}`)).error).toContain('“seed” is the name of a preset')
  expect((await lab(home, 'network list --json')).values).toMatchObject([
    {
      presets: ['seed', 'quick', 'deep', 'digits', 'clothes'],
      networks: [{ name: 'Сеть', version: 1, note: 'as taught' }],
    },
  ])
  const shown = await lab(home, 'network show сеть --input 28x28x1 --classes 10')
  expect(shown.output).toContain('5 x 5 x 6 x 16 + 16 = 2416')
  expect(shown.output).toContain('14 - 5 + 1 = 10')
  const keras = await lab(home, 'network show seed --dataset cifar-10 --keras')
  expect(keras.output).toContain('Total params: 731,850 (2.79 MB)')
  const out = path.join(home.folder, 'out.json')
  expect((await lab(home, `network export Сеть ${out} --json`)).code).toBe(0)
  expect(readNetworkText(await readFile(out, 'utf8'))).toEqual({ name: 'Сеть', note: 'as taught', network: leNet5 })
  const csv = path.join(home.folder, 'out.csv')
  expect((await lab(home, `network export Сеть ${csv} --as csv --input 28x28x1 --classes 10`)).code).toBe(0)
  expect((await readFile(csv, 'utf8')).split('\n').slice(0, 2)).toEqual([
    'layer,kind,inputs,output,settings,parameters,untrained,multiply_adds,activation_bytes,receptive_field_height,receptive_field_width',
    'c1,conv,input,28 x 28 x 6,"filters 6, kernel 5 x 5, stride 1, padding same, bias, initializer glorot-uniform",156,0,117600,18816,5,5',
  ])
  expect((await lab(home, 'network rename сеть Net --json')).values).toMatchObject([{ name: 'Net', version: 1 }])
  expect((await lab(home, 'network remove NET')).output).toContain('Net is removed')
  expect((await lab(home, 'network show net')).error).toContain('There is no network “net”')
})

test('a saved network and one from a file are trained, and the runs say which', async () => {
  const home = await smallHome()
  const file = await placeFile(home, 'small.json', networkText({ name: null, note: '', network: leNet5 }))
  await lab(home, `network save Net ${file}`)
  const train = 'train --dataset cifar-10 --steps 2 --batch 20 --offline'
  expect(await lab(home, `${train} --network net --json`)).toMatchObject({ code: 0, error: '' })
  expect(await lab(home, `${train} --network ${file} --preset quick`)).toMatchObject({
    code: 0,
    output: expect.stringContaining('network small, classes with 10 units for the classes'),
  })
  const runs = (await lab(home, 'run 1 --json')).values
  expect(runs).toMatchObject([{ network: { name: 'Net', version: 1 }, preset: 'seed', state: 'done' }])
  expect((await lab(home, 'run 2')).output).toContain('Network small, trained as the preset quick trains.')
  const broken = await placeFile(home, 'broken.json', JSON.stringify(flattenless))
  expect(await lab(home, `${train} --network ${broken}`)).toMatchObject({
    code: 1,
    error: expect.stringContaining('layer f5 needs a flat vector'),
  })
  expect((await lab(home, `${train} --network nowhere`)).error).toContain('There is no network “nowhere”')
})
