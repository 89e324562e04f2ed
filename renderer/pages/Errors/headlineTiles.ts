import type { ErrorsReport } from '../../../core/errors/errorsReport.ts'
import * as m from '../../messages/compiled/messages.js'
import type { Formats } from '../../text/formats.ts'
import type { TermId } from '../../text/terms/terms.ts'

/** A figure beside the accuracy, with its plain explanation. */
export interface HeadlineTile {
  readonly key: 'top' | 'f1' | 'calibration'
  readonly name: string
  readonly term: TermId
  readonly value: string
  readonly about: string
}

/** The top-k accuracy that says most: of five, or of the most there are below. */
function tellingTop({ topK }: Pick<ErrorsReport, 'topK'>): ErrorsReport['topK'][number] | null {
  const beyondFirst = topK.filter(({ k }) => k > 1)
  return beyondFirst.find(({ k }) => k === 5) ?? beyondFirst.at(-1) ?? null
}

/** The figures of the headline. With two classes there is no top-k accuracy. */
export function headlineOf(
  report: Pick<ErrorsReport, 'topK' | 'macro' | 'calibration'>,
  format: Formats,
): HeadlineTile[] {
  const top = tellingTop(report)
  const all = report.topK.map(({ k, accuracy }) => m.headline_top_each({ k, share: format.percent(accuracy) }))
  return [
    ...(top === null
      ? []
      : [
          {
            key: 'top' as const,
            name: m.headline_top({ k: top.k }),
            term: 'top-k' as const,
            value: format.percent(top.accuracy),
            about: m.headline_top_about({ k: top.k, all: all.join(' · ') }),
          },
        ]),
    {
      key: 'f1',
      name: m.headline_f1(),
      term: 'f1',
      value: format.decimal(report.macro.f1, 3),
      about: m.headline_f1_about(),
    },
    {
      key: 'calibration',
      name: m.headline_calibration(),
      term: 'calibration',
      value: format.percent(report.calibration.error),
      about: m.headline_calibration_about({ error: format.percent(report.calibration.error) }),
    },
  ]
}
