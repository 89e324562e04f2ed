import type { LayerInput, MeasuredLayer } from '../layers/definition.ts'
import { imageName } from '../layers/parts/fields.ts'
import { type Layer, rulesOf } from '../layers/registry.ts'
import type { Variable } from '../layers/parts/layerVariables.ts'
import { isFrozen } from './frozen.ts'
import type { Model } from './model.ts'
import { phrase } from '../words/phrases.ts'
import { refuse } from '../words/problems.ts'
import { type Shape, shapeText, sizeOf } from './shapes.ts'

/** One layer of a network, measured. */
export interface LayerGeometry extends MeasuredLayer<Layer> {
  /** Numbers that the optimizer trains. */
  readonly parameters: number
}

/** Names of what comes into a layer: what it says, or the layer before it. */
export function sourcesOf(layer: Layer, before: string): readonly string[] {
  if (layer.from === undefined) return [before]
  return typeof layer.from === 'string' ? [layer.from] : layer.from
}

/**
 * A layer measured on what comes in. The variables of a frozen one are kept and not trained.
 * @throws LabError `model-invalid` with the layer, what comes in, and what to change.
 */
export function measuredLayer(layer: Layer, inputs: readonly LayerInput[]): LayerGeometry {
  const { output, variables: own } = rulesOf(layer).measure(layer, inputs)
  const variables = isFrozen(layer) ? own.map((variable) => ({ ...variable, trained: false })) : own
  const parameters = variables.reduce((sum, { shape, trained }) => sum + (trained ? sizeOf(shape) : 0), 0)
  return { layer, inputs, output, variables, parameters }
}

/** The head's demands on the last layer. */
function checkHead({ head, layers }: Model, output: Shape): void {
  const layer = layers[layers.length - 1].name
  if (head.kind === 'softmax' && output.length !== 1) {
    refuse('model-invalid', { layer, detail: phrase('ends-in-map', { shape: shapeText(output) }) })
  }
  if (head.kind === 'tanh' && (output.length !== 1 || output[0] !== 1)) {
    refuse('model-invalid', { layer, detail: phrase('ends-in-numbers', { shape: shapeText(output) }) })
  }
}

/**
 * Measures a network layer by layer.
 * @throws LabError `model-invalid` naming the first layer that does not fit what comes in, names an input that is not
 *   before it, or leads nowhere.
 */
export function measure(model: Model): LayerGeometry[] {
  const measured: LayerGeometry[] = []
  const shapes = new Map<string, Shape>([[imageName, [model.input.height, model.input.width, model.input.channels]]])
  const used = new Set<string>()
  let before = imageName
  for (const layer of model.layers) {
    const inputs = sourcesOf(layer, before).map((from): LayerInput => {
      used.add(from)
      const known = [...shapes.keys()].join(', ')
      return {
        from,
        shape:
          shapes.get(from) ??
          refuse('model-invalid', { layer: layer.name, detail: phrase('input-not-before', { from, known }) }),
      }
    })
    const geometry = measuredLayer(layer, inputs)
    measured.push(geometry)
    shapes.set(layer.name, geometry.output)
    before = layer.name
  }
  const nowhere = measured.slice(0, -1).find(({ layer }) => !used.has(layer.name))
  if (nowhere !== undefined) refuse('model-invalid', { layer: nowhere.layer.name, detail: phrase('leads-nowhere', {}) })
  checkHead(model, measured[measured.length - 1].output)
  return measured
}

/**
 * Checks that what a network takes can be cut from images.
 * @throws LabError `model-invalid`
 */
export function checkInput({ input }: Pick<Model, 'input'>, image: Model['input']): void {
  if (input.channels === image.channels && input.height <= image.height && input.width <= image.width) return
  const text = ({ height, width, channels }: Model['input']): string => shapeText([height, width, channels])
  refuse('model-invalid', {
    layer: imageName,
    detail: phrase('input-not-cut', { input: text(input), images: text(image) }),
  })
}

/**
 * Checks that a network has something to train.
 * @throws LabError `model-invalid` naming the last layer.
 */
export function checkTrained(measured: readonly LayerGeometry[]): void {
  if (measured.some(({ parameters }) => parameters > 0)) return
  refuse('model-invalid', { layer: measured[measured.length - 1].layer.name, detail: phrase('nothing-to-train', {}) })
}

/** Names of the layers with trained variables in them or before them, which need the gradient by their output. */
export function trainedLayers(measured: readonly LayerGeometry[]): ReadonlySet<string> {
  const trained = new Set<string>()
  for (const { layer, inputs, parameters } of measured) {
    if (parameters > 0 || inputs.some(({ from }) => trained.has(from))) trained.add(layer.name)
  }
  return trained
}

/** Number of trained parameters of a network. */
export function parametersOf(model: Model): number {
  return measure(model).reduce((sum, layer) => sum + layer.parameters, 0)
}

/** All variables of a network in the order of its layers. */
export function variablesOf(model: Model): Variable[] {
  return measure(model).flatMap((layer) => layer.variables)
}

/** Number of classes that the head tells apart: one a logit, or the two of a tanh neuron. */
export function classesOf(model: Model): number {
  const measured = measure(model)
  return model.head.kind === 'tanh' ? 2 : sizeOf(measured[measured.length - 1].output)
}
