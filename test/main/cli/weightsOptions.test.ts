import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isFrozen } from '../../../core/network/frozen.ts'
import type { Model } from '../../../core/network/model.ts'
import { readWeightsTable, weightsTableText } from '../../../core/weights/weightsTableFile.ts'
import { Output } from '../../../main/cli/output.ts'
import { weightsWish, withWeights } from '../../../main/cli/weightsOptions.ts'
import { branchPointFile } from '../../../main/files/places.ts'
import { openLab, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

const file = path.join(import.meta.dirname, '..', '..', 'data', 'weights', 'network.onnx')

/** A convolution and a norm as the file has them, and a head of its own. */
const layers: Model['layers'] = [
  {
    kind: 'conv',
    name: 'conv_1',
    filters: 4,
    kernel: { height: 3, width: 3 },
    stride: 1,
    padding: 'same',
    bias: true,
    initializer: 'glorot-uniform',
  },
  { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.9 },
  { kind: 'global-average-pool', name: 'pool_1', scaling: null },
  { kind: 'dense', name: 'classes', units: 10, bias: true, initializer: 'glorot-uniform' },
]

test('the table of weights is written, looked through, and taken by a request whose first layers are frozen', async () => {
  const home = await smallHome()
  const { lab, client } = await openLab(home)
  const plain = smallRequest(lab, { goal: 2, evaluateEvery: 2 })
  const request = { ...plain, config: { ...plain.config, model: { ...plain.config.model, layers } } }
  const told: string[] = []
  const context = { client, output: new Output({ write: (text) => told.push(text) }, false) }
  const none = { weights: file, map: undefined, 'write-map': undefined, anew: undefined, freeze: undefined }
  const table = path.join(home.folder, 'table.json')

  expect(await withWeights(context, request, weightsWish('train', { ...none, 'write-map': table }))).toBe(null)
  expect(told.join('')).toMatch(/conv_1\/kernel +stem\.weight \(conv\) +shape/)
  expect(told.join('')).toMatch(/classes\/kernel +- +anew/)
  expect(told.join('')).toMatch(/Not used: each\.weight, each\.bias, hidden\.weight/)
  expect(existsSync(home.branchPoints)).toBe(false)

  const freeze = ['conv_1', 'norm_1']
  for (const map of ['exact', table]) {
    const begun = await withWeights(context, request, weightsWish('train', { ...none, map, freeze }))
    expect(begun?.config.model.layers.filter(isFrozen).map(({ name }) => name)).toEqual(freeze)
    expect(existsSync(branchPointFile(home, begun?.config.from?.sha256 ?? ''))).toBe(true)
  }

  // A row that nothing tells is refused until a person has decided it.
  const [first, ...others] = readWeightsTable(await readFile(table, 'utf8'))
  const open = { rows: [{ ...first, taken: null, by: 'open' as const, choices: [] }, ...others], unused: [] }
  await writeFile(table, weightsTableText(open))
  await expect(withWeights(context, request, weightsWish('train', { ...none, map: table }))).rejects.toMatchObject({
    data: { code: 'weights-open', parameters: { variables: 'conv_1/kernel' } },
  })
})
