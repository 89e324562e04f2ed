// What set-up tells a person if it cannot continue.

/**
 * A sentence for a person: what is missing or went wrong, and what to do. The only error whose message is meant for
 * people.
 */
export class SetupProblem extends Error {}

/**
 * The sentence for any thrown value. A full disk is recognised wherever it happened.
 * @param {unknown} thrown
 */
export function sentenceFor(thrown) {
  if (thrown instanceof SetupProblem) return thrown.message
  const code = codeOf(thrown)
  if (code === 'ENOSPC' || code === 'EDQUOT') return fullDisk
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `A file could not be written (${messageOf(thrown)}). Check that you own this folder and the cache folder, or name another one in CONV_LAB_CACHE.`
  return `Set-up failed unexpectedly (${messageOf(thrown)}). Run the command again; what was finished is kept.`
}

const fullDisk =
  'The disk is full. Free some space (set-up needs about 3 GB) or name a folder on another disk in CONV_LAB_CACHE, and run the command again; what was finished is kept.'

/**
 * The system's code of an error (ENOENT, ENOSPC, ...), empty if there is none.
 * @param {unknown} thrown
 */
export function codeOf(thrown) {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}

/** @param {unknown} thrown */
function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
