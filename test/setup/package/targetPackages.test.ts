import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkIntegrity } from '../../../setup/package/targetPackages.mjs'

test('a package is refused unless it is the one that the lock file names', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'conv-lab-package-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'sharp.tgz')
  writeFileSync(file, 'content')
  const sum = (kind: string, content: string): string => `${kind}-${createHash(kind).update(content).digest('base64')}`
  for (const kind of ['sha1', 'sha512']) {
    expect(() => checkIntegrity(file, sum(kind, 'content'), 'sharp')).not.toThrow()
    expect(() => checkIntegrity(file, sum(kind, 'other'), 'sharp')).toThrow(/^npm brought another sharp than the one/)
  }
  expect(() => checkIntegrity(file, 'sha512', 'sharp')).toThrow(/^npm brought another sharp/)
})
