import {
  type DatasetForm,
  type DataChoice,
  dataChoiceRanges,
  ownLabels,
  type SplitRule,
  usualObjectCut,
  usualSide,
} from '../../core/data/dataChoice.ts'
import {
  chosenClasses,
  groupsOf,
  labelsOf,
  usualChoice,
  usualSplit,
  type ViewedEntry,
} from '../../core/data/datasetView.ts'
import { inPercent, isWithin, type Range } from '../../core/numbers/range.ts'

/** The range of each number in the form; the margin is entered in percent. */
export const dataRanges = {
  side: dataChoiceRanges.side,
  perClass: dataChoiceRanges.perClass,
  margin: inPercent(dataChoiceRanges.margin),
  least: dataChoiceRanges.least,
  splitSeed: dataChoiceRanges.splitSeed,
  trainPerClass: dataChoiceRanges.perClass,
  testPerClass: dataChoiceRanges.perClass,
} satisfies Record<string, Range>

export type DataNumber = keyof typeof dataRanges

/** Null for an empty field, NaN for text that is not a number. */
export type DataNumbers = Readonly<Record<DataNumber, number | null>>

/** A person's choice of data from a set. It may still contain invalid values. */
export interface DataForm {
  /** `classes`, or the id of a grouping. */
  readonly labels: string
  /** Indices into the labels, ascending. Null means all labels with images, except a background class. */
  readonly classes: readonly number[] | null
  readonly fit: DatasetForm['fit']
  readonly cut: DatasetForm['cut']['kind']
  readonly split: SplitRule['kind']
  /** The groups used for testing. */
  readonly groups: readonly number[]
  readonly numbers: DataNumbers
}

/** A part of the form that may be invalid. */
export type DataField = DataNumber | 'classes' | 'groups'

/** The form for an existing choice. Parts that the choice leaves open get the set's defaults. */
export function formOfChoice(entry: ViewedEntry, choice: DataChoice): DataForm {
  const { form, split } = choice
  const usual = usualChoice(entry)
  const object = [form.cut, usual.form.cut].find((cut) => cut.kind === 'object')
  const drawn = [split, usual.split].find((rule) => rule.kind === 'drawn')
  const grouped = [split, usual.split].find((rule) => rule.kind === 'groups')
  return {
    labels: choice.labels,
    classes: choice.classes,
    fit: form.fit,
    cut: form.cut.kind,
    split: split.kind,
    groups: grouped?.test ?? groupsOf(entry).slice(-1),
    numbers: {
      side: form.side,
      perClass: choice.perClass,
      margin: (object ?? usualObjectCut).margin * 100,
      least: (object ?? usualObjectCut).least,
      splitSeed: drawn?.seed ?? 0,
      trainPerClass: drawn?.train ?? null,
      testPerClass: drawn?.test ?? null,
    },
  }
}

/**
 * Whether the labels of a form or choice still belong to its set. The set may have been removed and imported again with
 * other labels.
 */
export function stillMeant(
  entry: Pick<ViewedEntry, 'classes' | 'groupings'>,
  { labels, classes }: { readonly labels: string; readonly classes: readonly number[] | null },
): boolean {
  const names = labels === ownLabels ? entry.classes : entry.groupings.find(({ id }) => id === labels)?.classes
  return names !== undefined && (classes ?? []).every((label) => label < names.length)
}

/** Whether a number applies to the current form. */
export function dataApplies(form: DataForm, field: DataNumber): boolean {
  if (field === 'margin' || field === 'least') return form.cut === 'object'
  if (field === 'splitSeed' || field === 'trainPerClass' || field === 'testPerClass') return form.split === 'drawn'
  return true
}

/** Whether a field may be empty. Empty means all images of a class, all remaining ones, or the images' own size. */
export function dataOptional(entry: Pick<ViewedEntry, 'ownSize'>, field: DataNumber): boolean {
  return (
    field === 'perClass' || field === 'trainPerClass' || field === 'testPerClass' || (field === 'side' && entry.ownSize)
  )
}

export function dataFits(entry: Pick<ViewedEntry, 'ownSize'>, form: DataForm, field: DataNumber): boolean {
  const value = form.numbers[field]
  return value === null ? dataOptional(entry, field) : isWithin(dataRanges[field], value)
}

const numberNames = Object.keys(dataRanges) as readonly DataNumber[]

/**
 * Parts that apply but are invalid: fewer than two classes, groups that leave nothing to train on or to test with, a
 * number out of range.
 */
