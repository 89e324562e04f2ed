import { expect, it } from 'vitest'
import { layerDefinitions } from '../../../core/layers/registry.ts'
import { layerCases } from '../../main/engine/graph/layerCases.ts'

it('every kind of layer is registered once, under the name that its schema has', () => {
  const kinds = layerDefinitions.map(({ kind }) => kind)
  expect(new Set(kinds).size).toBe(kinds.length)
  expect(layerDefinitions.map(({ schema }) => schema.shape.kind.value)).toEqual(kinds)
})

it('every kind of layer has a case in the table of layers', () => {
  const tested = new Set<string>(layerCases.map(({ layer }) => layer.kind))
  expect(layerDefinitions.map(({ kind }) => kind).filter((kind) => !tested.has(kind))).toEqual([])
})
