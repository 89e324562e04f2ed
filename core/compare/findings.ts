/** What stands in the way of a fair comparison of runs. */
import { isBranchPoint } from '../run/branchPoint.ts'
import { z } from 'zod'
import { formKey } from '../data/dataChoice.ts'
import { choiceOf } from '../data/datasetView.ts'
import { canonicalJson, type Json } from '../numbers/canonicalJson.ts'
import { differingFields, EngineField, mayDifferFrom, standingStretches } from '../run/engineChange.ts'
import { RunId, type RunDetail } from '../run/run.ts'
import { differingChoices } from './differingChoices.ts'

const count = z.int().min(0)

/** A part of the data choice that decides which images test. */
export const TestPart = z.enum(['dataset', 'form', 'classes', 'split', 'files'])
export type TestPart = z.infer<typeof TestPart>

/** Lists of values are in the order of the runs that were asked about. */
export const Finding = z.discriminatedUnion('kind', [
  /** They differ in more than one choice, so that nothing says which of them made the difference. */
  z.strictObject({ kind: z.literal('choices'), paths: z.array(z.string()) }),
  /** They were trained on different numbers of images: steps times images a step. */
  z.strictObject({ kind: z.literal('images'), images: z.array(count) }),
  /** These runs are branches, and not all of them begin with the same checkpoint as all others. */
  z.strictObject({
    kind: z.literal('beginnings'),
    branches: z.array(z.strictObject({ run: RunId, parent: RunId, step: count })),
    /** These begin with weights from elsewhere. */
    imported: z.array(RunId),
  }),
  /** Some were measured with mirror images too, some without. */
  z.strictObject({ kind: z.literal('flips'), flips: z.array(z.boolean()) }),
  /** They were, or may have been, measured on different images. */
  z.strictObject({ kind: z.literal('test-images'), parts: z.array(TestPart) }),
  /** The best evaluation of these runs was chosen on the test set itself, so it is flattering. */
  z.strictObject({ kind: z.literal('chosen-on-test'), runs: z.array(RunId), all: z.boolean() }),
  /** The best was chosen among evaluations after every so many images: the more there are, the luckier the best. */
  z.strictObject({ kind: z.literal('evaluations'), every: z.array(count) }),
  /**
   * Engines whose bits may differ computed them, which is like another seed. `changed`: runs that were continued by
   * another engine, from this step on.
   */
  z.strictObject({
    kind: z.literal('engines'),
    fields: z.array(EngineField),
    changed: z.array(z.strictObject({ run: RunId, from: count })),
  }),
])
export type Finding = z.infer<typeof Finding>

/** What is looked at of a run. */
export type JudgedRun = Pick<
  RunDetail,
  'id' | 'config' | 'goal' | 'preset' | 'network' | 'step' | 'evaluateEvery' | 'stretches'
>

function allEqual<Value>(values: readonly Value[]): boolean {
  return values.every((value) => value === values[0])
}

function testParts(runs: readonly JudgedRun[]): TestPart[] {
  const same = (of: (run: JudgedRun) => Json): boolean => allEqual(runs.map((run) => canonicalJson(of(run))))
  if (!same(({ config }) => config.data.dataset)) return ['dataset']
  const form = same(({ config }) => formKey(choiceOf(config.data).form))
  const classes = same(({ config: { data } }) => [choiceOf(data).labels, choiceOf(data).classes])
  const split = same(({ config: { data } }) => choiceOf(data).split)
  const files = !form || same(({ config }) => config.data.sha256)
  const parts: Record<Exclude<TestPart, 'dataset'>, boolean> = { form, classes, split, files }
  return TestPart.options.filter((part) => part !== 'dataset' && !parts[part])
}

function engineFinding(runs: readonly JudgedRun[]): Finding[] {
  const engines = runs.flatMap(({ stretches }) => standingStretches(stretches).map(({ engine }) => engine))
  const fields = differingFields(engines)
  const changed = runs.flatMap(({ id, stretches }) => {
    const from = mayDifferFrom(stretches)
    return from === null ? [] : [{ run: id, from }]
  })
  return fields.length === 0 ? [] : [{ kind: 'engines', fields, changed }]
}

/** How much a finding weighs: `unfair` where the results cannot be compared as they stand, `care` where they can. */
export type Weight = 'unfair' | 'care'

export function weightOf(finding: Finding): Weight {
  if (finding.kind === 'chosen-on-test') return finding.all ? 'care' : 'unfair'
  return finding.kind === 'evaluations' || finding.kind === 'engines' ? 'care' : 'unfair'
}

/** All findings about runs side by side, those that weigh more first; none where fewer than two are given. */
export function findingsOf(runs: readonly JudgedRun[]): Finding[] {
  if (runs.length < 2) return []
  const found: Finding[] = []
  const paths = differingChoices(runs)
  if (paths.length > 1) found.push({ kind: 'choices', paths })
  const images = runs.map(({ step, config }) => step * config.batch)
  if (!allEqual(images)) found.push({ kind: 'images', images })
  if (!allEqual(runs.map(({ config }) => config.from?.sha256)))
    found.push({
      kind: 'beginnings',
      branches: runs.flatMap(({ id, config: { from } }) =>
        from === undefined || !isBranchPoint(from) ? [] : [{ run: id, parent: from.run, step: from.step }],
      ),
      imported: runs.flatMap(({ id, config: { from } }) => (from === undefined || isBranchPoint(from) ? [] : [id])),
    })
  const parts = testParts(runs)
  if (parts.length > 0) found.push({ kind: 'test-images', parts })
  const flips = runs.map(({ config }) => config.evaluation.flips)
  if (!allEqual(flips)) found.push({ kind: 'flips', flips })
  const onTest = runs.filter(({ config }) => config.data.validationShare === 0).map(({ id }) => id)
  if (onTest.length > 0) found.push({ kind: 'chosen-on-test', runs: onTest, all: onTest.length === runs.length })
  const every = runs.map(({ evaluateEvery, config }) => evaluateEvery * config.batch)
  if (!allEqual(every)) found.push({ kind: 'evaluations', every })
  found.push(...engineFinding(runs))
  return [...found.filter((one) => weightOf(one) === 'unfair'), ...found.filter((one) => weightOf(one) === 'care')]
}
