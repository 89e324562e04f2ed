import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { kerasSummary } from '../../../core/network/kerasSummary.ts'
import { layerTable } from '../../../core/network/layerTable.ts'
import { modelOf } from '../../../core/network/network.ts'
import { branched, digits, leNet5, pictures } from './sampleNetworks.ts'

/** What Keras printed; summary.py beside it made it. */
const printed = z
  .object({ leNet5: z.string(), branched: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../data/keras/summaries.json', import.meta.url), 'utf8')))

test('a network in a row is printed as Keras prints it', () => {
  const model = modelOf(leNet5, digits)
  expect(kerasSummary('LeNet-5', model, layerTable(model)).trim()).toBe(printed.leNet5.trim())
})

test('a network with branches is printed with its connections, as Keras prints it', () => {
  const model = modelOf(branched, pictures)
  expect(kerasSummary('branched', model, layerTable(model)).trim()).toBe(printed.branched.trim())
})
