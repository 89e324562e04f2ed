import { describe, expect, test } from 'vitest'
import type { Layer } from '../../../core/layers/registry.ts'
import type { Model } from '../../../core/network/model.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { offersFor, withChosen } from '../../../core/weights/chosenRows.ts'
import { type ConfirmedWeights, variableTexts, withConfirmedWeights } from '../../../core/weights/confirmedWeights.ts'
import { proposedTable } from '../../../core/weights/proposedTable.ts'
import { layersByName } from '../../../core/weights/sourceWeights.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'
import { conv, dense } from '../network/sampleNetworks.ts'

const flatten: Layer = { kind: 'flatten', name: 'flatten' }
const model: Model = {
  input: { height: 6, width: 6, channels: 3 },
  layers: [conv('a', 3, 3), conv('b', 3, 3), flatten, dense('classes', 5)],
  head: { kind: 'softmax', labelSmoothing: 0 },
}
const shapes = { 'f.1.weight': [3, 3, 3, 3], 'f.1.bias': [3], 'f.2.weight': [3, 3, 3, 3], 'f.3.weight': [3, 3, 3, 3] }
const proposal = proposedTable(
  model,
  layersByName(Object.entries(shapes).map(([name, shape]) => ({ name, shape, type: 'F32' }))),
)

describe('what a person chooses in a table of weights', () => {
  const [first, second] = offersFor(proposal, 'a/kernel')

  test('goes for the whole layer where its first variable is chosen', () => {
    const rows = withChosen(proposal, proposal.rows, 'a/kernel', first)
    expect(rows.slice(0, 3)).toMatchObject([
      { taken: { tensor: 'f.1.weight' }, by: 'person' },
      { taken: { tensor: 'f.1.bias' }, by: 'person' },
      { variable: 'b/kernel', by: 'open' },
    ])
    const other = withChosen(proposal, rows, 'a/kernel', second)
    expect(other.slice(0, 2)).toMatchObject([
      { taken: { tensor: 'f.2.weight' } },
      { variable: 'a/bias', taken: null, by: 'person' },
    ])
    expect(withChosen(proposal, rows, 'a/kernel', null).slice(0, 2)).toMatchObject([{ taken: null }, { taken: null }])
  })

  test('goes for one variable alone where it is not the first of its layer', () => {
    const rows = withChosen(proposal, proposal.rows, 'a/kernel', first)
    const bare = withChosen(proposal, rows, 'a/bias', null)
    expect(bare[0]).toEqual(rows[0])
    expect(bare[1]).toMatchObject({ taken: null, by: 'person' })
  })

  test('is no choice of theirs where it is what was proposed', () => {
    const named = proposedTable(model, layersByName([{ name: 'a.weight', type: 'F32', shape: [3, 3, 3, 3] }]))
    const anew = withChosen(named, named.rows, 'a/kernel', null)
    expect(anew[0]).toMatchObject({ taken: null, by: 'person' })
    expect(withChosen(named, anew, 'a/kernel', offersFor(named, 'a/kernel')[0])).toEqual(named.rows)
  })
})

describe('a request with confirmed weights', () => {
  const request = requestFor('seed', cifar10.card, { sha256: 'a'.repeat(64) }, {})
  const variables = variableTexts(request.config.model)
  const weights: ConfirmedWeights = { from: { sha256: 'b'.repeat(64) }, origin: null, variables, frozen: null }

  test('begins with them, and its first layers are held fixed where that was asked', () => {
    const begun = withConfirmedWeights(request, weights)
    expect(begun).toEqual({ ...request, config: { ...request.config, from: weights.from } })
    const { layers } = withConfirmedWeights(request, { ...weights, frozen: ['conv_1'] }).config.model
    expect(layers.flatMap((layer) => ('frozen' in layer ? [layer.name] : []))).toEqual(['conv_1'])
  })

  test('is refused for a network that has other variables', () => {
    const named = (texts: string[]): void => void withConfirmedWeights(request, { ...weights, variables: texts })
    expect(() => named(['conv_1/kernel 9x9x3x64', ...variables.slice(1)])).toThrow(/conv_1\/kernel does not fit/)
    expect(() => named(variables.slice(0, -1))).toThrow(/classes\/bias does not fit/)
    expect(() => named([...variables, 'more/kernel 3'])).toThrow(/more\/kernel does not fit/)
  })
})
