// @module-tag slow
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { besideItself } from '../../main/files/besideItself.ts'
import { packedFolder } from '../../main/files/packedFolder.ts'
import { systemLanguage } from '../../main/shells/systemLanguage.ts'
import { writeSums } from '../../setup/package/sums.mjs'
import { posixOnly } from '../platforms.ts'

const source = fileURLToPath(new URL('../../main/portable.ts', import.meta.url))
let bundle = ''

beforeAll(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'conv-lab-portable-bundle-'))
  bundle = path.join(folder, 'portable.mjs')
  buildSync({ entryPoints: [source], outfile: bundle, bundle: true, platform: 'node', format: 'esm', target: 'node24' })
  return () => rmSync(folder, { recursive: true })
})

/** A portable folder whose command line prints its words. */
async function portableFolder(commandLine = "console.log(process.argv.slice(2).join(' '))"): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conv-lab Флешка-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const main = path.join(folder, 'app', 'dist', 'main')
  mkdirSync(main, { recursive: true })
  writeFileSync(path.join(folder, 'app', 'package.json'), '{"type":"module","packedFor":"linux-x64"}')
  copyFileSync(bundle, path.join(main, 'portable.js'))
  writeFileSync(path.join(main, 'cli.js'), commandLine)
  writeFileSync(path.join(folder, 'README.txt'), 'read')
  await writeSums(folder)
  return folder
}

function start(folder: string, words: string[], language = 'en_US.UTF-8') {
  return spawnSync(process.execPath, [path.join(folder, 'app', 'dist', 'main', 'portable.js'), ...words], {
    encoding: 'utf8',
    env: { PATH: '/nowhere', LC_ALL: language, HOME: folder },
  })
}

test('the command line gets its words from a whole folder', async () => {
  expect(start(await portableFolder(), ['lab', 'runs', '--json'])).toMatchObject({
    status: 0,
    stdout: 'runs --json\n',
    stderr: '',
  })
})

test('a file that is missing is a sentence, but not for the doctor', async () => {
  const folder = await portableFolder()
  rmSync(path.join(folder, 'README.txt'))
  const { status, stdout, stderr } = start(folder, ['lab', 'runs'])
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^This copy of Conv Lab is not whole: README\.txt is missing.*\n$/)
  expect(start(folder, ['lab', 'doctor'])).toMatchObject({ status: 0, stdout: 'doctor\n' })
})

posixOnly('Windows has its language in its settings, not in a variable')(
  'the sentence is in the language of the system',
  async () => {
    const folder = await portableFolder()
    rmSync(path.join(folder, 'README.txt'))
    expect(start(folder, ['lab', 'runs'], 'ru_RU.UTF-8').stderr).toMatch(
      /^Эта копия Conv Lab неполна: нет файла README/,
    )
  },
)

test('a program that cannot be loaded is a sentence, without a stack', async () => {
  const { status, stderr } = start(await portableFolder('console.log('), ['lab', 'runs'])
  expect(status).toBe(1)
  expect(stderr).toMatch(/^A part of Conv Lab cannot be loaded on this computer: .*\n$/)
})

test('a program that was cut off or is empty is a sentence, for the doctor too', async () => {
  const folder = await portableFolder()
  for (const content of ['console', '', '\0'.repeat(100)]) {
    writeFileSync(path.join(folder, 'app', 'dist', 'main', 'cli.js'), content)
    for (const words of [
      ['lab', 'runs'],
      ['lab', 'doctor'],
    ]) {
      const { status, stdout, stderr } = start(folder, words)
      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(/^In this copy of Conv Lab app\/dist\/main\/cli\.js is not as it was packed .*\n$/)
    }
  }
  rmSync(path.join(folder, 'app', 'dist', 'main', 'cli.js'))
  expect(start(folder, ['lab', 'doctor']).stderr).toMatch(
    /^This copy of Conv Lab is not whole: app\/dist\/main\/cli\.js/,
  )
})

test('sums that cannot be read are a sentence', async () => {
  const folder = await portableFolder()
  rmSync(path.join(folder, 'SHA256SUMS'))
  mkdirSync(path.join(folder, 'SHA256SUMS'))
  const { status, stderr } = start(folder, ['lab', 'runs'])
  expect(status).toBe(1)
  expect(stderr).toMatch(/^A part of Conv Lab cannot be loaded on this computer: EISDIR.*\n$/)
})

test('home and cache lie beside a portable program where a file says so', async () => {
  const folder = await portableFolder()
  expect(packedFolder(path.join(folder, 'app'))).toBe(folder)
  expect(besideItself(folder)).toBeNull()
  for (const name of ['portable', 'portable.txt']) {
    writeFileSync(path.join(folder, name), '')
    expect(besideItself(folder)).toEqual({ home: path.join(folder, 'home'), cache: path.join(folder, 'cache') })
    rmSync(path.join(folder, name))
  }
})

test('a clone is no portable folder', () => {
  expect(packedFolder()).toBeNull()
  expect(besideItself(null)).toBeNull()
})

test('the language of the system is one that the lab speaks', () => {
  expect(['ru', 'ru-RU', 'ru-UA', 'rue', 'en-US', 'de'].map((locale) => systemLanguage(locale))).toEqual([
    'ru',
    'ru',
    'ru',
    'en',
    'en',
    'en',
  ])
})
