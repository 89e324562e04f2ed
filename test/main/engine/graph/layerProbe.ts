import { type LayerGeometry, measuredLayer } from '../../../../core/network/geometry.ts'
import { gradientsBy } from '../../../../core/graph/gradients.ts'
import { GraphBuilder, type Value } from '../../../../core/graph/graphBuilder.ts'
import type { Mode } from '../../../../core/layers/definition.ts'
import { type Layer, rulesOf } from '../../../../core/layers/registry.ts'
import { type Shape, sizeOf } from '../../../../core/network/shapes.ts'
import { GraphSession } from '../../../../main/engine/graph/graphSession.ts'
import { processor } from '../../../../main/engine/process/processor.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'

export type Values = Readonly<Record<string, Float32Array>>

/** One layer compiled alone, with everything that goes in fed and everything that comes out fetched. */
export interface LayerProbe {
  readonly geometry: LayerGeometry
  /** `[batch, ...]` */
  readonly inputShape: readonly number[]
  readonly outputShape: readonly number[]
  /** The layer's output and, in training, its new statistics by role. */
  forward(input: Float32Array, variables: Values): Values
  /** `input` and the trained variables' roles. */
  gradients(input: Float32Array, variables: Values, gradient: Float32Array): Values
  dispose(): void
}

/** What comes into a layer: an image, or maps of any number of channels. */
export interface MapSize {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** Measures a layer behind maps, which one that merges gets several times; a dense one gets them flattened. */
function geometryOf(layer: Layer, { height, width, channels }: MapSize): LayerGeometry {
  const shape: Shape = layer.kind === 'dense' ? [height * width * channels] : [height, width, channels]
  const inputs = (Array.isArray(layer.from) ? layer.from : ['input']).map((from) => ({ from, shape }))
  return measuredLayer(layer, inputs)
}

export function openLayer(layer: Layer, input: MapSize, batch: number, mode: Mode = 'training'): LayerProbe {
  const tf = loadTensorflow()
  const graph = new GraphBuilder()
  const geometry = geometryOf(layer, input)
  const inputShape = [batch, ...geometry.inputs[0].shape]
  const outputShape = [batch, ...geometry.output]
  const inputs = new Map<string, Value>([['input', graph.placeholder('input', 'float32', inputShape)]])
  for (const { name, shape } of geometry.variables)
    inputs.set(name.slice(layer.name.length + 1), graph.placeholder(name, 'float32', shape))
  const fed = (name: string): Value => {
    const value = inputs.get(name)
    if (value === undefined) throw new Error(`the layer has no ${name}`)
    return value
  }
  const seed = (): Value<'int32'> => graph.extents('seed', [3, -4])
  const { output, statistics } = rulesOf(layer).nodes({
    graph,
    layer,
    geometry,
    inputs: geometry.inputs.map(() => fed('input')),
    input: fed('input'),
    order: 'images-first',
    mode,
    processor,
    read: fed,
    seed,
  })
  const gradient = graph.placeholder('gradient', 'float32', outputShape)
  const roles = geometry.variables.filter(({ trained }) => trained).map(({ name }) => name.slice(layer.name.length + 1))
  const wanted = mode === 'training' ? ['input', ...roles] : []
  const gradients = gradientsBy(graph, output, gradient, wanted.map(fed))
  const byName = wanted.map((name): [string, Value] => {
    const found = gradients.get(fed(name))
    if (found === undefined) throw new Error(`the gradient by ${name} was wanted`)
    return [name, found]
  })

  const fetches = (prefix: string, values: readonly (readonly [string, Value])[]): Map<string, Value> =>
    new Map(values.map(([name, value]) => [name, graph.fetch(`${prefix}/${name}`, value)]))
  const signatures = {
    forward: { inputs, outputs: fetches('forward', [['output', output], ...Object.entries(statistics ?? {})]) },
    gradients: {
      inputs: new Map([...inputs, ['gradient', gradient]]),
      outputs: fetches('back', byName),
    },
  }
  const session = new GraphSession({ nodes: graph.nodes, signatures })
  const run = (name: 'forward' | 'gradients', values: Values): Values => {
    const { inputs: taken, outputs } = signatures[name]
    const feeds = new Map(
      [...taken].map(([input, { shape }]) => [input, tf.tensor(values[input], [...shape], 'float32')]),
    )
    const read = session.run(name, feeds, (tensors) => tensors.map((tensor) => Float32Array.from(tensor.dataSync())))
    return Object.fromEntries([...outputs.keys()].map((output, index) => [output, read[index]]))
  }
  return {
    geometry,
    inputShape,
    outputShape,
    forward: (data, variables) => run('forward', { input: data, ...variables }),
    gradients: (data, variables, ofOutput) => run('gradients', { input: data, ...variables, gradient: ofOutput }),
    dispose: () => session.dispose(),
  }
}

/** Some values for a layer's variables: positive for a scale or a variance, otherwise of -1 to 1. */
export function someVariables(geometry: LayerGeometry, numbers: (count: number, seed: number) => Float32Array): Values {
  return Object.fromEntries(
    geometry.variables.map(({ name, shape }, index) => {
      const role = name.slice(geometry.layer.name.length + 1)
      const positive = role === 'scale' || role === 'variance'
      return [role, numbers(sizeOf(shape), 100 + index).map((value) => (positive ? 1.5 + value : value))]
    }),
  )
}
