import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Checkpoint } from '../../core/run/run.ts'
import type { Log } from '../files/log.ts'

/**
 * Deletes the files of checkpoints whose rows are gone. Files that cannot be deleted now are deleted when the history
 * is next opened.
 */
export async function deleteCheckpointFiles(
  folder: string,
  checkpoints: readonly Checkpoint[],
  log: Log,
): Promise<void> {
  for (const { file } of checkpoints) {
    await rm(path.join(folder, file), { force: true }).catch((thrown: unknown) =>
      log.add(`deleting the checkpoint file ${file}`, thrown),
    )
  }
}
