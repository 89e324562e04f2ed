import { gradientsBy } from '../../../core/graph/gradients.ts'
import { type AnyValue, GraphBuilder, type Signature, type Value } from '../../../core/graph/graphBuilder.ts'
import { assignVariable, noOp, readVariable } from '../../../core/graph/operations/variables.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import { constant, type Variable } from '../../../core/layers/parts/layerVariables.ts'
import { rulesOf } from '../../../core/layers/registry.ts'
import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { Head } from '../../../core/network/model.ts'
import type { Optimizer } from '../../../core/run/optimizer.ts'
import type { Graph } from '../graph/graphSession.ts'
import { correctOf, headNodes, summed } from '../graph/head.ts'
import { found } from '../graph/network.ts'
import { decays, methodOf, slotName } from '../graph/optimizers.ts'
import { type Handles, variableHandles, writeSignature } from '../graph/variableSignatures.ts'

/** A layer to be computed by itself. */
export interface LayerAlone {
  readonly geometry: LayerGeometry
  /** For each input whether the gradient by it is computed. */
  readonly backwards: readonly boolean[]
}

/** The head of a network, by itself. */
export interface HeadAlone {
  readonly head: Head
  /** Number of logits. */
  readonly classes: number
}

/**
 * `layer:<name>`: a step of that layer; `head`: that of the loss; `nothing`: a run that computes nothing; `write` sets
 * the values.
 */
export type AloneSignature = 'write' | 'nothing' | 'head' | `layer:${string}`

export interface AloneGraph extends Graph<AloneSignature> {
  /** All that must be written before the first run: the variables of the layers, and the values that enter them. */
  readonly variables: readonly Variable[]
}

/** A learning rate with which weights stay what they are, as far as time is concerned. */
const rate = 1e-6

/** Names of values that enter layers, one for each use in a layer and shape: layers share them. */
function enteringName(shape: readonly number[], use: string): string {
  return `entering/${use}_${shape.join('_')}`
}

/** Values of -1 to 1 that enter a layer, kept where a run need not be fed with them. */
function entering(name: string, shape: readonly number[]): Variable {
  return { name, shape, trained: false, initial: { kind: 'normal', fanIn: 3, fanOut: 3 } }
}

/** The values that a layer takes, and the gradient by its output that comes back to it. */
function enteringOf({ geometry: { inputs, output } }: LayerAlone, batch: number): Variable[] {
  const values = inputs.map(({ shape }, index) => entering(enteringName(shape, `input_${index}`), [batch, ...shape]))
  return [...values, entering(enteringName(output, 'gradient'), [batch, ...output])]
}

/** What an optimizer keeps for a layer. */
function slotsOf({ geometry: { variables } }: LayerAlone, optimizer: Optimizer): Variable[] {
  return variables
    .filter(({ trained }) => trained)
    .flatMap(({ name, shape }) =>
      methodOf(optimizer).slots.map((slot) => constant(slotName(optimizer, name, slot), shape, 0, false)),
    )
}

