import { refuse } from '../../core/words/problems.ts'
import type { WindowClient } from '../homeSocket/ownerLink.ts'

/**
 * A checkpoint as the address of a picture names it: by its step and the beginning of its file's sha256.
 * @throws LabError `picture-gone` when it went away meanwhile.
 */
export async function checkpointNamed(
  client: WindowClient,
  run: number,
  step: number,
): Promise<{ readonly run: number; readonly step: number; readonly sha256: string }> {
  const { checkpoints } = await client.runs.detail({ run })
  const found = checkpoints.find((one) => one.step === step) ?? refuse('picture-gone', {})
  return { run, step, sha256: found.sha256.slice(0, 12) }
}
