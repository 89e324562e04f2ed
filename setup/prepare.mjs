// The steps that each command needs, in order.
import { binding } from './binding/step.mjs'
import { bundles } from './bundles.mjs'
import { messages } from './messages.mjs'
import { nodeStep } from './node24.mjs'
import { packages } from './packages.mjs'
import { sqlite } from './sqlite.mjs'
import { system } from './system.mjs'
import { tensorflow } from './tensorflow/step.mjs'
import { window } from './window.mjs'

/** What training and the history need. */
const foundation = [system, packages, nodeStep, sqlite, tensorflow, binding]

/** For the command line: no window. */
export const forCommandLine = [...foundation, bundles]

/** For a lab whose window is served from its sources. */
export const forLab = [...foundation, messages, bundles]

/** For the app and the tests: everything. */
export const forEverything = [...foundation, messages, bundles, window]

/** For a build: the programs and the window alone. */
export const forBuild = [system, packages, nodeStep, messages, bundles, window]
