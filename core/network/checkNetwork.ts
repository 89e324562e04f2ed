import { imageName } from '../layers/parts/fields.ts'
import type { LayerInput } from '../layers/definition.ts'
import type { Layer } from '../layers/registry.ts'
import { phrase, type Phrase } from '../words/phrases.ts'
import { LabError, problem, type Problem } from '../words/problems.ts'
import { nameBeside } from './edit/changeAtPlace.ts'
import { fieldSizes } from './fieldSizes.ts'
import { isFrozen } from './frozen.ts'
import { checkInput, type LayerGeometry, measuredLayer, sourcesOf } from './geometry.ts'
import { type LayerRow, layerRow, type LayerTotals, totalsOf } from './layerTable.ts'
import type { Model, ModelInput } from './model.ts'
import { classifierOf, modelOf, type Network, type NetworkPlace } from './network.ts'
import { tooLarge } from './parameterLimit.ts'
import { repairsOf } from './repairsOf.ts'
import type { Repair } from './repairs.ts'
import { type Shape, shapeText, sizeOf } from './shapes.ts'

/** A layer of a network that was checked. */
export interface CheckedLayer {
  readonly layer: Layer
  /** Null for a layer that does not fit. */
  readonly row: LayerRow | null
  /** Whether a layer before it does not fit, so that its numbers hold once that is mended. */
  readonly assumed: boolean
}

/** Something that keeps a network from working. */
export interface NetworkFault {
  /** Place of the layer from 0 on; null where it is no single layer. */
  readonly place: number | null
  /** What is wrong, and what to do. */
  readonly problem: Problem
  /** What comes into the layer. */
  readonly inputs: readonly LayerInput[]
  /** Changes that mend it, the likeliest first. */
  readonly repairs: readonly Repair[]
}

/** The layer whose units or filters became the classes of the data. */
export interface ChosenClassifier {
  readonly layer: string
  readonly units: number
}

/** A network with its numbers and all that is wrong with it. */
export interface NetworkCheck {
  /** In the order of the layers, one each. */
  readonly layers: readonly CheckedLayer[]
  /** Sums over the layers that fit. */
  readonly totals: LayerTotals
  readonly faults: readonly NetworkFault[]
  /** The network for the data; null where something is wrong with it. */
  readonly model: Model | null
  /** Null for a bound network, and for one without such a layer. */
  readonly classifier: ChosenClassifier | null
}

/** What a network is checked against. */
export interface CheckedAgainst extends NetworkPlace {
  /** The images of the set, from which the input of a bound network is cut; left out: any. */
  readonly image?: ModelInput
}

function layerFault(layer: string, detail: Phrase): Problem {
  return problem('model-invalid', { layer, detail })
}

/** What is wrong when a layer takes what there is not: a name that comes later is a circle. */
function missingInput(layers: readonly Layer[], place: number, from: string, known: readonly string[]): Phrase {
  const later = layers.some(({ name }, index) => index >= place && name === from)
  return phrase(later ? 'input-circle' : 'input-not-before', { from, known: known.join(', ') })
}

/** Carries a shape rule out. */
function tried(layer: Layer, inputs: readonly LayerInput[]): LayerGeometry | Problem {
  try {
    return measuredLayer(layer, inputs)
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown.problem
    throw thrown
  }
}

function isProblem(of: LayerGeometry | Problem): of is Problem {
  return 'code' in of
}

/** The places of a shape with the channels of another. */
function likeFirst({ shape: first }: LayerInput, { from, shape }: LayerInput): LayerInput {
  const channels = shape[shape.length - 1]
  return { from, shape: first.length === 3 ? [first[0], first[1], channels] : [channels] }
}

/** What a layer that does not fit would give if it were mended, so that those after it can be measured. */
function assumedOutput(layer: Layer, inputs: readonly LayerInput[]): Shape {
  const [first] = inputs
  const mended: (readonly [Layer, readonly LayerInput[]])[] = [
    ['padding' in layer ? { ...layer, padding: 'same' } : layer, inputs],
    [layer.kind === 'conv' ? { ...layer, initializer: 'he-normal' } : layer, inputs],
    [layer, inputs.map((input) => likeFirst(first, input))],
    [layer, inputs.map(({ from }) => ({ from, shape: first.shape }))],
    [layer, inputs.map(({ from, shape }) => ({ from, shape: [sizeOf(shape)] }))],
  ]
  for (const [one, given] of mended) {
    const measured = tried(one, given)
    if (!isProblem(measured)) return measured.output
  }
  return first.shape
}

