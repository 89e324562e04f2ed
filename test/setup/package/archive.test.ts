import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { writeSums } from '../../../setup/package/sums.mjs'
import { posixOnly } from '../../platforms.ts'
import { listedFiles, missingOf } from '../../../main/files/packedSums.ts'

const script = fileURLToPath(new URL('../../../setup/package/writeArchive.py', import.meta.url))

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'conv-lab-archive-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function filled(folder: string): string {
  const top = path.join(folder, 'conv-lab-1')
  mkdirSync(path.join(top, 'node'), { recursive: true })
  writeFileSync(path.join(top, 'Conv Lab'), 'start')
  writeFileSync(path.join(top, 'node', 'node'), 'node')
  writeFileSync(path.join(top, 'README.txt'), 'read')
  return top
}

function pack(top: string, file: string): Buffer {
  const { status, stderr } = spawnSync('python3', [script, top, file, 'node/node', 'Conv Lab'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return readFileSync(file)
}

const packed = posixOnly('portable archives are packed on Linux')

for (const kind of ['tar.gz', 'zip'])
  packed(`a ${kind} has the same bytes for the same files, and programs that may run`, () => {
    const folder = temporaryFolder()
    const top = filled(folder)
    const first = pack(top, path.join(folder, `one.${kind}`))
    utimesSync(path.join(top, 'README.txt'), 1e9, 1e9)
    expect(pack(top, path.join(folder, `other.${kind}`)).equals(first)).toBe(true)
    const out = path.join(folder, 'out')
    mkdirSync(out)
    const archive = path.join(folder, `one.${kind}`)
    const [command, words]: [string, string[]] =
      kind === 'zip' ? ['python3', ['-m', 'zipfile', '-e', archive, out]] : ['tar', ['-xzf', archive, '-C', out]]
    expect(spawnSync(command, words).status).toBe(0)
    expect(readFileSync(path.join(out, 'conv-lab-1', 'node', 'node'), 'utf8')).toBe('node')
    // Python's own unpacking of a zip forgets modes.
    if (kind === 'tar.gz') {
      const mode = (name: string): number => statSync(path.join(out, 'conv-lab-1', name)).mode & 0o777
      expect([mode('Conv Lab'), mode('node/node'), mode('README.txt')]).toEqual([0o755, 0o755, 0o644])
    }
  })

test('the list of sums is what the program reads', async () => {
  const top = filled(temporaryFolder())
  await writeSums(top)
  const listed = listedFiles(top)
  expect(listed?.map(({ name }) => name)).toEqual(['Conv Lab', 'README.txt', 'node/node'])
  expect(missingOf(top, listed ?? [])).toEqual([])
})
