import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { licencesOf } from '../../setup/licences.mjs'

async function project(): Promise<{
  root: string
  add: (folder: string, files: Record<string, string>) => Promise<void>
}> {
  const root = await mkdtemp(path.join(tmpdir(), 'conv-lab-licences-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const add = async (folder: string, files: Record<string, string>): Promise<void> => {
    await mkdir(path.join(root, folder), { recursive: true })
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(root, folder, name), text)
  }
  return { root, add }
}

function description(name: string, more: object = {}): string {
  return JSON.stringify({ name, version: '1.0.0', license: 'MIT', ...more })
}

test('licences are those of bundled packages and of all that lies beside the programs', async () => {
  const { root, add } = await project()
  await add('.', {
    'package.json': description('lab', { dependencies: { whole: '1' }, devDependencies: { tool: '1', bundled: '1' } }),
    LICENSE: 'of the lab',
  })
  await add('node_modules/whole', {
    'package.json': description('whole', { dependencies: { below: '1' }, optionalDependencies: { absent: '1' } }),
    LICENSE: 'of whole',
  })
  await add('node_modules/whole/node_modules/below', {
    'package.json': description('below', { license: 'Apache-2.0' }),
    'LICENCE.txt': 'of below',
    NOTICE: 'its notice',
  })
  await add('node_modules/@scope/bundled', { 'package.json': description('@scope/bundled') })
  await add('node_modules/tool', { 'package.json': description('tool'), LICENSE: 'of a tool that is not shipped' })
  const licences = licencesOf(root, ['main/lab.ts', 'node_modules/@scope/bundled/dist/index.js?inline'])
  expect(licences).toEqual([
    { name: 'lab', version: '1.0.0', licence: 'MIT', text: 'of the lab' },
    { name: '@scope/bundled', version: '1.0.0', licence: 'MIT', text: '' },
    { name: 'below', version: '1.0.0', licence: 'Apache-2.0', text: 'of below\n\nits notice' },
    { name: 'whole', version: '1.0.0', licence: 'MIT', text: 'of whole' },
  ])
})
