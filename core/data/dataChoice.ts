import { z } from 'zod'
import { saying } from '../words/issuePhrase.ts'
import { phrase } from '../words/phrases.ts'
import { limitsOf, type Range } from '../numbers/range.ts'
import { Seed } from '../run/seed.ts'

/** The default side to which pictures of any size are resized, in pixels. */
export const usualSide = 32

const ObjectCut = z.strictObject({
  kind: z.literal('object'),
  margin: z.number().min(0).max(0.5),
  least: z.int().min(1).max(512),
})

/**
 * The part of a picture that becomes an image. `whole`: all of it. `object`: the annotated box of an object, with a
 * `margin` at each side (a share of the box's height and width). Objects whose box has a side shorter than `least`
 * pixels are left out.
 */
export const Cut = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('whole') }), ObjectCut])
export type Cut = z.infer<typeof Cut>

/**
 * A form in which a set's images are prepared, all with the same height and width. Each form has its own pixels, so it
 * is prepared once and has its own identity.
 *
 * `side` null: unresized, for sets whose images all have one size. Otherwise `side` x `side` pixels: `crop` takes the
 * largest centred square of the cut, `fit` the whole cut padded with black. Both are resampled by Lanczos's kernel with
 * three lobes.
 */
export const DatasetForm = z.strictObject({
  side: z.int().min(24).max(128).nullable(),
  fit: z.enum(['crop', 'fit']),
  cut: Cut,
})
export type DatasetForm = z.infer<typeof DatasetForm>

/** Images unresized, as the set has them. */
export const ownForm: DatasetForm = { side: null, fit: 'crop', cut: { kind: 'whole' } }

/** The usual form of pictures of any size. */
export const pictureForm: DatasetForm = { side: usualSide, fit: 'crop', cut: { kind: 'whole' } }

/** How objects are cut out of pictures where nobody chose otherwise. */
export const usualObjectCut: Extract<Cut, { kind: 'object' }> = { kind: 'object', margin: 0.1, least: 24 }

/**
 * A form's name, used for its folder and in the addresses of its images. `own`, `32-crop`,
 * `64-fit-object-0.1-24`.
 */
export function formKey({ side, fit, cut }: DatasetForm): string {
  const object = cut.kind === 'object' ? `-object-${cut.margin}-${cut.least}` : ''
  return `${side === null ? 'own' : `${side}-${fit}`}${object}`
}

const PerClass = z.int().min(1).max(1_000_000)

const GroupNumber = z.int().min(0).max(65_535)

const DrawnSplit = z.strictObject({
  kind: z.literal('drawn'),
  seed: Seed,
  train: PerClass.nullable(),
  test: PerClass.nullable(),
})

/**
 * Which images are training images and which are test images.
 *
 * `official`: as the set's publisher says. `drawn`: of each class `train` images train and `test` others test, drawn by
 * `seed`; null: all the others. A class too small for both gives a quarter of its images, at least one, to the test.
 * `groups`: the images of these groups (sessions, folds) test, all others train, so that what belongs together is never
 * on both sides.
 */
export const SplitRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('official') }),
  DrawnSplit,
  z.strictObject({ kind: z.literal('groups'), test: z.array(GroupNumber).min(1).max(1000) }),
])
export type SplitRule = z.infer<typeof SplitRule>

/** A draw for which nobody said more: of each class a quarter tests. */
export const usualDraw: Extract<SplitRule, { kind: 'drawn' }> = { kind: 'drawn', seed: 0, train: null, test: null }

/** The name of a set's own classes as labels, beside the ids of its groupings. */
export const ownLabels = 'classes'

/**
 * The part of a data set that a run uses. It stands in the RunConfig unless it is the whole set as published
 * (`writtenChoice`).
 */
export const DataChoice = z.strictObject({
  form: DatasetForm,
  /** `classes`, or the id of one of the card's groupings. */
  labels: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /**
   * Indices into those labels, ascending, each once; their places are the labels that the network learns. Null: all
   * that have images, without a background class.
   */
  classes: z
    .array(z.int().min(0).max(65_535))
    .min(2)
    .max(10_000)
    .refine(
      (classes) => classes.every((one, place) => place === 0 || one > classes[place - 1]),
      saying(phrase('not-ascending', {})),
    )
    .nullable(),
  /** At most so many training images of each label, the first by a draw with the split's seed or 0; null: all. */
  perClass: PerClass.nullable(),
  split: SplitRule,
})
export type DataChoice = z.infer<typeof DataChoice>

/** What a person may enter of a choice, by the limits of its schemas. */
export const dataChoiceRanges = {
  side: limitsOf(DatasetForm.shape.side),
  margin: limitsOf(ObjectCut.shape.margin),
  least: limitsOf(ObjectCut.shape.least),
  perClass: limitsOf(DataChoice.shape.perClass),
  splitSeed: limitsOf(DrawnSplit.shape.seed),
  group: limitsOf(GroupNumber),
} satisfies Record<string, Range>
