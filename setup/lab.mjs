// npm run lab: sets up what the command line needs, then runs it.
import { bundleOf } from './bundles.mjs'
import { command } from './command.mjs'
import { launch, typedIn } from './launch.mjs'
import { node24 } from './node24.mjs'
import { forCommandLine } from './prepare.mjs'
import { prepare } from './steps.mjs'

await command(async (place) => {
  await prepare(place, forCommandLine)
  return async () => {
    const end = await launch(
      node24(place),
      ['--enable-source-maps', bundleOf(place, 'cli'), ...process.argv.slice(2)],
      { cwd: typedIn(place.root) },
    )
    return end.code
  }
})
