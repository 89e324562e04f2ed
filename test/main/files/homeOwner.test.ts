import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { phrase, type Phrase } from '../../../core/words/phrases.ts'
import { problem, type Problem } from '../../../core/words/problems.ts'
import { HomeOwner, refuseOwnerElsewhere } from '../../../main/files/homeOwner.ts'
import { openLog } from '../../../main/files/log.ts'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import { thisComputer, type Computer } from '../../../main/platform/thisComputer.ts'
import { temporaryFolder } from '../shells/fixtures.ts'

async function aHome(): Promise<Home> {
  return homePlaces(await temporaryFolder())
}

/** A computer of a class. */
function desk(number: number, name = `desk-${number}`): Computer {
  return { name, id: `computer-${number}` }
}

/** Takes a folder as a lab on this computer does, and gives it back at the end of the test. */
async function taken(home: Home, here: Computer): Promise<HomeOwner> {
  const owner = await HomeOwner.claim(home, openLog(home.folder), here)
  onTestFinished(() => owner.close())
  owner.begin(() => undefined)
  return owner
}

const noteOf = (home: Home): string => path.join(home.folder, 'owner.json')

test('an owner on another computer answers, and keeps the folder', async () => {
  const home = await aHome()
  const owner = await taken(home, desk(7))
  await expect(refuseOwnerElsewhere(home, desk(8))).rejects.toMatchObject({
    problem: {
      code: 'home-in-use',
      parameters: { home: home.folder, detail: phrase('owner-on-computer', { host: 'desk-7' }) },
    },
  })
  // On the same computer the lock of the history decides.
  await refuseOwnerElsewhere(home, desk(7))
  await owner.close()
  expect(existsSync(noteOf(home))).toBe(false)
  await refuseOwnerElsewhere(home, desk(8))
})

test('an owner on another computer of the same name answers too', async () => {
  const home = await aHome()
  await taken(home, desk(7, 'desk'))
  await expect(refuseOwnerElsewhere(home, desk(8, 'desk'))).rejects.toMatchObject({ problem: { code: 'home-in-use' } })
})

test('one that crashed on this computer is not waited for', async () => {
  const home = await aHome()
  const crashed = await HomeOwner.claim(home, openLog(home.folder))
  const note = readFileSync(noteOf(home), 'utf8')
  await crashed.close()
  writeFileSync(noteOf(home), note)
  const owner = await HomeOwner.claim(home, openLog(home.folder))
  onTestFinished(() => owner.close())
  // It asked nobody, and the lock decides before it writes.
  expect(readFileSync(noteOf(home), 'utf8')).toBe(note)
  owner.begin(() => undefined)
  await expect.poll(() => readFileSync(noteOf(home), 'utf8')).not.toBe(note)
})

test('a program sees that a note is of its own computer', () => {
  expect(thisComputer()).toEqual(thisComputer())
  expect(thisComputer().id).toMatch(/^[0-9a-f]{16}$/)
})

test('one that crashed there does not answer, so the folder is free', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), JSON.stringify({ owner: 'gone', host: 'desk-7', asked: null, answered: null }))
  await refuseOwnerElsewhere(home, desk(8))
})

test('a note that was cut off counts as none', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), '{"owner":"go')
  await refuseOwnerElsewhere(home, desk(8))
})

const anOwner = { owner: 'there', host: 'desk-7', asked: null, answered: 'a former question' }

/** Waits until somebody has asked the owner that the note names. */
async function whenAsked(home: Home): Promise<void> {
  await expect.poll(() => readFileSync(noteOf(home), 'utf8')).toMatch(/"asked":"/)
}

test('an owner whose note is just being written has not ended', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), '')
  const refused = expect(refuseOwnerElsewhere(home, desk(8))).rejects.toMatchObject({
    problem: { code: 'home-in-use' },
  })
  await delay(50)
  writeFileSync(noteOf(home), JSON.stringify(anOwner))
  await whenAsked(home)
  writeFileSync(noteOf(home), '')
  await delay(500)
  writeFileSync(noteOf(home), JSON.stringify({ ...anOwner, answered: 'a new question' }))
  await refused
})

test('an owner who answers somebody else lives, though the own question was written over', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), JSON.stringify(anOwner))
  const refused = expect(refuseOwnerElsewhere(home, desk(8))).rejects.toMatchObject({
    problem: { code: 'home-in-use' },
  })
  await whenAsked(home)
  writeFileSync(noteOf(home), JSON.stringify({ ...anOwner, asked: 'another', answered: 'another' }))
  await refused
})

