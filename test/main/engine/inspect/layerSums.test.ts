import { describe, expect, test } from 'vitest'
import { explain } from '../../../../core/inspect/sums/registry.ts'
import { valuePlace } from '../../../../core/layers/parts/reach.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { layerCases } from '../graph/layerCases.ts'
import { openLayer, someVariables } from '../graph/layerProbe.ts'
import { differences, randomNumbers } from '../graph/numbers.ts'

describe('every value of a layer is what its sum comes to:', () => {
  test.each(layerCases.map((one) => [one.title, one] as const))('%s', (_, { layer, input, seed = 1 }) => {
    const probe = openLayer(layer, input, 1, 'inspection')
    const { geometry } = probe
    const values = randomNumbers(sizeOf(probe.inputShape), seed)
    const variables = someVariables(geometry, randomNumbers)
    const { output } = probe.forward(values, variables)
    probe.dispose()
    const computed = Array.from(output, (_, index) => {
      const place = {
        geometry,
        inputs: geometry.inputs.map(() => values),
        read: (role: string) => variables[role],
        at: valuePlace(index, geometry.output),
        inputChannel: null,
      }
      return explain(place).computed
    })
    expect(differences(computed, output, 1e-5)).toEqual([])
  })
})
