// npm run package: sets everything up, then electron-builder makes an installable app for this system.
import path from 'node:path'
import { command } from './command.mjs'
import { launch } from './launch.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { forEverything } from './prepare.mjs'
import { prepare } from './steps.mjs'
import { findLibrary } from './tensorflow/library.mjs'

await command(async (place) => {
  await prepare(place, forEverything)
  // electron-builder accepts folders outside the clone only by relative path.
  const libraries = path.relative(place.root, findLibrary(place)?.folder ?? '')
  const environment = { ...place.environment, CONV_LAB_TENSORFLOW_LIBRARIES: libraries }
  return async () => {
    const end = await launch(
      node24(place),
      [inPackages(place, 'electron-builder', 'cli.js'), '--publish', 'never', ...process.argv.slice(2)],
      { cwd: place.root, environment },
    )
    return end.code
  }
})
