import { refused } from './checks.ts'
import type { Started } from './started.ts'
import { trainWords } from './training.ts'

/** Bytes of a disk on which not even a history has room, and of one on which no checkpoint has. */
const noHistory = 65_536
const noCheckpoint = 2_000_000

/** Starts the window or the command line with the person's folder on a disk of some bytes. */
export type StartOnDisk = (bytes: number, program: 'window' | 'lab', words: readonly string[]) => Started

/**
 * On a full disk a sentence says so: in the window's language before it opens, and when a run cannot store its checkpoint.
 * @param full what the window says in the language of the system
 */
export async function fullDisk(start: StartOnDisk, full: string): Promise<void> {
  refused(await start(noHistory, 'window', ['--no-open']).ended, full, 'history.sqlite')
  refused(await start(noCheckpoint, 'lab', trainWords(5)).ended, 'The disk is full', '.safetensors')
}

/** Starts the window or the command line on a computer of this name, with the same home folder as on all others. */
export type StartOnComputer = (host: string, program: 'window' | 'lab', words: readonly string[]) => Started

/**
 * A home folder that a program uses is refused to a second one.
 * @param hosts the computers on which it is refused; the first program runs on `first-pc`
 * @param taken what the window says in the language of the system
 */
export async function twoPrograms(start: StartOnComputer, hosts: readonly string[], taken: string): Promise<void> {
  const first = start('first-pc', 'lab', [...trainWords(1_000_000), '--json'])
  try {
    await first.said(/"event":"step"/)
    for (const host of hosts) refused(await start(host, 'window', ['--no-open']).ended, taken)
  } finally {
    first.child.kill('SIGKILL')
    await first.ended
  }
}