interface Walk {
  readonly measured: LayerGeometry[]
  readonly fits: boolean[]
  readonly assumed: boolean[]
  readonly faults: NetworkFault[]
}

/** Measures layer after layer; one that does not fit is passed as if it were mended. */
function walked({ input, layers }: Model, classifier: string | null): Walk {
  const walk: Walk = { measured: [], fits: [], assumed: [], faults: [] }
  const image: Shape = [input.height, input.width, input.channels]
  const shapes = new Map<string, { readonly shape: Shape; readonly assumed: boolean }>([
    [imageName, { shape: image, assumed: false }],
  ])
  const names = new Set<string>()
  let before = imageName
  for (const [place, layer] of layers.entries()) {
    const fault = (of: Problem, inputs: readonly LayerInput[], repairs: readonly Repair[]): void => {
      walk.faults.push({ place, problem: of, inputs, repairs })
    }
    const known = [...shapes.keys()]
    const sources = sourcesOf(layer, before)
    const previous = shapes.get(before) ?? { shape: image, assumed: false }
    const found = sources.map((from) => ({ from, ...(shapes.get(from) ?? { ...previous, assumed: true }) }))
    const inputs = found.map(({ from, shape }): LayerInput => ({ from, shape }))
    const missing = sources.find((from) => !shapes.has(from))
    let assumed = found.some((one) => one.assumed)
    const result = tried(layer, inputs)
    if (names.has(layer.name)) {
      const free = nameBeside(layers, layer.name)
      fault(layerFault(layer.name, phrase('name-twice', { free })), inputs, [{ kind: 'rename', place, to: free }])
    }
    if (missing !== undefined) {
      const detail = missingInput(layers, place, missing, known)
      fault(layerFault(layer.name, detail), [], [{ kind: 'input', place, from: missing, to: before }])
    } else if (isProblem(result)) {
      fault(result, inputs, repairsOf({ layers, place, inputs, known: shapes, classifier }))
    }
    const fits = missing === undefined && !isProblem(result)
    const geometry = isProblem(result)
      ? { layer, inputs, output: assumedOutput(layer, inputs), variables: [], parameters: 0 }
      : result
    walk.measured.push(geometry)
    walk.fits.push(fits)
    walk.assumed.push(assumed)
    if (!fits) assumed = true
    shapes.set(layer.name, { shape: geometry.output, assumed })
    names.add(layer.name)
    before = layer.name
  }
  return walk
}

/** Layers that nothing takes, but for the last. */
function unusedFaults(measured: readonly LayerGeometry[]): NetworkFault[] {
  const used = new Set(measured.flatMap(({ inputs }) => inputs.map(({ from }) => from)))
  return measured.slice(0, -1).flatMap(({ layer, inputs, output }, place) => {
    if (used.has(layer.name)) return []
    const after = measured[place + 1]
    const [next] = after.inputs
    const fitsNext = next !== undefined && next.shape.join() === output.join()
    const repairs: Repair[] = [
      ...(fitsNext ? [{ kind: 'input', place: place + 1, from: next.from, to: layer.name } as const] : []),
      { kind: 'remove', place },
    ]
    return [{ place, problem: layerFault(layer.name, phrase('leads-nowhere', {})), inputs, repairs }]
  })
}

/** The last layer must give what the head takes, for the classes of the data. */
function endFaults({ head, layers }: Model, end: LayerGeometry, classes: number): NetworkFault[] {
  const place = layers.length - 1
  const { layer, inputs, output } = end
  const fault = (detail: Phrase, repairs: readonly Repair[]): NetworkFault[] => [
    { place, problem: layerFault(layer.name, detail), inputs, repairs },
  ]
  const units = head.kind === 'tanh' ? 1 : classes
  const pooled = output.length === 3
  const endWithDense: Repair = { kind: 'classifier', pooled, units }
  if (head.kind === 'tanh' && classes !== 2)
    return fault(phrase('tanh-of-two', { classes }), [{ kind: 'softmax', classes }])
  if (!pooled && output[0] === units) return []
  const setUnits: Repair[] = layer.kind === 'dense' ? [{ kind: 'units', place, to: units }] : []
  const repairs: Repair[] = [...setUnits, endWithDense]
  if (head.kind === 'tanh') return fault(phrase('ends-in-numbers', { shape: shapeText(output) }), repairs)
  if (pooled) return fault(phrase('ends-in-map', { shape: shapeText(output) }), repairs)
  return fault(phrase('logits-of-network', { logits: output[0], classes }), repairs)
}

