import type { DatasetEntry } from '../../core/data/dataset.ts'
import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import { classesOf } from '../../core/network/geometry.ts'
import { LabError } from '../../core/words/problems.ts'
import type { RunConfig } from '../../core/run/run.ts'

/** The most classes that are listed by name; of more, only the number is given. */
const toldNames = 12

/**
 * The names of the classes that a run tells apart; null if its data set is no longer known, or now has other classes.
 */
export function runClasses({ data, model }: RunConfig, entries: readonly DatasetEntry[]): readonly string[] | null {
  const entry = entries.find(({ id }) => id === data.dataset)
  if (entry === undefined) return null
  try {
    const { classes } = viewOf(entry, choiceOf(data))
    return classes.length === classesOf(model) ? classes : null
  } catch (thrown) {
    // The data set was imported again since, without a class that the choice names.
    if (thrown instanceof LabError) return null
    throw thrown
  }
}

/** The classes of a run in a few words. */
export function classesText(config: RunConfig, entries: readonly DatasetEntry[]): string {
  const classes = runClasses(config, entries)
  return classes === null || classes.length > toldNames ? `${classesOf(config.model)} classes` : classes.join(', ')
}