test('an owner who comes back while a crashed one is asked is asked in turn', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), JSON.stringify({ ...anOwner, owner: `${desk(7).id}/crashed` }))
  const refused = expect(refuseOwnerElsewhere(home, desk(8))).rejects.toMatchObject({
    problem: { parameters: { detail: phrase('owner-on-computer', { host: 'desk-7' }) } },
  })
  await whenAsked(home)
  await taken(home, desk(7))
  await refused
})

test('a note that cannot be written keeps nobody out, and is logged once the folder is in use', async () => {
  const home = await aHome()
  mkdirSync(noteOf(home))
  const log = openLog(home.folder)
  const owner = await HomeOwner.claim(home, log, desk(7))
  // Where nothing can be written the log would go to standard error, beside the sentence of the history.
  expect(existsSync(log.file)).toBe(false)
  owner.begin(() => undefined)
  expect(readFileSync(log.file, 'utf8')).toContain('writing the note about the owner of the home folder')
  owner.refuseIfTaken()
  await owner.close()
})

/** How many of two that want a folder at the same moment get it, and why the other does not. */
async function atOnce(home: Home): Promise<{ owners: HomeOwner[]; refused: unknown[] }> {
  const wanted = await Promise.allSettled([8, 9].map((number) => taken(home, desk(number))))
  return {
    owners: wanted.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
    refused: wanted.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])),
  }
}

test('of two that want a free folder at the same moment one gets it', async () => {
  const { owners, refused } = await atOnce(await aHome())
  expect(owners.map((owner) => owner.taken)).toEqual([false])
  expect(refused).toEqual([expect.objectContaining({ problem: expect.objectContaining({ code: 'home-in-use' }) })])
})

test('of two that wait for a crashed owner one gets the folder', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), JSON.stringify(anOwner))
  const { owners, refused } = await atOnce(home)
  expect(owners.map((owner) => owner.taken)).toEqual([false])
  expect(refused).toEqual([expect.objectContaining({ problem: expect.objectContaining({ code: 'home-in-use' }) })])
})

/** A note as another Conv Lab writes it that has taken the folder: here a former one, which names no computer. */
const another = { owner: 'another', host: 'desk-8', asked: null, answered: null }
const takenBy = (home: Home, detail: Phrase): Problem => problem('home-taken', { home: home.folder, detail })

test('an owner whose folder another one took learns it, and leaves the note to that one', async () => {
  const home = await aHome()
  const owner = await HomeOwner.claim(home, openLog(home.folder), desk(7))
  const heard = new Promise<Problem>((resolve) => owner.begin(resolve))
  writeFileSync(noteOf(home), JSON.stringify(another))
  const of = takenBy(home, phrase('owner-on-computer', { host: 'desk-8' }))
  expect(await heard).toEqual(of)
  expect(() => owner.refuseIfTaken()).toThrow(expect.objectContaining({ problem: of }))
  await owner.close()
  expect(JSON.parse(readFileSync(noteOf(home), 'utf8'))).toEqual(another)
})

test('an owner whose folder another one took and gave back learns it too', async () => {
  const home = await aHome()
  writeFileSync(home.history, '')
  const owner = await HomeOwner.claim(home, openLog(home.folder), desk(7))
  const heard = new Promise<Problem>((resolve) => owner.begin(resolve))
  rmSync(noteOf(home))
  expect(await heard).toEqual(takenBy(home, phrase('owner-ended-since', {})))
})

/** Lets the clock say that a computer slept for a while, which stops timers. */
function sleeps(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
  onTestFinished(() => void vi.useRealTimers())
}

test('an owner that wakes looks who has the folder before it writes, and goes on where nobody took it', async () => {
  const home = await aHome()
  const owner = await taken(home, desk(7))
  sleeps()
  owner.refuseIfTaken()
  writeFileSync(noteOf(home), JSON.stringify(another))
  // It has just looked.
  owner.refuseIfTaken()
  vi.setSystemTime(Date.now() + 60_000)
  expect(() => owner.refuseIfTaken()).toThrow(
    expect.objectContaining({ problem: takenBy(home, phrase('owner-on-computer', { host: 'desk-8' })) }),
  )
})