function addLayer(
  parent: GraphBuilder,
  handles: Handles,
  { geometry, backwards }: LayerAlone,
  { optimizer, processor }: { readonly optimizer: Optimizer; readonly processor: ProcessorFeatures },
): Signature {
  const { layer, variables } = geometry
  const graph = parent.within(layer.name)
  const incoming = (shape: readonly number[], use: string): Value =>
    readVariable(graph, use, found(handles, enteringName(shape, use)))
  const inputs = geometry.inputs.map(({ shape }, index) => incoming(shape, `input_${index}`))
  const own = new Map(
    variables.map(({ name }) => [
      name.slice(layer.name.length + 1),
      readVariable(graph.within('read'), name.slice(layer.name.length + 1), found(handles, name)),
    ]),
  )
  // Fed, because TensorFlow would compute what follows from a constant once and for all.
  const seed = graph.placeholder('seed', 'int32', [2])
  const { output, statistics } = rulesOf(layer).nodes({
    graph,
    layer,
    geometry,
    inputs,
    input: inputs[0],
    order: 'images-first',
    mode: 'training',
    processor,
    read: (role) => found(own, role),
    seed: () => seed,
  })
  const trained = variables.filter((variable) => variable.trained)
  const roleOf = ({ name }: Variable): string => name.slice(layer.name.length + 1)
  const wanted = [...inputs.filter((_, index) => backwards[index]), ...trained.map((one) => found(own, roleOf(one)))]
  const gradients =
    wanted.length === 0
      ? new Map<AnyValue, Value>()
      : gradientsBy(graph, output, incoming(geometry.output, 'gradient'), wanted)

  const method = methodOf(optimizer)
  const updates = graph.within('update')
  const numbers = method
    .numbersAt(1, { learningRate: rate, momentum: null })
    .map((value, index) => updates.number(method.numbers[index], value))
  const update = method.updaterIn(updates, numbers)
  // As in a training step, so that no variable must be copied because somebody still reads it.
  const after = [noOp(graph, 'computed', [...gradients.values(), ...Object.values(statistics ?? {})])]
  const written = [
    ...trained.flatMap((variable) => {
      const gradient = gradients.get(found(own, roleOf(variable)))
      if (gradient === undefined) return []
      const slots = method.slots.map((slot) => found(handles, slotName(optimizer, variable.name, slot)))
      const handle = found(handles, variable.name)
      return [update({ name: roleOf(variable), variable: handle, slots, decays: decays(variable), gradient, after })]
    }),
    ...Object.entries(statistics ?? {}).map(([role, value]) =>
      assignVariable(updates, role, found(handles, `${layer.name}/${role}`), value, after),
    ),
  ]
  // What nobody asks for TensorFlow does not compute. Handing it out copies nothing.
  const given: [string, Value][] = [['output', output]]
  for (const [index, input] of inputs.entries()) {
    const gradient = gradients.get(input)
    if (gradient !== undefined) given.push([`gradient_${index}`, gradient])
  }
  const outputs = new Map(given.map(([name, value]) => [name, graph.fetch(`given_${name}`, value, written)]))
  return { inputs: new Map(rulesOf(layer).drawsRandomNumbers ? [['seed', seed]] : []), outputs }
}

/** The losses of a batch and their gradients by the logits. */
function addHead(parent: GraphBuilder, handles: Handles, { head, classes }: HeadAlone, batch: number): Signature {
  const graph = parent.within('head')
  const labels = graph.placeholder('labels', 'int32', [batch])
  const logits = readVariable(graph, 'logits', found(handles, enteringName([classes], 'gradient')))
  const { losses, gradients, answers } = headNodes(graph, head, {
    logits,
    labels,
    mixed: null,
    classes,
    mode: 'training',
  })
  return {
    inputs: new Map([['labels', labels]]),
    outputs: new Map<string, AnyValue>([
      ['loss', graph.fetch('given_loss', summed(graph, losses))],
      ['gradients', graph.fetch('given_gradients', gradients)],
      ['correct', graph.fetch('given_correct', correctOf(graph, answers, labels))],
    ]),
  }
}

/**
 * Each layer as a training step computes it, forward, backward and with the update of its weights, but alone: what comes
 * in and the gradient that comes back are variables, so that a run feeds nothing and gives nothing that is copied.
 * Layers of different networks may come together; their names must differ.
 * @param head Left out where it is null.
 */
export function compileAlone(
  layers: readonly LayerAlone[],
  head: HeadAlone | null,
  { batch, ...how }: { readonly batch: number; readonly optimizer: Optimizer; readonly processor: ProcessorFeatures },
): AloneGraph {
  const graph = new GraphBuilder()
  const shared = new Map(layers.flatMap((one) => enteringOf(one, batch)).map((one) => [one.name, one]))
  if (head !== null) {
    const logits = entering(enteringName([head.classes], 'gradient'), [batch, head.classes])
    shared.set(logits.name, logits)
  }
  const variables = [
    ...layers.flatMap((one) => [...one.geometry.variables, ...slotsOf(one, how.optimizer)]),
    ...shared.values(),
  ]
  const handles = variableHandles(graph, variables)
  const place = graph.within('alone')
  const signatures = {
    write: writeSignature(graph, variables, handles),
    nothing: { inputs: new Map(), outputs: new Map([['nothing', graph.fetch('nothing', graph.number('zero', 0))]]) },
    ...(head === null ? {} : { head: addHead(graph, handles, head, batch) }),
    ...Object.fromEntries(
      layers.map((one) => [`layer:${one.geometry.layer.name}`, addLayer(place, handles, one, how)]),
    ),
  }
  return { nodes: graph.nodes, variables, signatures }
}
