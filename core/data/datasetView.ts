import {
  ownForm,
  ownLabels,
  pictureForm,
  type DataChoice,
  type DatasetForm,
  formKey,
  usualDraw,
  usualObjectCut,
  type SplitRule,
} from './dataChoice.ts'
import { phrase } from '../words/phrases.ts'
import type { DatasetCard, DatasetEntry, DatasetFacts, DatasetPart, Grouping, PreparedFormEntry } from './dataset.ts'
import { refuse } from '../words/problems.ts'

/** A data set as a run sees it: the card with the image extents, classes and sizes that a choice leaves. */
export type DatasetView = Pick<DatasetCard, 'id' | 'name' | 'image' | 'classes' | 'classesRu' | 'sizes' | 'mirrors'> &
  // Left out: not known.
  Partial<Pick<DatasetFacts, 'pixelStatistics'>>

/** The parts of an entry that determine a view. */
export type ViewedEntry = DatasetCard &
  Pick<DatasetEntry, 'forms' | 'contents'> &
  Partial<Pick<DatasetFacts, 'pixelStatistics'>>

/** The parts of a card that determine which labels its images can have. */
export type LabelledCard = Pick<DatasetCard, 'id' | 'name' | 'classes' | 'classesRu' | 'groupings' | 'background'>

/** The form in which a set is prepared by default. */
export function usualForm(card: Pick<DatasetCard, 'ownSize' | 'cuts'>): DatasetForm {
  if (card.ownSize) return ownForm
  return card.cuts.includes('whole') ? pictureForm : { ...pictureForm, cut: usualObjectCut }
}

/** The form of a set, if it is prepared. */
export function preparedForm(entry: Pick<DatasetEntry, 'forms'>, form: DatasetForm): PreparedFormEntry | null {
  const key = formKey(form)
  return entry.forms.find((one) => formKey(one.form) === key) ?? null
}

/** Image counts by part, as far as known for a form; null before anything of the set is stored. */
function partsOf(entry: ViewedEntry, form: DatasetForm): readonly DatasetPart[] | null {
  return preparedForm(entry, form)?.parts ?? entry.contents?.parts ?? null
}

/** The groups that are present, ascending. */
export function groupsOf(entry: ViewedEntry): number[] {
  const parts = entry.contents?.parts ?? []
  return [...new Set(parts.flatMap(({ group }) => (group === null ? [] : [group])))].sort((one, other) => one - other)
}

/** The default split of a set; for a partial copy, the nearest to it. */
export function usualSplit(entry: ViewedEntry): SplitRule {
  const offer = entry.split
  if (offer.kind === 'official') {
    // A partial copy may lack one side.
    const here =
      entry.contents?.parts.map(({ split, counts }) => ({
        split,
        images: counts.reduce((sum, one) => sum + one, 0),
      })) ?? []
    const lacks =
      here.length > 0 &&
      (['train', 'test'] as const).some((split) => here.every((part) => part.split !== split || part.images === 0))
    return lacks ? usualDraw : { kind: 'official' }
  }
  if (offer.kind === 'drawn') return { kind: 'drawn', seed: 0, train: offer.train, test: offer.test }
  const groups = groupsOf(entry)
  // Nothing is stored yet. (A stored copy may lack the files that state the groups.)
  if (entry.contents === null) return { kind: 'groups', test: [...offer.test] }
  const usual = offer.test.filter((group) => groups.includes(group))
  // A quarter of the groups, at least one, and not all of them.
  const test =
    usual.length > 0 && usual.length < groups.length ? usual : groups.slice(-Math.max(1, Math.floor(groups.length / 4)))
  return groups.length < 2 ? usualDraw : { kind: 'groups', test }
}

/** The default choice of a set. */
export function usualChoice(entry: ViewedEntry): DataChoice {
  return { form: usualForm(entry), labels: ownLabels, classes: null, perClass: null, split: usualSplit(entry) }
}

/** A choice as a run's configuration states it: undefined if all of the set is taken as published, in its own form. */
export function writtenChoice(choice: DataChoice): DataChoice | undefined {
  const plain =
    formKey(choice.form) === formKey(ownForm) &&
    choice.labels === ownLabels &&
    choice.classes === null &&
    choice.perClass === null &&
    choice.split.kind === 'official'
  return plain ? undefined : choice
}

/** The choice of a run's configuration, which is the published set if it states none. */
export function choiceOf(data: { readonly choice?: DataChoice | undefined }): DataChoice {
  return data.choice ?? { form: ownForm, labels: ownLabels, classes: null, perClass: null, split: { kind: 'official' } }
}

/** The names that a choice's labels index, and for each class of the set the index of its name. */
export function labelsOf(
  card: Omit<LabelledCard, 'background'>,
  labels: string,
): Pick<Grouping, 'classes' | 'classesRu' | 'of'> {
  if (labels === ownLabels)
    return { classes: card.classes, classesRu: card.classesRu, of: card.classes.map((_, index) => index) }
  const known = [ownLabels, ...card.groupings.map(({ id }) => id)]
  return (
    card.groupings.find(({ id }) => id === labels) ??
    refuse('bad-input', { detail: phrase('no-such-labels', { dataset: card.name, labels, known: known.join(', ') }) })
  )
}

