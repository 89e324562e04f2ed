// One set-up at a time. Any death of the holder frees the lock, and no moment exists in which two hold it:
//
// A lock is a folder with numbered claims. The highest number is in force; it holds the lock while one of its processes
// lives. A claim is made by linking a finished file to the next number, which fails when somebody was faster. Numbers
// are never used twice while a higher one exists, so removing old claims cannot remove anyone's lock.
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { codeOf } from './problem.mjs'
import { runningChildren, whenChildrenChange } from './run.mjs'

/** Between two looks at a lock that somebody else holds, in milliseconds. */
const lookAgainAfter = 200

/**
 * What tells a process from a later one with the same number: its start, where the system says it (Linux, in clock
 * ticks since boot).
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name before the last parenthesis may hold anything; the state and the start are the 1st and 20th field after
    // it.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; only its parent has not looked yet.
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '')
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ESRCH') return ''
    throw thrown
  }
}

/**
 * @param {string} holder  `pid start`
 */
function lives(holder) {
  const [pid = '', start = ''] = holder.split(' ')
  try {
    process.kill(Number(pid), 0)
  } catch (thrown) {
    if (codeOf(thrown) === 'ESRCH') return false
    // EPERM: it lives and belongs to somebody else.
    if (codeOf(thrown) !== 'EPERM') throw thrown
  }
  return start === startOf(Number(pid))
}

/** @param {readonly number[]} pids */
function claimOf(pids) {
  return pids.map((pid) => `${pid} ${startOf(pid)}\n`).join('')
}

/**
 * The number in force, 0 when there is none.
 * @param {string} folder
 */
function newestClaim(folder) {
  return Math.max(0, ...readdirSync(folder).map(Number).filter(Number.isInteger))
}

/**
 * @param {string} folder
 * @param {number} number
 */
function isHeld(folder, number) {
  try {
    return readFileSync(path.join(folder, String(number)), 'utf8')
      .split('\n')
      .some((holder) => holder !== '' && lives(holder))
  } catch (thrown) {
    // Removed between listing and reading, because a newer claim exists: look again.
    if (codeOf(thrown) === 'ENOENT') return number !== 0
    throw thrown
  }
}

/**
 * Writes a claim whole: to a name of its own, then linked (only if the number is free) or renamed over the old one.
 * @param {string} folder
 * @param {number} number
 * @param {readonly number[]} pids
 * @param {(from: string, to: string) => void} place
 */
function writeClaim(folder, number, pids, place) {
  const temporary = path.join(folder, `.writing-${randomBytes(6).toString('hex')}`)
  writeFileSync(temporary, claimOf(pids))
  try {
    place(temporary, path.join(folder, String(number)))
  } finally {
    rmSync(temporary, { force: true })
  }
}

/**
 * Tries once.
 * @param {string} folder
 * @returns {number | null} the number of the claim, null when somebody else holds the lock
 */
function tryToClaim(folder) {
  const newest = newestClaim(folder)
  if (isHeld(folder, newest)) return null
  const mine = newest + 1
  try {
    writeClaim(folder, mine, [process.pid], linkSync)
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return null
    throw thrown
  }
  // Whoever was held up between looking and linking may have claimed a number that was given up long ago.
  if (newestClaim(folder) !== mine) {
    rmSync(path.join(folder, String(mine)))
    return null
  }
  for (const name of readdirSync(folder)) {
    const isOlder = Number.isInteger(Number(name)) && Number(name) < mine
    if (isOlder) rmSync(path.join(folder, name), { force: true })
  }
  return mine
}

/**
 * Does the work while holding the lock, waiting for it first. Programs that the work starts hold it too: if this
 * process is killed, a next set-up waits until they have ended.
 * @template Result
 * @param {import('./place.mjs').Place} place
 * @param {string} folder  the lock's own folder
 * @param {string} what  what is locked, for the person who waits
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withLock(place, folder, what, work) {
  mkdirSync(folder, { recursive: true })
  let claim = tryToClaim(folder)
  if (claim === null) place.report.say(`Another set-up of Conv Lab is at work in ${what}; waiting for it to finish.`)
  while (claim === null) {
    await pause(lookAgainAfter)
    claim = tryToClaim(folder)
  }
  const number = claim
  const stopFollowing = whenChildrenChange(() =>
    writeClaim(folder, number, [process.pid, ...runningChildren()], renameSync),
  )
  try {
    return await work()
  } finally {
    stopFollowing()
    // Emptied, not removed: the highest number must stay.
    writeClaim(folder, number, [], renameSync)
  }
}
