import { ownLabels } from '../../core/data/dataChoice.ts'
import type { DatasetCard } from '../../core/data/dataset.ts'
import type { Language } from '../../core/words/language.ts'
import { symbolText } from '../../core/data/symbolText.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'

/** The kind of names that a set's labels have. */
export interface NamedLabels {
  readonly classes: readonly string[]
  readonly classesRu: readonly string[]
}

/** A class name of a set's files as people read it: with spaces for underscores. Files and tables keep the name. */
export function readableName(name: string): string {
  return name.replace(/_+/g, ' ').trim() || name
}

/** The name of a class in this language, as people read it; a symbol is shown as itself. */
export function className(
  { notation }: Pick<DatasetCard, 'notation'>,
  { classes, classesRu }: NamedLabels,
  label: number,
  language: Language,
): string {
  const name = (language === 'ru' ? classesRu[label] : classes[label]) ?? classes[label] ?? String(label)
  return notation === 'latex' ? symbolText(name) : readableName(name)
}

/** The LaTeX of a symbol, shown beside it; null for words, or if the LaTeX is the symbol itself. */
export function classSource(
  { notation }: Pick<DatasetCard, 'notation'>,
  { classes }: NamedLabels,
  label: number,
): string | null {
  const latex = classes[label] ?? ''
  return notation === 'latex' && symbolText(latex) !== latex ? latex : null
}

/** A count of labels in the terms of their labelling, for example "20 superclasses". */
export function labelsCount(labels: string, count: number, format: Formats): string {
  const said = { count, text: format.whole(count) }
  if (labels === 'superclasses') return m.superclasses_count(said)
  if (labels === 'categories') return m.categories_count(said)
  if (labels === 'objects') return m.objects_count(said)
  return labels === ownLabels ? m.classes_count(said) : `${said.text} ${labels}`
}
