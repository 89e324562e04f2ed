import { availableParallelism } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openLab } from '../openLab.ts'
import { temporaryHome } from '../history/temporaryHome.ts'

test('the lab says what it is made of and where its files are', async () => {
  const home = temporaryHome()
  const { client } = await openLab(home)
  const { versions, processors, places, opensFolders } = await client.lab.about()
  expect(versions.node).toBe(process.versions.node)
  expect(versions.sqlite).toMatch(/^3\.\d+\.\d+$/)
  expect([versions.electron, versions.chromium]).toEqual([null, null])
  expect(processors).toBe(availableParallelism())
  expect(places).toMatchObject({ home: home.folder, log: path.join(home.folder, 'conv-lab.log') })
  expect(opensFolders).toBe(false)
})

test('a shell without a file manager says so when a folder is to be opened', async () => {
  const { client } = await openLab(temporaryHome())
  await expect(client.lab.openFolder({ kind: 'home' })).rejects.toMatchObject({ data: { code: 'folder-not-opened' } })
})

test('preferences are stored one by one', async () => {
  const { client } = await openLab(temporaryHome())
  await client.preferences.write({ threads: 1 })
  expect(await client.preferences.write({ theme: 'dark' })).toMatchObject({
    threads: 1,
    theme: 'dark',
    language: 'system',
  })
})
