import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { phrase, type Phrase } from '../../core/words/phrases.ts'
import { LabError, problem, refuse, type Problem } from '../../core/words/problems.ts'
import type { Checkpoint, RunSummary } from '../../core/run/run.ts'
import { isOfAnotherRun } from '../engine/checkpoint/checkpointFile.ts'
import { whyUnread } from '../files/whyUnread.ts'

/**
 * Reads a checkpoint file and compares its hash, so that nothing is discarded for a file that a run cannot continue
 * from.
 * @param configSha256 Of the run's configuration.
 * @returns the path of the file and its hash.
 * @throws LabError `checkpoint-damaged`, or `checkpoint-foreign` when the file belongs to a run with another
 *   configuration.
 */
export async function verifiedCheckpoint(
  folder: string,
  checkpoint: Checkpoint,
  configSha256: string,
): Promise<{ path: string; sha256: string }> {
  const file = path.join(folder, checkpoint.file)
  const damaged = (detail: Phrase, cause?: unknown): never => refuse('checkpoint-damaged', { file, detail }, { cause })
  const bytes = await readFile(file).catch((thrown: unknown) => damaged(whyUnread(thrown), thrown))
  if (createHash('sha256').update(bytes).digest('hex') !== checkpoint.sha256) {
    if (isOfAnotherRun(bytes, configSha256)) refuse('checkpoint-foreign', { file })
    damaged(phrase('file-changed', {}))
  }
  return { path: file, sha256: checkpoint.sha256 }
}

/** Where a run can continue: its newest checkpoint with an intact file. */
export interface PointToContinue {
  readonly step: number
  /** Null when the run begins anew, for which its seed is enough. */
  readonly from: { readonly path: string; readonly sha256: string } | null
  /** Names the newer checkpoints that were passed over; null if there are none. */
  readonly passedOver: Problem | null
}

/** Largest number of file names to list. */
const mostNames = 3

function namesOf(files: readonly string[]): string {
  return files.length > mostNames ? `${files.slice(0, mostNames).join(', ')}, …` : files.join(', ')
}

/**
 * Searches from the newest checkpoint on; in nearly every case it is that one.
 * @param checkpoints All that the run has written, by ascending step.
 * @throws LabError `checkpoints-lost` when the run is past its start and no checkpoint is intact. Beginning anew would
 *   discard its curves.
 */
export async function pointToContinue(
  { id: run, configSha256 }: Pick<RunSummary, 'id' | 'configSha256'>,
  folder: string,
  checkpoints: readonly Checkpoint[],
): Promise<PointToContinue> {
  const damaged: string[] = []
  const point = (step: number, from: PointToContinue['from']): PointToContinue => ({
    step,
    from,
    passedOver: damaged.length === 0 ? null : problem('checkpoint-passed-over', { run, step, files: namesOf(damaged) }),
  })
  for (const checkpoint of checkpoints.toReversed()) {
    try {
      return point(checkpoint.step, await verifiedCheckpoint(folder, checkpoint, configSha256))
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown
      damaged.push(checkpoint.file)
    }
  }
  if (checkpoints.some(({ step }) => step > 0)) refuse('checkpoints-lost', { run, files: namesOf(damaged) })
  return point(0, null)
}
