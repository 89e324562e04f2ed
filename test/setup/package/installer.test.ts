import { expect, test } from 'vitest'
import { installerTarget } from '../../../setup/package/installer.mjs'
import { emptyPlace } from '../place.ts'

test('an installer is for this system unless the words name another', () => {
  const place = emptyPlace()
  expect(installerTarget(place, []).name).toBe('linux-x64')
  expect(installerTarget(place, ['--win', 'nsis']).name).toBe('win-x64')
  expect(installerTarget({ ...place, platform: 'win32' }, ['--dir']).name).toBe('win-x64')
})

test('what cannot be packed is refused in a sentence', () => {
  const place = emptyPlace()
  expect(() => installerTarget(place, ['--win', '--linux'])).toThrow(/one system at a time/)
  expect(() => installerTarget({ ...place, platform: 'darwin', architecture: 'x64' }, [])).toThrow(/only for linux-x64/)
})
