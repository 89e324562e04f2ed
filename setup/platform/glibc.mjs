// The C library of Linux. Compiled parts need at least the version for which they were built. Free of dependencies,
// because the program asks the same when it starts.

/** The lowest version that all compiled parts run with. It is better-sqlite3's; a test computes it from the files. */
export const lowestGlibc = '2.34'

/** Systems that have it, for people; each later one of the same name has it too. */
export const systemsWithGlibc = 'Ubuntu 22.04, Debian 12, Fedora 35'

/**
 * The version of glibc that this process runs on.
 * @returns {string | null} null where there is none: on other systems, and on a Linux with another C library
 */
export function glibcVersion() {
  if (process.platform !== 'linux') return null
  // Otherwise the report asks the network for the names of computers to which a socket is open. Node's types lack it.
  Object.assign(process.report, { excludeNetwork: true })
  /** @type {{ header?: { glibcVersionRuntime?: string } }} */
  const report = process.report.getReport()
  return report.header?.glibcVersionRuntime ?? null
}

/**
 * Whether a version is lower than another one, number by number: 2.9 is lower than 2.34.
 * @param {string} version
 * @param {string} other
 */
export function isLowerVersion(version, other) {
  const [mine, theirs] = [version, other].map((text) => text.split('.').map(Number))
  for (let at = 0; at < Math.max(mine.length, theirs.length); at++) {
    const difference = (mine[at] ?? 0) - (theirs[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
