import { rm, statfs } from 'node:fs/promises'
import { problem, problemOf } from '../../core/words/problems.ts'
import { temporaryBeside, writeProblem } from '../files/atomicFile.ts'
import { writeSynced } from '../files/hashedFile.ts'
import { refuseOwnerElsewhere } from '../files/homeOwner.ts'
import { makeFolder } from '../files/makeFolder.ts'
import type { Home } from '../files/places.ts'
import { checkHistory } from '../history/open.ts'
import { connectToOwner } from '../homeSocket/ownerLink.ts'
import { amiss, sound, type Finding } from './finding.ts'

/** Bytes that a first data set and some checkpoints take. */
const neededBytes = 500e6

/** Writes a small file into the home folder and deletes it. */
async function tryToWrite(home: Home): Promise<void> {
  const file = temporaryBeside(home.history)
  try {
    await makeFolder(home.folder)
    try {
      await writeSynced(file, Buffer.from('Conv Lab'))
    } finally {
      await rm(file, { force: true })
    }
  } catch (thrown) {
    throw writeProblem(thrown, home.folder)
  }
}

async function isOwned(home: Home): Promise<boolean> {
  const owner = await connectToOwner(home)
  owner?.close()
  return owner !== null
}

/** Whether a home folder can be used: written, and with a history that this program reads. The folder is made. */
export async function examineHome(home: Home): Promise<Finding[]> {
  try {
    await tryToWrite(home)
    // Its owner has checked the history, and lets nobody else read it.
    if (await isOwned(home)) return [sound('home', 'home-open', { home: home.folder }), await examineSpace(home)]
    await refuseOwnerElsewhere(home)
    checkHistory(home)
    return [sound('home', 'home', { home: home.folder }), await examineSpace(home)]
  } catch (thrown) {
    return [amiss('home', problemOf(thrown))]
  }
}

async function examineSpace(home: Home): Promise<Finding> {
  const { bavail, bsize } = await statfs(home.folder)
  const megabytes = (bytes: number): number => Math.floor(bytes / 1e6)
  const free = megabytes(bavail * bsize)
  if (bavail * bsize >= neededBytes) return sound('space', 'space', { free })
  return amiss('space', problem('space-short', { home: home.folder, free, needed: megabytes(neededBytes) }))
}
