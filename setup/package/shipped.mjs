// Which files of the installed packages run. The others are left out of a packed program.

/** @typedef {import('./targets.mjs').Target} Target */

/**
 * Packages of types, the one with Node, which has its own folder, Electron, which no archive has, and what old browsers
 * need in place of their own.
 */
const notOfTheProgram =
  /^(?:@types|@webgpu|undici-types|node-(?:linux|win|darwin)-[^/]+|electron|core-js|regenerator-runtime)\//

/** Folders that hold sources of compiled parts. */
const sources =
  /^(?:better-sqlite3\/(?:deps|src)|@tensorflow\/tfjs-node\/(?:binding|python|scripts|src|deps|lib)|@tensorflow\/[^/]+\/src)\//

/** TensorFlow.js for browsers: Node loads the file *.node.js of each of these packages. */
const tfjsForBrowsers =
  /^@tensorflow\/tfjs(?:-core|-layers|-converter|-data|-backend-cpu|-backend-webgl)?\/dist\/.*(?<!\.node)\.(?:[cm]?js|ts)$/

/** Maps to sources, types, tests, what bundlers left and files that keep a folder, which nothing reads at run time. */
const forDevelopers =
  /\/\.gitkeep$|\.(?:map|d\.[cm]?ts|tsbuildinfo)$|\.js\.html$|\/\.rollup\.cache\/|^@tensorflow\/.*_test\.js$/

/**
 * Whether a file belongs into a packed program.
 * @param {string} fromPackages  its path from node_modules, with slashes
 * @param {Target} target
 */
export function isShipped(fromPackages, target) {
  // Packages may have packages of their own; the innermost one decides.
  const file = fromPackages.split('/node_modules/').at(-1) ?? fromPackages
  if (notOfTheProgram.test(file) || sources.test(file) || forDevelopers.test(file) || tfjsForBrowsers.test(file))
    return false
  const compiled = /^(@img\/sharp-[^/]+)\//.exec(file)
  if (compiled !== null) return target.compiledPackages.includes(compiled[1])
  const prebuilt = /^better-sqlite3\/prebuilds\/(.*)\.node$/.exec(file)
  return prebuilt === null || prebuilt[1] === `${target.platform}-${target.architecture}`
}
