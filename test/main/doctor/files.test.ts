import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { examineFiles } from '../../../main/doctor/files.ts'
import { incompleteCopy } from '../../../main/files/packedSums.ts'
import { writeSums } from '../../../setup/package/sums.mjs'

async function portableFolder(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conv-lab-portable-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(path.join(folder, 'app', 'dist'), { recursive: true })
  for (const name of ['README.txt', 'app/dist/cli.js', 'app/dist/browser.js'])
    writeFileSync(path.join(folder, name), name)
  await writeSums(folder)
  return folder
}

async function found(folder: string | null): Promise<string[]> {
  const findings = await examineFiles(folder, () => undefined)
  return findings.map(({ problem, sentence }) => `${problem === null ? 'sound' : problem.code}: ${sentence('en')}`)
}

test('a whole folder is sound, and files that a person adds do not matter', async () => {
  const folder = await portableFolder()
  writeFileSync(path.join(folder, 'portable'), '')
  expect(await found(folder)).toEqual(['sound: Files: none is missing or altered (3 checked).'])
  expect(incompleteCopy(folder)).toBeNull()
})

test('what is missing and what is altered are said apart, with the first of each', async () => {
  const folder = await portableFolder()
  rmSync(path.join(folder, 'app', 'dist', 'cli.js'))
  writeFileSync(path.join(folder, 'README.txt'), 'other')
  expect(await found(folder)).toEqual([
    expect.stringMatching(/^copy-incomplete: .*app\/dist\/cli\.js is missing \(missing files: 1\)/),
    expect.stringMatching(/^copy-altered: .*README\.txt is not as it was packed \(altered files: 1\)/),
  ])
  expect(incompleteCopy(folder)?.parameters).toEqual({ file: 'app/dist/cli.js', count: 1 })
})

test('a folder that is gone counts as all its files', async () => {
  const folder = await portableFolder()
  rmSync(path.join(folder, 'app'), { recursive: true })
  expect(incompleteCopy(folder)?.parameters).toEqual({ file: 'app/dist/browser.js', count: 2 })
})

test.each(['', 'no sums at all\n'])('a list of sums that holds “%s” is no list', async (text) => {
  const folder = await portableFolder()
  writeFileSync(path.join(folder, 'SHA256SUMS'), text)
  expect(incompleteCopy(folder)?.parameters).toEqual({ file: 'SHA256SUMS', count: 1 })
})

test('a clone has no list', async () => {
  expect(await found(null)).toEqual([expect.stringContaining('started from its sources')])
})
