import { type Finding, weightOf } from '../../core/compare/findings.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'

const parts: Record<Extract<Finding, { kind: 'test-images' }>['parts'][number], () => string> = {
  dataset: m.fair_part_dataset,
  form: m.fair_part_form,
  classes: m.fair_part_classes,
  split: m.fair_part_split,
  files: m.fair_part_files,
}

const engineFields: Record<Extract<Finding, { kind: 'engines' }>['fields'][number], () => string> = {
  tensorflow: m.fair_engine_tensorflow,
  binding: m.fair_engine_binding,
  node: m.fair_engine_node,
  processor: m.fair_engine_processor,
  threads: m.fair_engine_threads,
  graphVersion: m.fair_engine_graph,
}

/** A finding in a few words. */
function clause(finding: Finding, format: Formats): string {
  switch (finding.kind) {
    case 'choices':
      return m.fair_choices({ count: finding.paths.length, text: format.whole(finding.paths.length) })
    case 'images':
      return m.fair_images()
    case 'beginnings':
      return m.fair_beginnings()
    case 'flips':
      return m.fair_flips()
    case 'test-images':
      return m.fair_test_images()
    case 'chosen-on-test':
      return m.fair_on_test()
    case 'evaluations':
      return m.fair_evaluations()
    case 'engines':
      return m.fair_engines()
  }
}

/** All findings in one line. */
export function fairnessLine(findings: readonly Finding[], format: Formats): string {
  if (findings.length === 0) return m.fair_yes()
  const what = findings.map((finding) => clause(finding, format)).join('; ')
  return findings.some((finding) => weightOf(finding) === 'unfair') ? m.fair_no({ what }) : m.fair_care({ what })
}

/** What the sentences need to know of the runs. */
export interface NamedFindings {
  /** The names of the runs, in the order in which the finding lists its values. */
  readonly names: readonly string[]
  readonly nameOf: (run: number) => string
  /** What a choice is called. */
  readonly choiceName: (path: string) => string
}

/** A finding in whole sentences. */
export function findingText(finding: Finding, { names, nameOf, choiceName }: NamedFindings, format: Formats): string {
  const ofEach = (values: readonly string[]): string =>
    values.map((value, place) => m.fair_of_run({ run: names[place], value })).join('; ')
  switch (finding.kind) {
    case 'choices':
      return m.fair_choices_long({ what: finding.paths.map(choiceName).join('; ') })
    case 'images':
      return m.fair_images_long({ what: ofEach(finding.images.map(format.whole)) })
    case 'beginnings': {
      const what = [
        ...finding.branches.map(({ run, parent, step }) =>
          m.fair_beginning({ run: nameOf(run), parent: nameOf(parent), step: format.whole(step) }),
        ),
        ...finding.imported.map((run) => m.fair_imported({ run: nameOf(run) })),
      ]
      return m.fair_beginnings_long({ what: what.join('; ') })
    }
    case 'flips':
      return m.fair_flips_long({ what: names.filter((_, place) => finding.flips[place]).join('; ') })
    case 'test-images':
      return m.fair_test_images_long({ what: finding.parts.map((part) => parts[part]()).join('; ') })
    case 'chosen-on-test':
      return m.fair_on_test_long({ what: finding.runs.map(nameOf).join('; ') })
    case 'evaluations':
      return m.fair_evaluations_long({ what: ofEach(finding.every.map(format.whole)) })
    case 'engines': {
      const what = format.list(finding.fields.map((field) => engineFields[field]()))
      const changed = finding.changed.map(({ run, from }) =>
        m.fair_engine_changed({ run: nameOf(run), step: format.whole(from) }),
      )
      return [m.fair_engines_long({ what }), ...changed].join(' ')
    }
  }
}
