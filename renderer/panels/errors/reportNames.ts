import type { DatasetEntry } from '../../../core/data/dataset.ts'
import type { ErrorsReport } from '../../../core/errors/errorsReport.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import type { Language } from '../../../core/words/language.ts'
import { classNamer } from '../../state/lookedClasses.ts'
import { readableName } from '../../text/classNames.ts'

/** Names the classes of a report or of a comparison. Those of a set that was removed keep the English names that it has. */
export function namerOf(
  { classes }: Pick<ErrorsReport, 'classes'>,
  datasets: readonly DatasetEntry[],
  config: RunConfig,
  language: Language,
): (label: number) => string {
  const known = datasets.some(({ id }) => id === config.data.dataset)
  return known ? classNamer(datasets, config, language) : (label) => readableName(classes[label] ?? String(label))
}
