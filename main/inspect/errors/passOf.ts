import { unpackPass, type TestPass } from '../../../core/errors/testPass.ts'
import type { PassProgress } from '../../../core/inspect/passProgress.ts'
import { classesOf } from '../../../core/network/geometry.ts'
import { refuse } from '../../../core/words/problems.ts'
import { bytesIn } from '../../engine/shared/base64.ts'
import { dataFolderFor } from '../../training/runData.ts'
import type { FoundSubject, Inspection } from '../inspection.ts'

/**
 * The pass of a checkpoint over the run's test set: the stored one, or computed with progress and then stored. A stored
 * one needs neither the data set nor the checkpoint's file.
 * @param signal Ends it; then null is returned.
 * @throws LabError `answers-not-finite`, `own-set-removed`, `dataset-missing` or `dataset-changed`, or as the engine
 *   does.
 */
export async function* passOf(
  { datasets, engine, passes, log }: Inspection,
  { run, config, checkpoint, order }: FoundSubject,
  signal?: AbortSignal,
): AsyncGenerator<PassProgress, TestPass | null> {
  const known = await passes.known(checkpoint.sha256)
  if (known !== null) return known
  const asked = { ...order, dataFolder: dataFolderFor(datasets, config) }
  for await (const part of engine.askParts((inspect) => inspect.testPass(asked, { signal }))) {
    if (part.kind === 'progress') {
      yield part
      continue
    }
    if (part.kind === 'not-finite') return refuse('answers-not-finite', { run, step: checkpoint.step })
    const pass = unpackPass(bytesIn(part.pass), classesOf(config.model))
    if (pass === null) throw new Error('the engine gave a pass that is cut short')
    // The pass is known without its file, which a full disk must not hide.
    await passes.keep(checkpoint.sha256, pass).catch((thrown: unknown) => log.add('storing a test pass', thrown))
    return pass
  }
  return null
}

/** The same without progress. @throws as `passOf` does. */
export async function wholePass(inspection: Inspection, subject: FoundSubject): Promise<TestPass> {
  const parts = passOf(inspection, subject)
  for (;;) {
    const part = await parts.next()
    if (part.done !== true) continue
    if (part.value === null) throw new Error('the pass ended without an answer')
    return part.value
  }
}
