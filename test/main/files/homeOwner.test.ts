import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { phrase } from '../../../core/words/phrases.ts'
import { HomeOwner, refuseOwnerElsewhere } from '../../../main/files/homeOwner.ts'
import { openLog } from '../../../main/files/log.ts'
import { homePlaces, type Home } from '../../../main/files/places.ts'

async function aHome(): Promise<Home> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-owner-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return homePlaces(folder)
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