export function unfitData(entry: ViewedEntry, form: DataForm): DataField[] {
  const unfit: DataField[] = numberNames.filter((field) => dataApplies(form, field) && !dataFits(entry, form, field))
  if (chosenLabels(entry, form).length < 2) unfit.push('classes')
  const groups = groupsOf(entry)
  const tests = groups.filter((group) => form.groups.includes(group)).length
  if (form.split === 'groups' && groups.length > 0 && (tests === 0 || tests === groups.length)) unfit.push('groups')
  return unfit
}

function chosenForm(
  { ownSize, image }: Pick<ViewedEntry, 'ownSize' | 'image'>,
  { fit, cut, numbers }: DataForm,
): DatasetForm {
  const { margin, least } = numbers
  // Images that already have this size are not resized.
  const side = ownSize && numbers.side === image.height && numbers.side === image.width ? null : numbers.side
  return {
    side,
    fit: side === null ? 'crop' : fit,
    cut: cut === 'whole' ? { kind: 'whole' } : { kind: 'object', margin: (margin ?? 0) / 100, least: least ?? 1 },
  }
}

function chosenSplit({ split, groups, numbers }: DataForm): SplitRule {
  if (split === 'official') return { kind: 'official' }
  if (split === 'groups') return { kind: 'groups', test: [...groups] }
  return { kind: 'drawn', seed: numbers.splitSeed ?? 0, train: numbers.trainPerClass, test: numbers.testPerClass }
}

/** The choice of a form whose parts are all valid. */
export function choiceOfForm(entry: Pick<ViewedEntry, 'ownSize' | 'image'>, form: DataForm): DataChoice {
  return {
    form: chosenForm(entry, form),
    labels: form.labels,
    classes: form.classes === null ? null : [...form.classes],
    perClass: form.numbers.perClass,
    split: chosenSplit(form),
  }
}

/** The labels that the form takes, ascending; there may be fewer than two. */
export function chosenLabels(entry: ViewedEntry, form: DataForm): number[] {
  return form.classes === null
    ? chosenClasses(entry, { labels: form.labels, classes: null, form: chosenForm(entry, form) })
    : [...form.classes]
}

/**
 * The form with these labels. The default labels are stored as null, so that the choice grows when more of the set
 * arrives.
 */
export function withClasses(entry: ViewedEntry, form: DataForm, labels: Iterable<number>): DataForm {
  const ascending = [...new Set(labels)].sort((one, other) => one - other)
  const usual = chosenLabels(entry, { ...form, classes: null })
  const isUsual = ascending.length === usual.length && ascending.every((label, place) => label === usual[place])
  return { ...form, classes: isUsual ? null : ascending }
}

/** The form with one label added or removed. */
export function withClass(entry: ViewedEntry, form: DataForm, label: number, taken: boolean): DataForm {
  const others = chosenLabels(entry, form).filter((one) => one !== label)
  return withClasses(entry, form, taken ? [...others, label] : others)
}

/** The form with the default labels inverted. A background class is neither added nor kept. */
export function withInverted(entry: ViewedEntry, form: DataForm): DataForm {
  const taken = new Set(chosenLabels(entry, form))
  const usual = chosenLabels(entry, { ...form, classes: null })
  return withClasses(
    entry,
    form,
    usual.filter((label) => !taken.has(label)),
  )
}

/**
 * The form with the labels of a grouping, or with the set's own classes. The chosen labels are reset, because they mean
 * nothing under another labelling.
 */
export function withLabels(form: DataForm, labels: string): DataForm {
  return labels === form.labels ? form : { ...form, labels, classes: null }
}

export function withNumber(form: DataForm, field: DataNumber, value: number | null): DataForm {
  return { ...form, numbers: { ...form.numbers, [field]: value } }
}

/** The form with one group added to the test groups, or removed from them. */
export function withGroup(form: DataForm, group: number, tests: boolean): DataForm {
  const others = form.groups.filter((one) => one !== group)
  return { ...form, groups: (tests ? [...others, group] : others).sort((one, other) => one - other) }
}

/** The split rules available for the images on this computer. A random split is always possible. */
export function splitsOf(entry: ViewedEntry): SplitRule['kind'][] {
  const usual = usualSplit(entry).kind
  return usual === 'drawn' ? ['drawn'] : [usual, 'drawn']
}

/** A choice of all labels of one labelling in a form, for browsing: no image is left out. */
export function everything(entry: ViewedEntry, choice: Pick<DataChoice, 'form' | 'labels' | 'split'>): DataChoice {
  return { ...choice, classes: labelsOf(entry, choice.labels).classes.map((_, label) => label), perClass: null }
}

/** Sides offered as buttons, in pixels. Any other side in the range can be typed. */
export const offeredSides: readonly number[] = [usualSide, 48, 64, 96, 128]
