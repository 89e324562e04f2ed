import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { measure } from '../../../core/network/geometry.ts'
import { GraphBuilder } from '../../../core/graph/graphBuilder.ts'
import { refuse } from '../../../core/words/problems.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import { writeFileAtomically, writeProblem } from '../../files/atomicFile.ts'
import { readCheckpoint } from '../checkpoint/checkpointFile.ts'
import { savedModelBytes } from '../graph/savedModel.ts'
import { servingSignature } from '../graph/servingSignature.ts'
import { processor } from '../process/processor.ts'

/** The signature that readers of a SavedModel look for first. */
const signatureName = 'serving_default'

/** Creates the folder if missing. Refuses one that is not empty. */
async function prepareFolder(folder: string): Promise<void> {
  let names: string[]
  try {
    await mkdir(folder, { recursive: true })
    names = await readdir(folder)
  } catch (thrown) {
    throw writeProblem(thrown, folder)
  }
  if (names.length > 0) refuse('export-folder-taken', { folder })
}

/**
 * Writes the network of a checkpoint as TensorFlow's SavedModel. `saved_model.pb` has the graph and its weights.
 * `assets.extra/conv-lab.json` has the names of the classes and the run's settings; TensorFlow does not read it.
 * @param folder Absolute path; empty or missing.
 * @returns bytes of `saved_model.pb`.
 * @throws LabError `checkpoint-damaged`, `export-folder-taken`, `disk-full` or `write-failed`.
 */
export async function exportSavedModel(order: {
  config: RunConfig
  checkpoint: { path: string; sha256: string }
  classes: readonly string[]
  folder: string
}): Promise<number> {
  const { config, checkpoint, classes, folder } = order
  const { step, variables } = await readCheckpoint(checkpoint, config)
  await prepareFolder(folder)
  const graph = new GraphBuilder()
  const signature = servingSignature(graph, {
    model: config.model,
    measured: measure(config.model),
    pixels: config.data.pixels,
    tensors: variables,
    processor,
  })
  const bytes = savedModelBytes(graph.nodes, { [signatureName]: signature })
  const extra = path.join(folder, 'assets.extra')
  try {
    await mkdir(extra)
  } catch (thrown) {
    throw writeProblem(thrown, extra)
  }
  await writeFileAtomically(path.join(extra, 'conv-lab.json'), [
    new TextEncoder().encode(`${JSON.stringify({ step, classes, config }, null, 2)}\n`),
  ])
  // Written last, because this file makes the folder a SavedModel.
  await writeFileAtomically(path.join(folder, 'saved_model.pb'), [bytes])
  return bytes.length
}
