import {
  type Cut,
  type DataChoice,
  type DatasetForm,
  ownForm,
  ownLabels,
  type SplitRule,
  usualDraw,
  usualObjectCut,
  usualSide,
} from '../../core/data/dataChoice.ts'
import { labelsOf, usualChoice, usualForm, usualSplit, type ViewedEntry } from '../../core/data/datasetView.ts'
import { phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { classIndices } from './classNames.ts'

/** The form of the images that a person asked for; what is left out is as the data set usually has it. */
export interface FormWishes {
  readonly side: number | undefined
  readonly fit: DatasetForm['fit'] | undefined
  readonly cut: Cut['kind'] | undefined
  readonly margin: number | undefined
  readonly least: number | undefined
}

/** What a person asked that a run take of a data set. */
export interface DataWishes extends FormWishes {
  readonly labels: string | undefined
  readonly classes: readonly string[] | undefined
  readonly perClass: number | undefined
  readonly split: 'official' | 'drawn' | undefined
  readonly splitSeed: number | undefined
  readonly trainImages: number | undefined
  readonly testImages: number | undefined
  readonly testGroups: readonly number[] | undefined
}

function cutFor(card: ViewedEntry, usual: Cut, { cut, margin, least }: FormWishes): Cut {
  const kind = cut ?? (margin !== undefined || least !== undefined ? 'object' : usual.kind)
  if (!card.cuts.includes(kind))
    refuse('setting-unfit', {
      setting: phrase('setting-cut', {}),
      detail: phrase('cut-not-offered', { dataset: card.name, cuts: card.cuts.join(', ') }),
    })
  if (kind === 'whole') return { kind }
  const known = usual.kind === 'object' ? usual : usualObjectCut
  return { kind, margin: margin ?? known.margin, least: least ?? known.least }
}

/**
 * The form that a person asked for.
 * @throws LabError `setting-unfit`.
 */
export function formFor(card: ViewedEntry, wishes: FormWishes): DatasetForm {
  const usual = usualForm(card)
  const cut = cutFor(card, usual.cut, wishes)
  const side = wishes.side ?? usual.side
  // An image in its own size is whole: there is nothing to crop or fit.
  if (side === null && cut.kind === 'whole') return ownForm
  return { side: side ?? usualSide, fit: wishes.fit ?? usual.fit, cut }
}

function splitFor(
  entry: ViewedEntry,
  { split, splitSeed, trainImages, testImages, testGroups }: DataWishes,
): SplitRule {
  if (testGroups !== undefined) return { kind: 'groups', test: [...testGroups] }
  const usual = usualSplit(entry)
  if (split === 'official') return { kind: 'official' }
  const counted = splitSeed !== undefined || trainImages !== undefined || testImages !== undefined
  if (split === undefined && !counted) return usual
  const known = usual.kind === 'drawn' ? usual : usualDraw
  return {
    kind: 'drawn',
    seed: splitSeed ?? known.seed,
    train: trainImages ?? known.train,
    test: testImages ?? known.test,
  }
}

/**
 * The data choice that a person asked for. Class names are the data set's English ones.
 * @throws LabError `class-unknown`, `setting-unfit`, or `bad-input` for labels that the data set does not have.
 */
export function choiceFor(entry: ViewedEntry, wishes: DataWishes): DataChoice {
  const usual = usualChoice(entry)
  const labels = wishes.labels ?? ownLabels
  const { classes: names } = labelsOf(entry, labels)
  const classes = wishes.classes === undefined ? null : classIndices(wishes.classes, names, entry)
  if (classes !== null && classes.length < 2)
    refuse('setting-unfit', { setting: phrase('setting-classes', {}), detail: phrase('classes-too-few', {}) })
  return {
    ...usual,
    form: formFor(entry, wishes),
    labels,
    classes,
    perClass: wishes.perClass ?? null,
    split: splitFor(entry, wishes),
  }
}
