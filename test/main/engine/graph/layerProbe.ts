import type { LayerGeometry } from '../../../../core/geometry.ts'
import { type Shape, sizeOf } from '../../../../core/geometry.ts'
import { layerShape } from '../../../../core/layerShapes.ts'
import type { Layer } from '../../../../core/model.ts'
import { GraphBuilder, type Output, type Port } from '../../../../main/engine/graph/graphBuilder.ts'
import { GraphSession } from '../../../../main/engine/graph/graphSession.ts'
import type { Mode } from '../../../../main/engine/graph/layerNodes.ts'
import { layerNodes } from '../../../../main/engine/graph/layers.ts'
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

/** Measures a layer behind maps; a dense one gets them flattened. */
function geometryOf(layer: Layer, { height, width, channels }: MapSize): LayerGeometry {
  const shape: Shape = layer.kind === 'dense' ? [height * width * channels] : [height, width, channels]
  const { output, variables } = layerShape(layer, [shape])
  const parameters = variables.reduce((sum, variable) => sum + (variable.trained ? sizeOf(variable.shape) : 0), 0)
  return { layer, inputs: [{ from: 'input', shape }], output, variables, parameters }
}

export function openLayer(layer: Layer, input: MapSize, batch: number, mode: Mode = 'training'): LayerProbe {
  const tf = loadTensorflow()
  const graph = new GraphBuilder()
  const geometry = geometryOf(layer, input)
  const inputShape = [batch, ...geometry.inputs[0].shape]
  const outputShape = [batch, ...geometry.output]
  const inputs = new Map<string, Port>([['input', graph.placeholder('input', 'float32', inputShape)]])
  for (const { name, shape } of geometry.variables)
    inputs.set(name.slice(layer.name.length + 1), graph.placeholder(name, 'float32', shape))
  const fed = (name: string): Output => {
    const port = inputs.get(name)
    if (port === undefined) throw new Error(`the layer has no ${name}`)
    return port.output
  }
  const seed = (): Output => graph.extents('seed', [3, -4])
  const nodes = layerNodes({
    graph,
    layer,
    geometry,
    inputs: [fed('input')],
    input: fed('input'),
    order: 'images-first',
    mode,
    batch,
    read: fed,
    seed,
  })
  const gradient = graph.placeholder('gradient', 'float32', outputShape)
  const gradients = nodes.gradients(gradient.output, true)
  if (gradients.inputs === null) throw new Error('the gradient by the input was wanted')

  const fetches = (prefix: string, outputs: Readonly<Record<string, Output>>): Map<string, Port> =>
    new Map(
      Object.entries(outputs).map(([name, output]) => [name, graph.fetch(`${prefix}/${name}`, output, 'float32', [])]),
    )
  const signatures = {
    forward: { inputs, outputs: fetches('forward', { output: nodes.output, ...nodes.statistics }) },
    gradients: {
      inputs: new Map([...inputs, ['gradient', gradient]]),
      outputs: fetches('back', { input: gradients.inputs[0], ...gradients.variables }),
    },
  }
  const session = new GraphSession({ nodes: graph.nodes, signatures })
  const run = (name: 'forward' | 'gradients', values: Values): Values => {
    const { inputs: wanted, outputs } = signatures[name]
    const feeds = new Map(
      [...wanted].map(([input, port]) => [input, tf.tensor(values[input], [...port.shape], 'float32')]),
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
