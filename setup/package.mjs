// npm run package: sets everything up, then electron-builder makes an installable app; with --portable it is an
// archive that is unpacked and started. Both are for this system or another.
import path from 'node:path'
import { command } from './command.mjs'
import { typedIn } from './launch.mjs'
import { installer } from './package/installer.mjs'
import { portableOptions } from './package/options.mjs'
import { makePortable } from './package/portable.mjs'
import { forEverything } from './prepare.mjs'
import { prepare } from './steps.mjs'

await command(async (place) => {
  const words = process.argv.slice(2)
  const portable = portableOptions(words)
  await prepare(place, forEverything)
  if (portable !== null) {
    const out = portable.out === null ? null : path.resolve(typedIn(place.root), portable.out)
    await makePortable(place, { ...portable, out })
    return 0
  }
  return await installer(place, words)
})