/** A network that ends as it must has also to have something to train. */
function trainedFaults(measured: readonly LayerGeometry[], end: LayerGeometry, units: number): NetworkFault[] {
  if (measured.some(({ parameters }) => parameters > 0)) return []
  const problem = layerFault(end.layer.name, phrase('nothing-to-train', {}))
  const frozen = measured.findLastIndex(({ layer }) => isFrozen(layer))
  const repairs: Repair[] = [
    ...(frozen < 0 ? [] : [{ kind: 'unfreeze', place: frozen } as const]),
    { kind: 'classifier', pooled: false, units },
  ]
  return [{ place: measured.length - 1, problem, inputs: end.inputs, repairs }]
}

/** A share of a layer's units or filters, as a power of 2. */
function fewerMaps(layer: Layer, place: number, share: number): Repair[] {
  const fewer = (maps: number): number => 2 ** Math.max(0, Math.floor(Math.log2(maps * Math.max(share, 1e-9))))
  if (layer.kind === 'dense') return [{ kind: 'units', place, to: fewer(layer.units) }]
  return layer.kind === 'conv' ? [{ kind: 'filters', place, to: fewer(layer.filters) }] : []
}

/** More parameters than memory holds; the layer with the most is named. */
function sizeFaults(measured: readonly LayerGeometry[]): NetworkFault[] {
  const found = tooLarge(measured)
  if (found === null) return []
  const { place, beyond, detail } = found
  const { layer, inputs, parameters } = measured[place]
  const flattened = measured.findIndex(
    ({ layer: one, inputs: [taken] }) =>
      one.name === inputs[0].from && one.kind === 'flatten' && taken.shape.length === 3,
  )
  const pooled: Repair[] =
    flattened < 0 ? [] : [{ kind: 'global-pool', place: flattened, from: measured[flattened].inputs[0].from }]
  const repairs = [...pooled, ...fewerMaps(layer, place, 1 - beyond / parameters)]
  return [{ place, problem: layerFault(layer.name, detail), inputs, repairs }]
}

function inputFaults(network: Network, { image }: CheckedAgainst): NetworkFault[] {
  if (network.input === undefined || image === undefined) return []
  try {
    checkInput({ input: network.input }, image)
    return []
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown
    return [{ place: null, problem: thrown.problem, inputs: [], repairs: [{ kind: 'free' }] }]
  }
}

/**
 * Checks a network layer by layer, without stopping at the first that does not fit: what comes after it is measured as
 * if it were mended. Throws nothing, whatever the network is like.
 */
export function checkNetwork(network: Network, against: CheckedAgainst): NetworkCheck {
  const model = modelOf(network, against)
  const name = network.input === undefined ? classifierOf(network) : null
  const { measured, fits, assumed, faults } = walked(model, name)
  const fields = fieldSizes(measured)
  const layers = model.layers.map((layer, place) => ({
    layer,
    row: fits[place] ? layerRow(measured[place], fields[place]) : null,
    assumed: assumed[place],
  }))
  const end = measured.at(-1)
  const ending = end !== undefined && fits.at(-1) === true ? endFaults(model, end, against.classes) : []
  const all: NetworkFault[] =
    end === undefined
      ? [
          {
            place: null,
            problem: problem('network-empty', {}),
            inputs: [],
            repairs: [{ kind: 'classifier', pooled: true, units: against.classes }],
          },
        ]
      : [
          ...inputFaults(network, against),
          ...faults,
          ...unusedFaults(measured),
          ...ending,
          ...(fits.every((one) => one) && ending.length === 0 ? trainedFaults(measured, end, against.classes) : []),
          ...sizeFaults(measured),
        ]
  const classifier = model.layers.find((layer) => layer.name === name)
  return {
    layers,
    totals: totalsOf(layers.flatMap(({ row }) => (row === null ? [] : [row]))),
    faults: all,
    model: all.length === 0 ? model : null,
    classifier:
      classifier === undefined
        ? null
        : {
            layer: classifier.name,
            units: classifier.kind === 'dense' ? classifier.units : classifier.kind === 'conv' ? classifier.filters : 0,
          },
  }
}
