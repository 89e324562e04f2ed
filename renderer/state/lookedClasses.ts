import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { Language } from '../../core/words/language.ts'
import type { RunConfig } from '../../core/run/run.ts'
import { className } from '../text/classNames.ts'

/**
 * Names the classes of a run in a language.
 * @param datasets What the window knows of the sets. A class of one that is gone is called by its number.
 */
export function classNamer(
  datasets: readonly DatasetEntry[],
  { data }: RunConfig,
  language: Language,
): (label: number) => string {
  const entry = datasets.find(({ id }) => id === data.dataset)
  if (entry === undefined) return String
  const names = viewOf(entry, choiceOf(data))
  return (label) => className(entry, names, label, language)
}
