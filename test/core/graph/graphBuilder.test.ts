import { describe, expect, it } from 'vitest'
import { GraphBuilder, type Value } from '../../../core/graph/graphBuilder.ts'
import { relu } from '../../../core/graph/operations/activations.ts'
import { noOp } from '../../../core/graph/operations/variables.ts'

describe('the graph builder', () => {
  it('puts the names of what surrounds a node before its own', () => {
    const graph = new GraphBuilder()
    const inner = graph.within('train').within('conv_1')
    expect(inner.number('one', 1)).toEqual({ node: 'train/conv_1/one', index: 0, type: 'float32', shape: [] })
    expect(graph.nodes.map(({ name }) => name)).toEqual(['train/conv_1/one'])
  })

  it('refuses two nodes of one name', () => {
    const graph = new GraphBuilder()
    graph.number('one', 1)
    expect(() => graph.number('one', 1)).toThrow('has a node one already')
  })

  it('refuses a node whose input, or what it waits for, is not there', () => {
    const graph = new GraphBuilder()
    const nowhere: Value = { node: 'nowhere', index: 0, type: 'float32', shape: [] }
    expect(() => relu(graph, 'relu', nowhere)).toThrow('relu comes after nowhere')
    expect(() => noOp(graph, 'all', [nowhere])).toThrow('all comes after nowhere')
  })
})
