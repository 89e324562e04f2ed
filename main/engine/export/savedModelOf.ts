import { GraphBuilder } from '../../../core/graph/graphBuilder.ts'
import type { ExportedNetwork } from '../../../core/export/exportedNetwork.ts'
import { savedModelBytes } from '../graph/savedModel.ts'
import { servingSignature } from '../graph/servingSignature.ts'
import { processor } from '../process/processor.ts'

/** The signature that readers of a SavedModel look for first. */
const signatureName = 'serving_default'

/** `saved_model.pb`: the graph with its weights, which makes a folder TensorFlow's SavedModel. */
export function savedModelOf(network: ExportedNetwork): Uint8Array {
  const graph = new GraphBuilder()
  const signature = servingSignature(graph, { ...network, processor })
  return savedModelBytes(graph.nodes, { [signatureName]: signature })
}
