import { bundles } from '../../setup/bundles.mjs'
import { thisPlace } from '../../setup/place.mjs'
import { reportOn } from '../../setup/report.mjs'
import { prepare } from '../../setup/steps.mjs'
import { resultsVariable } from '../../setup/wineTests/reporter.mjs'

/** Bundles the programs before the tests that start them, where a source has changed since. */
export async function setup(): Promise<void> {
  // Linux has bundled them for the clone of Windows, whose paths and times would look like a change.
  if (process.env[resultsVariable] !== undefined) return
  await prepare(thisPlace(reportOn(process.stderr)), [bundles])
}
