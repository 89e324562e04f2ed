import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../../core/graph/graphBuilder.ts'
import type { Layer } from '../../../../core/layers/registry.ts'
import { measure } from '../../../../core/network/geometry.ts'
import type { Model } from '../../../../core/network/model.ts'
import { compileNetwork } from '../../../../main/engine/graph/compile.ts'
import { servingSignature } from '../../../../main/engine/graph/servingSignature.ts'
import { compileInspection } from '../../../../main/engine/inspect/inspectGraph.ts'
import { processor } from '../../../../main/engine/process/processor.ts'
import { adamOptimizer, firstTensors } from './numbers.ts'

const optimizer = { ...adamOptimizer, kind: 'adamw', weightDecay: 0.1, clipNorm: 1 } as const

/** A network with a layer of each sort whose nodes have names of their own, called `name`. */
function networks(name: string): Model[] {
  const kernel = { height: 3, width: 3 }
  const layers: Layer[] = [
    { kind: 'scale', name, factor: 2 },
    { kind: 'dropout', name, rate: 0.5 },
    { kind: 'batch-norm', name, epsilon: 1e-3, momentum: 0.9 },
    { kind: 'activation', name, function: { kind: 'gelu' } },
    { kind: 'max-pool', name, size: 2, stride: 2, padding: 'same', scaling: { function: { kind: 'tanh' } } },
    { kind: 'conv', name, filters: 2, kernel, stride: 1, padding: 'same', bias: true, initializer: 'he-normal' },
  ]
  return layers.map((layer) => ({
    input: { height: 6, width: 6, channels: 3 },
    layers: [
      layer,
      { kind: 'flatten', name: 'values' },
      { kind: 'dense', name: 'classes', units: 2, bias: true, initializer: 'he-normal' },
    ],
    head: { kind: 'softmax', labelSmoothing: 0 },
  }))
}

/** All words of which the names of a network's nodes are made. */
function words(): string[] {
  const [model] = networks('layer')
  const how = { model, optimizer, batch: 2, mixup: true, flips: true, healthImages: 2, processor }
  const nodes = [...compileNetwork(how).nodes, ...compileInspection(model).nodes]
  const found = new Set(nodes.flatMap(({ name }) => name.split('/')))
  return [...found, 'pixels', 'images'].filter((word) => /^[a-z][a-z0-9_]*$/.test(word) && word !== 'input')
}

describe('a layer may have the name of anything in the graph', () => {
  it.each(words().filter((word) => word !== 'values' && word !== 'classes'))('%s', (name) => {
    for (const model of networks(name)) {
      const measured = measure(model)
      const how = { model, optimizer, batch: 2, mixup: true, flips: true, healthImages: 2, processor }
      expect(() => compileNetwork(how)).not.toThrow()
      expect(() => compileInspection(model)).not.toThrow()
      const tensors = firstTensors(model, optimizer, 1)
      const pixels = { kind: 'range', min: 0, max: 255 } as const
      const network = { model, measured, pixels, image: model.input, tensors, processor }
      expect(() => servingSignature(new GraphBuilder(), network)).not.toThrow()
    }
  })
})
