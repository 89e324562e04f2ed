import { unpackPass, type NamedPass } from '../../../core/errors/testPass.ts'
import type { PassProgress } from '../../../core/inspect/passProgress.ts'
import { classesOf } from '../../../core/network/geometry.ts'
import { refuse } from '../../../core/words/problems.ts'
import { bytesIn } from '../../engine/shared/base64.ts'
import { dataFolderFor } from '../../training/runData.ts'
import { classNamesOf, type FoundSubject, type Inspection } from '../inspection.ts'

/**
 * The pass of a checkpoint over the run's test set: the stored one, or computed with progress and then stored. A stored
 * one needs neither the data set nor the checkpoint's file.
 * @param signal Ends it; then null is returned.
 * @throws LabError `answers-not-finite`, `own-set-removed`, `dataset-missing` or `dataset-changed`, or as the engine
 *   does.
 */
export async function* passOf(
  inspection: Inspection,
  { run, config, checkpoint, order }: FoundSubject,
  signal?: AbortSignal,
): AsyncGenerator<PassProgress, NamedPass | null> {
  const { datasets, engine, passes, log } = inspection
  const known = await passes.known(checkpoint.sha256)
  if (known !== null) return known
  // First, because it says what is wrong with a set that is gone or has become another one.
  const dataFolder = dataFolderFor(datasets, config)
  const names = classNamesOf(inspection, config, classesOf(config.model))
  const asked = { ...order, dataFolder }
  for await (const part of engine.askParts((inspect) => inspect.testPass(asked, { signal }))) {
    if (part.kind === 'progress') {
      yield part
      continue
    }
    if (part.kind === 'not-finite') return refuse('answers-not-finite', { run, step: checkpoint.step })
    const pass = unpackPass(bytesIn(part.pass), names.length)
    if (pass === null) throw new Error('the engine gave a pass that is cut short')
    // The pass is known without its file, which a full disk must not hide.
    const named = { names, pass }
    await passes.keep(checkpoint.sha256, named).catch((thrown: unknown) => log.add('storing a test pass', thrown))
    return named
  }
  return null
}

/** The same without progress. @throws as `passOf` does. */
export async function wholePass(inspection: Inspection, subject: FoundSubject): Promise<NamedPass> {
  const parts = passOf(inspection, subject)
  for (;;) {
    const part = await parts.next()
    if (part.done !== true) continue
    if (part.value === null) throw new Error('the pass ended without an answer')
    return part.value
  }
}
