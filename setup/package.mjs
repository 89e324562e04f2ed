// npm run package: sets everything up, then electron-builder makes an installable app for this system; with --portable
// it makes an archive that is unpacked and started, for this system or another.
import path from 'node:path'
import { command } from './command.mjs'
import { launch, typedIn } from './launch.mjs'
import { node24 } from './node24.mjs'
import { portableOptions } from './package/options.mjs'
import { makePortable } from './package/portable.mjs'
import { inPackages } from './place.mjs'
import { forEverything } from './prepare.mjs'
import { prepare } from './steps.mjs'
import { findLibrary } from './tensorflow/library.mjs'

await command(async (place) => {
  const words = process.argv.slice(2)
  const portable = portableOptions(words)
  await prepare(place, forEverything)
  if (portable !== null) {
    const out = portable.out === null ? null : path.resolve(typedIn(place.root), portable.out)
    await makePortable(place, { ...portable, out })
    return 0
  }
  // electron-builder accepts folders outside the clone only by relative path.
  const libraries = path.relative(place.root, findLibrary(place)?.folder ?? '')
  const environment = { ...place.environment, CONV_LAB_TENSORFLOW_LIBRARIES: libraries }
  return async () => {
    const end = await launch(
      node24(place),
      [inPackages(place, 'electron-builder', 'cli.js'), '--publish', 'never', ...words],
      {
        cwd: place.root,
        environment,
      },
    )
    return end.code
  }
})
