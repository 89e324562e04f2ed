import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { phrase } from '../../../core/words/phrases.ts'
import { HomeOwner, refuseOwnerElsewhere } from '../../../main/files/homeOwner.ts'
import { openLog } from '../../../main/files/log.ts'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import { temporaryFolder } from '../shells/fixtures.ts'

async function aHome(): Promise<Home> {
  return homePlaces(await temporaryFolder())
}

const noteOf = (home: Home): string => path.join(home.folder, 'owner.json')

test('an owner on another computer answers, and keeps the folder', async () => {
  const home = await aHome()
  const owner = new HomeOwner(home, openLog(home.folder), 'desk-7')
  await expect.poll(() => existsSync(noteOf(home))).toBe(true)
  await expect(refuseOwnerElsewhere(home, 'desk-8')).rejects.toMatchObject({
    problem: {
      code: 'home-in-use',
      parameters: { home: home.folder, detail: phrase('owner-on-computer', { host: 'desk-7' }) },
    },
  })
  // On the same computer the lock of the history decides.
  await refuseOwnerElsewhere(home, 'desk-7')
  await owner.close()
  expect(existsSync(noteOf(home))).toBe(false)
  await refuseOwnerElsewhere(home, 'desk-8')
})

test('one that crashed there does not answer, so the folder is free', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), JSON.stringify({ owner: 'gone', host: 'desk-7', asked: null, answered: null }))
  await refuseOwnerElsewhere(home, 'desk-8')
})

test('a note that was cut off counts as none', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), '{"owner":"go')
  await refuseOwnerElsewhere(home, 'desk-8')
})

const anOwner = { owner: 'there', host: 'desk-7', asked: null, answered: 'a former question' }

/** Waits until somebody has asked the owner that the note names. */
async function whenAsked(home: Home): Promise<void> {
  await expect.poll(() => readFileSync(noteOf(home), 'utf8')).toMatch(/"asked":"/)
}

test('an owner whose note is just being written has not ended', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), '')
  const refused = expect(refuseOwnerElsewhere(home, 'desk-8')).rejects.toMatchObject({
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
  const refused = expect(refuseOwnerElsewhere(home, 'desk-8')).rejects.toMatchObject({
    problem: { code: 'home-in-use' },
  })
  await whenAsked(home)
  writeFileSync(noteOf(home), JSON.stringify({ ...anOwner, asked: 'another', answered: 'another' }))
  await refused
})

test('an owner who comes while a crashed one is asked is asked in turn', async () => {
  const home = await aHome()
  writeFileSync(noteOf(home), JSON.stringify(anOwner))
  const refused = expect(refuseOwnerElsewhere(home, 'desk-8')).rejects.toMatchObject({
    problem: { parameters: { detail: phrase('owner-on-computer', { host: 'desk-9' }) } },
  })
  await whenAsked(home)
  const owner = new HomeOwner(home, openLog(home.folder), 'desk-9')
  await refused
  await owner.close()
})

test('an owner whose folder another one took leaves the note to that one, and says so in the log', async () => {
  const home = await aHome()
  const log = openLog(home.folder)
  const first = new HomeOwner(home, log, 'desk-7')
  await expect.poll(() => existsSync(noteOf(home))).toBe(true)
  const second = new HomeOwner(home, log, 'desk-8')
  await expect
    .poll(() => existsSync(log.file) && readFileSync(log.file, 'utf8'), { timeout: 20_000 })
    .toContain('on the computer desk-8')
  await first.close()
  expect(JSON.parse(readFileSync(noteOf(home), 'utf8'))).toMatchObject({ host: 'desk-8' })
  await second.close()
})