/** Number of training and test images of one label under a split, before any limit per class. */
export function dividedCounts(
  rule: SplitRule,
  parts: readonly { readonly split: DatasetPart['split']; readonly group: number | null; readonly count: number }[],
): { train: number; test: number } {
  const sum = (of: (part: (typeof parts)[number]) => boolean): number =>
    parts.reduce((total, part) => total + (of(part) ? part.count : 0), 0)
  if (rule.kind === 'official')
    return { train: sum(({ split }) => split === 'train'), test: sum(({ split }) => split === 'test') }
  if (rule.kind === 'groups') {
    const tests = ({ group }: { readonly group: number | null }): boolean => group !== null && rule.test.includes(group)
    return { train: sum((part) => !tests(part)), test: sum(tests) }
  }
  return drawnCounts(
    sum(() => true),
    rule,
  )
}

/** Number of training and test images of one label under a drawn split, by the rule of `SplitRule`. */
export function drawnCounts(
  images: number,
  { train, test }: { readonly train: number | null; readonly test: number | null },
): { train: number; test: number } {
  if (images === 0) return { train: 0, test: 0 }
  const quarter = images === 1 ? 0 : Math.max(1, Math.floor(images / 4))
  if (train === null) {
    const tested = test === null || images <= test ? quarter : test
    return { train: images - tested, test: tested }
  }
  if (images <= train || (test !== null && images < train + test))
    return { train: Math.min(train, images - quarter), test: quarter }
  return { train, test: test ?? images - train }
}

/**
 * Indices, into the labels that a choice names, of those that it takes, ascending.
 * @throws LabError `bad-input` for labels or a class that the set has not.
 */
export function chosenClasses(entry: ViewedEntry, choice: Pick<DataChoice, 'labels' | 'classes' | 'form'>): number[] {
  return classesAmong(entry, choice, partsOf(entry, choice.form))
}

/**
 * As `chosenClasses`, of a form's own parts; null: before anything of the set is here.
 * @throws LabError `bad-input` for labels or a class that the set has not.
 */
export function classesAmong(
  card: LabelledCard,
  { labels, classes }: Pick<DataChoice, 'labels' | 'classes'>,
  parts: readonly DatasetPart[] | null,
): number[] {
  const { classes: names, of } = labelsOf(card, labels)
  const outside = classes?.find((index) => index >= names.length)
  if (outside !== undefined)
    refuse('bad-input', {
      detail: phrase('no-such-class-number', { dataset: card.name, number: outside, classes: names.length }),
    })
  if (classes !== null) return [...classes]
  const taken = (label: number): boolean => {
    const members = of.flatMap((one, index) => (one === label ? [index] : []))
    if (members.length === 1 && members[0] === card.background) return false
    return parts === null || members.some((index) => parts.some(({ counts }) => counts[index] > 0))
  }
  return names.map((_, index) => index).filter(taken)
}

/**
 * Number of training and test images of each label of a choice, in its order; null before anything of the set is
 * stored.
 */
export function chosenCounts(entry: ViewedEntry, choice: DataChoice): { train: number; test: number }[] | null {
  const parts = partsOf(entry, choice.form)
  if (parts === null) return null
  const { of } = labelsOf(entry, choice.labels)
  return chosenClasses(entry, choice).map((label) => {
    const members = of.flatMap((one, index) => (one === label ? [index] : []))
    const counted = parts.map(({ split, group, counts }) => ({
      split,
      group,
      count: members.reduce((sum, index) => sum + counts[index], 0),
    }))
    const { train, test } = dividedCounts(choice.split, counted)
    return { train: Math.min(train, choice.perClass ?? train), test }
  })
}

/**
 * A set as a run sees it under a choice. Before the set is stored, its sizes are those of the card.
 * @throws LabError `bad-input` for labels or a class that the set has not.
 */
export function viewOf(entry: ViewedEntry, choice: DataChoice): DatasetView {
  const { id, name, mirrors, pixelStatistics } = entry
  const { classes, classesRu } = labelsOf(entry, choice.labels)
  const chosen = chosenClasses(entry, choice)
  const counts = chosenCounts(entry, choice)
  const { side } = choice.form
  return {
    id,
    name,
    mirrors,
    ...(pixelStatistics === undefined ? {} : { pixelStatistics }),
    image: side === null ? entry.image : { height: side, width: side, channels: entry.image.channels },
    classes: chosen.map((index) => classes[index]),
    classesRu: chosen.map((index) => classesRu[index]),
    sizes:
      counts === null
        ? entry.sizes
        : {
            train: counts.reduce((sum, { train }) => sum + train, 0),
            test: counts.reduce((sum, { test }) => sum + test, 0),
          },
  }
}
