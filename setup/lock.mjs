// A lock that lets one set-up run at a time. It is freed however its holder ends, and two processes never hold it at
// once.
//
// A lock is a folder with numbered claims. The claim with the highest number is in force. It holds the lock as long as
// one of its processes lives. A process claims the lock by linking a finished file to the next number, which fails if
// another process was faster. A number is never used again while a higher one exists, so removing old claims cannot
// remove anyone's lock.
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { codeOf } from './problem.mjs'
import { renamePatiently } from './rename.mjs'
import { runningChildren, whenChildrenChange } from './run.mjs'

/** Milliseconds between two checks of a lock that another process holds. */
const lookAgainAfter = 200
/** How often a holder touches its claim, in milliseconds. */
const touchEvery = 5_000
/** A claim that was not touched for so long, in milliseconds, is nobody's where processes cannot be told apart. */
const silentFor = 300_000

/**
 * The start time of a process, in clock ticks since boot, if the system states it (Linux). It tells a process from a
 * later one with the same number.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything. After the last parenthesis, the state is the 1st field and the start
    // the 20th.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; only its parent has not collected it yet.
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '')
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ESRCH') return ''
    throw thrown
  }
}

/**
 * @param {string} holder  `pid start`
 * @param {(pid: number) => string} startOfProcess
 */
function lives(holder, startOfProcess) {
  const [pid = '', start = ''] = holder.split(' ')
  try {
    process.kill(Number(pid), 0)
  } catch (thrown) {
    if (codeOf(thrown) === 'ESRCH') return false
    // EPERM: it lives and belongs to another user.
    if (codeOf(thrown) !== 'EPERM') throw thrown
  }
  return start === startOfProcess(Number(pid))
}

/** @param {readonly number[]} pids */
function claimOf(pids) {
  return pids.map((pid) => `${pid} ${startOf(pid)}\n`).join('')
}

/**
 * The highest number, which is in force; 0 if there is none.
 * @param {string} folder
 */
function newestClaim(folder) {
  return Math.max(0, ...readdirSync(folder).map(Number).filter(Number.isInteger))
}

/**
 * Whether a claim is somebody's. Where the system states no start times (Windows, macOS), a later process may have the
 * number of a killed holder; so there the claim must have been touched lately too.
 * @param {string} folder
 * @param {number} number
 * @param {(pid: number) => string} startOfProcess
 */
export function isHeld(folder, number, startOfProcess = startOf) {
  const claim = path.join(folder, String(number))
  try {
    const isSilent = Date.now() - statSync(claim).mtimeMs > silentFor
    return readFileSync(claim, 'utf8')
      .split('\n')
      .some((holder) => holder !== '' && !(isSilent && holder.endsWith(' ')) && lives(holder, startOfProcess))
  } catch (thrown) {
    // Removed between listing and reading, because a newer claim exists. Try again.
    if (codeOf(thrown) === 'ENOENT') return number !== 0
    throw thrown
  }
}

/**
 * Writes a complete claim: to a temporary name first, then linked (only if the number is free) or renamed over the old
 * one.
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
 * Tries once to take the lock.
 * @param {string} folder
 * @returns {number | null} the number of the claim, null if another process holds the lock
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
  // If this process was delayed between the check and the link, it may have claimed a number that was already given up.
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
 * Waits for the lock and does the work while holding it. Programs that the work starts hold it too: if this process is
 * killed, the next set-up waits until they have ended.
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
    writeClaim(folder, number, [process.pid, ...runningChildren()], renamePatiently),
  )
  const touching = setInterval(() => {
    try {
      utimesSync(path.join(folder, String(number)), new Date(), new Date())
    } catch {
      // A virus scanner may hold the file, or a person may have deleted the folder. From a timer nobody could catch it, and
      // set-up would end for a touch that the next one makes up for.
    }
  }, touchEvery)
  try {
    return await work()
  } finally {
    clearInterval(touching)
    stopFollowing()
    // Emptied instead of removed, because the highest number must stay.
    writeClaim(folder, number, [], renamePatiently)
  }
}
