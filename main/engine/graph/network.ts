import type { LayerGeometry } from '../../../core/network/geometry.ts'
import { gradientsBy } from '../../../core/graph/gradients.ts'
import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import { readVariable } from '../../../core/graph/operations/variables.ts'
import type { Mode, ProcessorFeatures } from '../../../core/layers/definition.ts'
import { imageName } from '../../../core/layers/parts/fields.ts'
import { type Layer, rulesOf } from '../../../core/layers/registry.ts'
import { foldedReader } from './foldedNorm.ts'
import { inferenceLayers } from './inferenceLayers.ts'
import { OrderedMaps, orderOf } from './orderedMaps.ts'

/** The layers of a network as nodes of one graph. */
export interface NetworkNodes {
  /** `[batch, units]`: the output of the last layer, which the head takes. */
  readonly logits: Value
  /** The output of each layer by its name, in inspection `[batch, height, width, channels]` or `[batch, units]`. */
  readonly outputs: ReadonlyMap<string, OrderedMaps>
  /** New running statistics by the name of their variable. */
  readonly statistics: ReadonlyMap<string, Value>
  /**
   * Adds the gradient nodes of all layers, from the last to the first that trains.
   * @param gradient Gradient of the loss with respect to the logits, in their shape.
   * @returns gradients by the name of the trained variable, those of the last layers first.
   */
  readonly gradients: (gradient: Value) => ReadonlyMap<string, Value>
}

/** Adds a node that reads a variable, named after the variable's role. */
export type VariableReader = (graph: GraphBuilder, role: string, name: string) => Value

/** Reads variables from their handles, by name. */
export function variableReader(handles: ReadonlyMap<string, Value<'resource'>>): VariableReader {
  return (graph, role, name) => readVariable(graph, role, found(handles, name))
}

export interface NetworkPlace {
  readonly measured: readonly LayerGeometry[]
  /** `[batch, height, width, channels]`; the batch is -1 when it may vary. */
  readonly input: Value
  readonly mode: Mode
  /** Whether no scale of the `pooledNorms` is negative. Inference uses this to fold more layers. */
  readonly rising?: boolean
  readonly processor: ProcessorFeatures
  /** Reads a variable by its name, `<layer>/<role>`. */
  readonly read: VariableReader
  /** int32 `[2]` by the name of each layer that draws random numbers; in training only. */
  readonly seeds: ReadonlyMap<string, Value<'int32'>>
}

/** The item with this name. @throws Error when there is none. */
export function found<Item>(items: ReadonlyMap<string, Item>, name: string): Item {
  const item = items.get(name)
  if (item === undefined) throw new Error(`the graph has no ${name}`)
  return item
}

/** Memoises a function of a name. */
function once(read: (name: string) => Value): (name: string) => Value {
  const values = new Map<string, Value>()
  return (name) => {
    const value = values.get(name) ?? read(name)
    values.set(name, value)
    return value
  }
}

/**
 * Adds all layers of a measured network. One node reads each variable at the beginning of the step, and both forward
 * and gradient nodes use that value.
 */
export function networkNodes(
  graph: GraphBuilder,
  { measured, input, mode, rising = false, processor, read: readFrom, seeds }: NetworkPlace,
): NetworkNodes {
  const { measured: layers, norms } =
    mode === 'inference' ? inferenceLayers(measured, rising, processor) : { measured, norms: new Map<string, Layer>() }
  const statistics = new Map<string, Value>()
  /** The trained variables as read in this step, by name. */
  const trained = new Map<string, Value>()
  const outputs = new Map([[imageName, new OrderedMaps(graph.within(imageName), input, 'images-first')]])
  const readerOf = (layer: string): ((role: string) => Value) =>
    once((role) => readFrom(graph.within(layer), role, `${layer}/${role}`))

  /** Reads a layer's variables. Those of a convolution with a folded normalisation are computed from both layers. */
  const layerReader = (geometry: LayerGeometry): ((role: string) => Value) => {
    const own = readerOf(geometry.layer.name)
    const norm = norms.get(geometry.layer.name)
    if (norm === undefined) return own
    const place = graph.within(norm.name)
    const folded = rulesOf(norm).fold?.({ graph: place, layer: norm, read: readerOf(norm.name) })
    return folded === undefined ? own : once(foldedReader(place, geometry, own, folded))
  }

  let logits = input
  for (const geometry of layers) {
    const { layer, variables } = geometry
    const place = graph.within(layer.name)
    const read = layerReader(geometry)
    const coming = geometry.inputs.map(({ from }) => found(outputs, from))
    const { takes, gives } =
      mode === 'inference'
        ? orderOf(
            geometry,
            coming.map(({ order }) => order),
            processor,
          )
        : ({ takes: 'images-first', gives: 'images-first' } as const)
    const inputs = coming.map((maps) => maps.in(takes))
    const nodes = rulesOf(layer).nodes({
      graph: place,
      layer,
      geometry,
      inputs,
      input: inputs[0],
      order: takes,
      mode,
      processor,
      read,
      seed: () => found(seeds, layer.name),
    })
    for (const [role, value] of Object.entries(nodes.statistics ?? {})) statistics.set(`${layer.name}/${role}`, value)
    if (mode === 'training') {
      for (const variable of variables)
        if (variable.trained) trained.set(variable.name, read(variable.name.slice(layer.name.length + 1)))
    }
    outputs.set(layer.name, new OrderedMaps(place, nodes.output, gives))
    logits = nodes.output
  }

  return {
    logits,
    outputs,
    statistics,
    gradients(ofLogits) {
      const gradients = gradientsBy(graph, logits, ofLogits, [...trained.values()])
      const names = measured.toReversed().flatMap(({ variables }) => variables.map(({ name }) => name))
      return new Map(
        names.flatMap((name) => {
          const value = trained.get(name)
          const gradient = value === undefined ? undefined : gradients.get(value)
          return gradient === undefined ? [] : [[name, gradient] as const]
        }),
      )
    },
  }
}
