import { gradientsBy } from '../../../core/graph/gradients.ts'
import { type AnyValue, GraphBuilder, type Signature, type Value } from '../../../core/graph/graphBuilder.ts'
import { max } from '../../../core/graph/operations/arithmetic.ts'
import { argMax } from '../../../core/graph/operations/classification.ts'
import { reshape } from '../../../core/graph/operations/layout.ts'
import { imageName } from '../../../core/layers/parts/fields.ts'
import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import { type LayerGeometry, measure } from '../../../core/network/geometry.ts'
import type { Model } from '../../../core/network/model.ts'
import { processor } from '../process/processor.ts'
import type { Graph } from '../graph/graphSession.ts'
import { networkNodes, variableReader } from '../graph/network.ts'
import { variableHandles, writeSignature } from '../graph/variableSignatures.ts'

/**
 * The ways to run a network for looking. `answer`: `images` to `logits`. `layer:<name>`: `images` to that layer's
 * output. `gradient:<name>`: `images` and the gradient of a score by the logits, to the layer's output and the score's
 * gradient by it; `input` names the image itself. `peaks:<name>` and `places:<name>`, of layers that give maps: `images`
 * to the largest value of each map and to where it is. `write` sets the weights.
 */
export type InspectSignature =
  'write' | 'answer' | `layer:${string}` | `gradient:${string}` | `peaks:${string}` | `places:${string}`

export interface InspectGraph extends Graph<InspectSignature> {
  readonly measured: readonly LayerGeometry[]
  /** The weights and running statistics, without what only the optimizer needs. */
  readonly variables: readonly Variable[]
}

/** The input of a gradient: the gradient of a score by the logits, `[batch, logits]`. */
export const byLogits = 'by_logits'

/**
 * Compiles a network so that every layer can be asked for its output and for gradients. Each layer is computed by its
 * definition and alone, with the running statistics; one file of weights after another can be written into it.
 * @throws LabError `model-invalid`
 */
export function compileInspection(model: Model): InspectGraph {
  const graph = new GraphBuilder()
  const measured = measure(model)
  const variables = measured.flatMap((layer) => layer.variables)
  const handles = variableHandles(graph, variables)
  const { height, width, channels } = model.input
  const images = graph.placeholder('images', 'float32', [-1, height, width, channels])
  const { logits, outputs } = networkNodes(graph, {
    measured,
    input: images,
    mode: 'inspection',
    processor,
    read: variableReader(handles),
    seeds: new Map(),
  })
  const ofLogits = graph.placeholder(byLogits, 'float32', logits.shape)
  const maps = new Map<string, Value>([...outputs].map(([name, output]) => [name, output.in('images-first')]))
  const gradients = gradientsBy(graph, logits, ofLogits, [...maps.values()])
  const fed = new Map<string, AnyValue>([['images', images]])
  const signatures: Record<InspectSignature, Signature> = {
    write: writeSignature(graph, variables, handles),
    answer: { inputs: fed, outputs: new Map([['logits', graph.fetch('logits', logits)]]) },
  }
  for (const [name, output] of maps) {
    // Given out by nodes of their own: TensorFlow gives out nothing that it is fed, and its optimizers may merge an
    // output into the layer behind it.
    const way = graph.within(name)
    const given = way.fetch('given_output', output)
    if (name !== imageName) signatures[`layer:${name}`] = { inputs: fed, outputs: new Map([['output', given]]) }
    if (output.shape.length === 4) {
      const [, height, width, channels] = output.shape
      const rows = reshape(way, 'row_by_row', output, [-1, height * width, channels])
      signatures[`peaks:${name}`] = { inputs: fed, outputs: new Map([['peaks', max(way, 'peaks', rows, [1])]]) }
      signatures[`places:${name}`] = { inputs: fed, outputs: new Map([['places', argMax(way, 'places', rows)]]) }
    }
    const gradient = gradients.get(output)
    if (gradient === undefined) continue
    signatures[`gradient:${name}`] = {
      inputs: new Map<string, AnyValue>([...fed, [byLogits, ofLogits]]),
      outputs: new Map([
        ['output', given],
        ['gradient', way.fetch('given_gradient', gradient)],
      ]),
    }
  }
  return { nodes: graph.nodes, signatures, measured, variables }
}
