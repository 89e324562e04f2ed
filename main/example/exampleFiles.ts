import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type ExampleKey, RecordedExample } from '../../core/example/recordedRun.ts'
import { refuse } from '../../core/words/problems.ts'

/**
 * The folder of the example as it comes with the program. It is two folders above this file, both in the sources
 * (`main/example/`) and in a bundle (`dist/main/`).
 */
export const exampleFolder = path.resolve(import.meta.dirname, '..', '..', 'resources', 'example')

/** The example's runs, without their checkpoints. */
export const recordedFile = 'runs.json'

/** The folder of a run's checkpoint files within the example's. */
export function recordedCheckpoints(folder: string, key: ExampleKey): string {
  return path.join(folder, key)
}

/**
 * Reads the example's runs.
 * @throws LabError `example-damaged`.
 */
export async function readExample(folder = exampleFolder): Promise<RecordedExample> {
  const file = path.join(folder, recordedFile)
  try {
    return RecordedExample.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (thrown) {
    return refuse('example-damaged', { file }, { cause: thrown })
  }
}
