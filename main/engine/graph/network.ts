import { type LayerGeometry, trainedLayers } from '../../../core/geometry.ts'
import { type BatchNormLayer, imageName } from '../../../core/model.ts'
import { foldedReader } from './foldedNorm.ts'
import { float32, type GraphBuilder, type Output } from './graphBuilder.ts'
import { inferenceLayers } from './inferenceLayers.ts'
import type { LayerNodes, Mode } from './layerNodes.ts'
import { layerNodes } from './layers.ts'
import { OrderedMaps, orderOf } from './mapOrder.ts'
import { summedUp } from './sum.ts'

/** The layers of a network as nodes of one graph. */
export interface NetworkNodes {
  /** float32 `[batch, units]`: what the last layer gives to the head. */
  readonly logits: Output
  /** New running statistics by the name of their variable. */
  readonly statistics: ReadonlyMap<string, Output>
  /**
   * Adds the gradient nodes of all layers, from the last to the first that trains.
   * @param gradient Gradient of the loss by the logits, shaped as they are.
   * @returns gradients by the name of the trained variable.
   */
  readonly gradients: (gradient: Output) => ReadonlyMap<string, Output>
}

/** Adds a node that gives the value of a variable, under the name of its role. */
export type VariableReader = (graph: GraphBuilder, role: string, name: string) => Output

/** Reads variables from their handles, by name. */
export function variableReader(handles: ReadonlyMap<string, Output>): VariableReader {
  return (graph, role, name) => graph.add('ReadVariableOp', role, [handleOf(handles, name)], { dtype: float32 })
}

export interface NetworkPlace {
  readonly measured: readonly LayerGeometry[]
  /** float32 `[batch, height, width, channels]`. */
  readonly input: Output
  /** Images at a time, -1 where their number is free. */
  readonly batch: number
  readonly mode: Mode
  /** Whether no scale of the `pooledNorms` is negative, which inference makes use of. */
  readonly rising?: boolean
  /** Adds what gives the value of a variable, as `<layer>/<role>` names it. */
  readonly read: VariableReader
  /** int32 `[2]` by the name of each layer that draws random numbers; in training only. */
  readonly seeds: ReadonlyMap<string, Output>
}

/** An output by its name. */
function found<Value>(outputs: ReadonlyMap<string, Value>, name: string): Value {
  const output = outputs.get(name)
  if (output === undefined) throw new Error(`the graph has no ${name}`)
  return output
}

/** The handle of a variable. */
export function handleOf(variables: ReadonlyMap<string, Output>, name: string): Output {
  return found(variables, name)
}

/** Gives each role the value that it gave first. */
function once(read: (role: string) => Output): (role: string) => Output {
  const values = new Map<string, Output>()
  return (role) => {
    const value = values.get(role) ?? read(role)
    values.set(role, value)
    return value
  }
}

/**
 * Adds all layers of a measured network. Each variable is read by one node at the beginning of the step, and the
 * forward and gradient nodes use that value.
 */
export function networkNodes(
  graph: GraphBuilder,
  { measured, input, batch, mode, rising = false, read: readVariable, seeds }: NetworkPlace,
): NetworkNodes {
  const { measured: layers, norms } =
    mode === 'training' ? { measured, norms: new Map<string, BatchNormLayer>() } : inferenceLayers(measured, rising)
  const statistics = new Map<string, Output>()
  const outputs = new Map([[imageName, new OrderedMaps(graph.within(imageName), input, 'images-first')]])
  const nodesOf = new Map<string, LayerNodes>()
  let logits = input
  for (const geometry of layers) {
    const { name } = geometry.layer
    const place = graph.within(name)
    const readerOf = (layer: string) => once((role) => readVariable(graph.within(layer), role, `${layer}/${role}`))
    const norm = norms.get(name)
    const read =
      norm === undefined
        ? readerOf(name)
        : once(
            foldedReader(geometry, readerOf(name), { norm, graph: graph.within(norm.name), read: readerOf(norm.name) }),
          )
    const coming = geometry.inputs.map(({ from }) => found(outputs, from))
    const orders = coming.map(({ order }) => order)
    const { takes, gives } =
      mode === 'training' ? ({ takes: 'images-first', gives: 'images-first' } as const) : orderOf(geometry, orders)
    const inputs = coming.map((maps) => maps.in(takes))
    const nodes = layerNodes({
      graph: place,
      layer: geometry.layer,
      geometry,
      inputs,
      input: inputs[0],
      order: takes,
      mode,
      batch,
      read,
      seed: () => found(seeds, name),
    })
    for (const [role, value] of Object.entries(nodes.statistics)) statistics.set(`${name}/${role}`, value)
    nodesOf.set(name, nodes)
    outputs.set(name, new OrderedMaps(place, nodes.output, gives))
    logits = nodes.output
  }

  return {
    logits,
    statistics,
    gradients(ofLogits) {
      const byVariable = new Map<string, Output>()
      const trained = trainedLayers(measured)
      /** What each layer that uses an output gives back to it. */
      const given = new Map<string, Output[]>()
      for (const [index, { layer, inputs, variables }] of [...measured.entries()].reverse()) {
        const nodes = nodesOf.get(layer.name)
        if (nodes === undefined || !trained.has(layer.name)) continue
        const back = index === measured.length - 1 ? [ofLogits] : (given.get(layer.name) ?? [])
        const wantsInputs = inputs.some(({ from }) => trained.has(from))
        const gradients = nodes.gradients(summedUp(graph.within(layer.name), 'gradient_sum', back), wantsInputs)
        for (const [role, value] of Object.entries(gradients.variables)) {
          const name = `${layer.name}/${role}`
          if (variables.some((variable) => variable.trained && variable.name === name)) byVariable.set(name, value)
        }
        gradients.inputs?.forEach((value, input) => {
          const { from } = inputs[input]
          given.set(from, [...(given.get(from) ?? []), value])
        })
      }
      return byVariable
    },
  }
}
