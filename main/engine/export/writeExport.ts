import path from 'node:path'
import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { ExportOrder, ExportPart } from '../../../core/contract/engineContract.ts'
import type { ExportedNetwork } from '../../../core/export/exportedNetwork.ts'
import { lengthOf, type Pieces } from '../../../core/export/pieces.ts'
import { measure } from '../../../core/network/geometry.ts'
import { newFolder, writeNewFile } from '../../files/newFolder.ts'
import { readCheckpoint } from '../checkpoint/checkpointFile.ts'
import { paceOf } from '../shared/pace.ts'
import { filesOf } from './filesOf.ts'

/** Writes all files and gives their bytes. */
async function* writeAll(folder: string, files: ReadonlyMap<string, Pieces>): AsyncGenerator<ExportPart, number> {
  const progress = paceOf([...files.values()].reduce((sum, pieces) => sum + lengthOf(pieces), 0))
  let done = 0
  for (const [name, pieces] of files) {
    for await (const bytes of writeNewFile(path.join(folder, name), pieces)) {
      done += bytes
      yield progress(done)
    }
  }
  return done
}

/**
 * Writes the network of a checkpoint for use elsewhere, whole or not at all, with its model card. All files are made
 * before the first is written, so what a format cannot express leaves nothing behind.
 * @throws LabError `checkpoint-damaged`, `checkpoint-foreign`, `export-folder-taken`, `disk-full` or `write-failed`.
 */
export async function* writeExport(order: ExportOrder): AsyncGenerator<ExportPart> {
  const { config, checkpoint, image, folder } = order
  const { step, variables } = await readCheckpoint(checkpoint, config)
  // Reading took a while. Who stops listening ends this here, before memory is needed.
  await eventLoopTurn()
  const network: ExportedNetwork = {
    model: config.model,
    measured: measure(config.model),
    pixels: config.data.pixels,
    image,
    tensors: variables,
  }
  const files = await filesOf(network, order, step)
  const bytes = yield* newFolder(folder, (unfinished) => writeAll(unfinished, files))
  yield { kind: 'done', bytes, files: [...files.keys()] }
}
