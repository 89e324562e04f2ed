import type { DataChoice, DatasetForm, SplitRule } from '../../core/data/dataChoice.ts'
import type { DatasetCard } from '../../core/data/dataset.ts'
import { chosenClasses, labelsOf, type ViewedEntry } from '../../core/data/datasetView.ts'
import * as m from '../messages/compiled/messages.js'
import { className, labelsCount } from './classNames.ts'
import type { Formats } from './formats.ts'

/** Up to this many classes are listed by name. */
const mostNames = 4

/** The labels that a choice takes, for example "all 10 classes", "cat, dog" or "12 of 100 classes". */
export function classesText(entry: ViewedEntry, choice: DataChoice, format: Formats): string {
  const names = labelsOf(entry, choice.labels)
  const chosen = chosenClasses(entry, choice)
  if (choice.classes === null) return m.choice_all({ labels: labelsCount(choice.labels, chosen.length, format) })
  if (chosen.length <= mostNames)
    return format.list(chosen.map((label) => className(entry, names, label, format.language)))
  return m.choice_some({
    count: format.whole(chosen.length),
    labels: labelsCount(choice.labels, names.classes.length, format),
  })
}

/** The labels that a choice takes, each by name. */
export function classesInFull(entry: ViewedEntry, choice: DataChoice, format: Formats): string {
  const names = labelsOf(entry, choice.labels)
  return format.list(chosenClasses(entry, choice).map((label) => className(entry, names, label, format.language)))
}

/** The images of a form, for example "32 × 32, fitted" or "objects with a margin of 10 %". */
export function formText(
  { side, fit, cut }: DatasetForm,
  { image }: Pick<DatasetCard, 'image'>,
  format: Formats,
): string {
  const { height, width } = side === null ? image : { height: side, width: side }
  const size = `${format.whole(width)} × ${format.whole(height)}`
  const parts = [
    ...(side === null ? [] : [fit === 'crop' ? m.form_crop() : m.form_fit()]),
    ...(cut.kind === 'object'
      ? [m.form_object({ margin: format.percent(cut.margin, 0), least: format.whole(cut.least) })]
      : []),
  ]
  return format.items([size, ...parts])
}

/** Name of a group of images: a session or a fold. Folds are numbered from 1, like those of their publisher. */
export function groupName(unit: 'session' | 'fold', group: number, format: Formats): string {
  return unit === 'session'
    ? m.group_session({ number: format.whole(group) })
    : m.group_fold({ number: format.whole(group) })
}

/** What of a set decides how its split is called. One's own images have no publisher. */
type SplitSet = Pick<DatasetCard, 'split' | 'obtained'>

/** How the images are divided into training and test images. */
export function splitText(split: SplitRule, { split: offer, obtained }: SplitSet, format: Formats): string {
  if (split.kind === 'official') return obtained === 'own' ? m.split_own_short() : m.split_official_short()
  if (split.kind === 'groups') {
    const groups = format.list(split.test.map((group) => format.whole(group)))
    return offer.kind === 'groups' && offer.unit === 'fold'
      ? m.split_folds_short({ count: split.test.length, groups })
      : m.split_sessions_short({ count: split.test.length, groups })
  }
  const { seed, train, test } = split
  if (train === null && test === null) return m.split_drawn_short({ seed: String(seed) })
  const amount = (count: number | null): string => (count === null ? m.split_rest() : format.whole(count))
  return m.split_drawn_numbers({ seed: String(seed), train: amount(train), test: amount(test) })
}

/** The data a run takes from a set, on one line. */
export function choiceText(entry: ViewedEntry, choice: DataChoice, format: Formats): string {
  const perClass = choice.perClass === null ? [] : [m.choice_per_class({ count: format.whole(choice.perClass) })]
  return [
    classesText(entry, choice, format),
    ...perClass,
    formText(choice.form, entry, format),
    splitText(choice.split, entry, format),
  ].join(' · ')
}

/** The split that a set comes with. */
export function splitOfferText({ split: offer, obtained }: SplitSet, format: Formats): string {
  if (offer.kind === 'official') return obtained === 'own' ? m.split_own_long() : m.split_official_long()
  if (offer.kind === 'drawn') return m.split_drawn_long()
  const groups = format.list(offer.test.map((group) => format.whole(group)))
  return offer.unit === 'fold' ? m.split_folds_long({ groups }) : m.split_sessions_long({ groups })
}
