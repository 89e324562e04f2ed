import type { DatasetEntry } from '../../core/dataset.ts'
import { choiceOf, viewOf } from '../../core/datasetView.ts'
import { classesOf } from '../../core/geometry.ts'
import { LabError } from '../../core/problems.ts'
import type { RunConfig } from '../../core/run.ts'

/** Class names that are told one by one; of more only how many they are. */
const toldNames = 12

/**
 * The names of the classes that a run tells apart; null where its set is not known any more, or is now of other
 * classes.
 */
export function runClasses({ data, model }: RunConfig, entries: readonly DatasetEntry[]): readonly string[] | null {
  const entry = entries.find(({ id }) => id === data.dataset)
  if (entry === undefined) return null
  try {
    const { classes } = viewOf(entry, choiceOf(data))
    return classes.length === classesOf(model) ? classes : null
  } catch (thrown) {
    // The choice names a class that the set, taken anew since, has not.
    if (thrown instanceof LabError) return null
    throw thrown
  }
}

/** The classes of a run in a few words. */
export function classesText(config: RunConfig, entries: readonly DatasetEntry[]): string {
  const classes = runClasses(config, entries)
  return classes === null || classes.length > toldNames ? `${classesOf(config.model)} classes` : classes.join(', ')
}
