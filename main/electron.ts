import { parseArgs } from 'node:util'
import { app } from 'electron'
import { startElectron } from './electron/app.ts'
import { forkUtilityEngine } from './electron/utilityEngine.ts'
import { homeFolder } from './files/places.ts'
import { builtPlaces } from './shells/builtPlaces.ts'
import { givenPath } from './files/givenPath.ts'

// Chromium's own switches are among the arguments, so unknown ones are ignored.
const { values } = parseArgs({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  strict: false,
  options: { home: { type: 'string' } },
})

// Not awaited: Electron becomes ready only after this file has run to its end.
startElectron({
  home: typeof values.home === 'string' && values.home !== '' ? givenPath(values.home) : homeFolder(),
  windowFolder: builtPlaces.windowFolder,
  launchEngine: forkUtilityEngine,
  warm: true,
}).catch((thrown: unknown) => {
  process.stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`)
  app.exit(1)
})
