import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { networkText } from '../../../core/network/networkFile.ts'
import type { Network } from '../../../core/network/network.ts'
import { lab } from './lab.ts'
import { smallHome } from '../smallHome.ts'

const file = path.join(import.meta.dirname, '..', '..', 'data', 'weights', 'network.onnx')

/** Two convolutions where the file has one of their shape. */
const network: Network = {
  layers: [
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
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}

test('the table of weights is written, looked through, and a run begins with it and with frozen layers', async () => {
  const home = await smallHome()
  const own = path.join(home.folder, 'network.json')
  await writeFile(own, networkText({ name: 'small', note: '', network }))
  const train = `train --dataset cifar-10 --network ${own} --steps 2 --batch 20 --weights ${file}`
  const table = path.join(home.folder, 'table.json')
  const shown = await lab(home, `${train} --write-map ${table}`)
  expect(shown.output).toMatch(/conv_1\/kernel +stem\.weight \(conv\) +shape/)
  expect(shown.output).toMatch(/classes\/kernel +- +anew/)
  expect(shown.output).toMatch(/Not used: each\.weight, each\.bias, hidden\.weight/)
  const written = z
    .object({ rows: z.array(z.looseObject({ by: z.string() })) })
    .parse(JSON.parse(await readFile(table, 'utf8')))
  // As if two fitted.
  written.rows[0].by = 'order'
  await writeFile(table, JSON.stringify({ 'conv-lab-weights-table': 1, unused: [], rows: written.rows }))
  const trained = await lab(home, `${train} --map ${table} --freeze conv_1,norm_1`)
  expect(trained.output).toContain('Run 1: ')
  const described = await lab(home, 'run 1 --json')
  expect(described.output).toMatch(/"from":\{"sha256":"[0-9a-f]{64}"\}/)
  expect(described.output.match(/"frozen":true/g)).toHaveLength(2)
})
