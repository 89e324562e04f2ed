// npm run bench: sets up what the app needs, then runs the bench, which sets up its peers itself.
import path from 'node:path'
import { command } from './command.mjs'
import { launch, typedIn } from './launch.mjs'
import { node24 } from './node24.mjs'
import { forEverything } from './prepare.mjs'
import { prepare } from './steps.mjs'

await command(async (place) => {
  await prepare(place, forEverything)
  return async () => {
    const end = await launch(node24(place), [path.join(place.root, 'bench', 'main.ts'), ...process.argv.slice(2)], {
      cwd: typedIn(place.root),
    })
    return end.code
  }
})
