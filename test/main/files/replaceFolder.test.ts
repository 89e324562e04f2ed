import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replaceFolder, restoreReplaced } from '../../../main/files/replaceFolder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function make(name: string): Promise<string> {
  await mkdir(path.join(folder, name))
  await writeFile(path.join(folder, name, 'what'), name)
  return path.join(folder, name)
}

test('a folder takes the place of another one, or of none', async () => {
  const target = path.join(folder, 'target')
  await replaceFolder(await make('first'), target)
  await replaceFolder(await make('second'), target)
  expect(await readFile(path.join(target, 'what'), 'utf8')).toBe('second')
  expect(await readdir(folder)).toEqual(['target'])
})

test('a crash after the old one stepped aside loses nothing: it comes back', async () => {
  const target = await make('target')
  await rename(target, path.join(folder, '.replaced-target'))
  restoreReplaced(folder)
  expect(await readFile(path.join(target, 'what'), 'utf8')).toBe('target')
})

test('a crash before the old one was removed leaves the new one', async () => {
  const target = await make('target')
  await rename(target, path.join(folder, '.replaced-target'))
  await rename(await make('new'), target)
  restoreReplaced(folder)
  expect(await readFile(path.join(target, 'what'), 'utf8')).toBe('new')
  expect(await readdir(folder)).toEqual(['target'])
})
