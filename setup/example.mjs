// npm run example: trains the example that comes with Conv Lab anew (resources/example).
import path from 'node:path'
import { command } from './command.mjs'
import { launch } from './launch.mjs'
import { node24 } from './node24.mjs'
import { forEverything } from './prepare.mjs'
import { prepare } from './steps.mjs'

await command(async (place) => {
  await prepare(place, forEverything)
  return async () => {
    const end = await launch(node24(place), [path.join(place.root, 'bench', 'example', 'recordExample.ts')], {
      cwd: place.root,
    })
    return end.code
  }
})
