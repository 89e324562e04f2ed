import type { ErrorsReport } from '../../core/errors/errorsReport.ts'

/** Reports that stay in the window. */
const kept = 12

/** By the sha256 of the checkpoint, those unused for longest first. */
const known = new Map<string, ErrorsReport>()

export function keepReport(report: ErrorsReport): void {
  known.delete(report.sha256)
  known.set(report.sha256, report)
  for (const oldest of known.keys()) {
    if (known.size <= kept) break
    known.delete(oldest)
  }
}

/** The report of a checkpoint, if it is still here. */
export function knownReport(sha256: string): ErrorsReport | null {
  const report = known.get(sha256) ?? null
  if (report !== null) keepReport(report)
  return report
}
