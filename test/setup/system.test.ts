import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { refuseOldGlibc } from '../../main/history/systemLibrary.ts'
import { glibcVersion, isLowerVersion, lowestGlibc } from '../../setup/platform/glibc.mjs'
import { allTargets, architectureOf, placeFor } from '../../setup/platform/platform.mjs'
import { reasonAgainst } from '../../setup/system.mjs'
import { emptyPlace } from './place.ts'

const packages = path.resolve(import.meta.dirname, '..', '..', 'node_modules')

/** The highest version of glibc that a compiled part asks for: the names of versions stand in it as text. */
function neededGlibc(file: string): string {
  const versions = readFileSync(file, 'latin1').match(/GLIBC_\d+(\.\d+)+(?=\0)/g) ?? []
  return versions
    .map((version) => version.slice('GLIBC_'.length))
    .reduce((highest, version) => (isLowerVersion(highest, version) ? version : highest), '0')
}

describe('the lowest glibc', () => {
  it('is the highest that the compiled parts for Linux ask for', () => {
    const images = path.join(packages, '@img')
    const ofImages = readdirSync(images)
      .filter((name) => /linux-(x64|arm64)$/.test(name))
      .flatMap((name) =>
        readdirSync(path.join(images, name, 'lib')).map((file) => path.join(images, name, 'lib', file)),
      )
      .filter((file) => /\.(node|so[.\d]*)$/.test(file))
    const prebuilt = ['linux-x64', 'linux-arm64'].map((name) =>
      path.join(packages, 'better-sqlite3', 'prebuilds', `${name}.node`),
    )
    const needed = [...prebuilt, ...ofImages.filter((file) => existsSync(file))].map(neededGlibc)
    expect(needed.reduce((highest, version) => (isLowerVersion(highest, version) ? version : highest))).toBe(
      lowestGlibc,
    )
  })

  it('is enough for TensorFlow’s library, whose wheels say what they ask for', () => {
    for (const target of allTargets.filter((name) => name.startsWith('linux'))) {
      const [{ tag = '' } = {}] = architectureOf(placeFor(emptyPlace(), target))?.tensorflow ?? []
      const [, major, minor] = /^manylinux_(\d+)_(\d+)_/.exec(tag) ?? []
      expect(isLowerVersion(lowestGlibc, `${major}.${minor}`)).toBe(false)
    }
  })

  it('is compared by numbers', () => {
    expect(isLowerVersion('2.9', '2.34')).toBe(true)
    expect(isLowerVersion('2.34', '2.34')).toBe(false)
    expect(isLowerVersion('2.34.1', '2.34')).toBe(false)
    expect(isLowerVersion('2.34', '2.34.1')).toBe(true)
    expect(isLowerVersion('3.0', '2.34')).toBe(false)
  })

  it('is told by the system that these tests run on', () => {
    expect(glibcVersion() === null).toBe(process.platform !== 'linux')
    expect(() => refuseOldGlibc(glibcVersion())).not.toThrow()
  })
})

describe('a computer that cannot run Conv Lab', () => {
  it('has too old a glibc, or none', () => {
    expect(reasonAgainst(emptyPlace(), '2.31')).toMatch(/glibc 2\.34 or later.*; this one has glibc 2\.31\./)
    expect(reasonAgainst(emptyPlace(), null)).toContain('this one has another C library')
    expect(reasonAgainst(emptyPlace(), '2.36')).toBeNull()
    expect(reasonAgainst({ ...emptyPlace(), platform: 'darwin' }, null)).toBeNull()
    expect(() => refuseOldGlibc('2.31')).toThrow(/glibc 2\.34 or later.*glibc 2\.31/)
    expect(() => refuseOldGlibc(null)).not.toThrow()
  })

  it('starts no programs from long paths, where the folder has one', () => {
    const windows = { ...emptyPlace(), platform: 'win32' as const }
    expect(reasonAgainst({ ...windows, root: `C:\\${'a'.repeat(206)}` }, null)).toBeNull()
    const long = reasonAgainst({ ...windows, root: `C:\\${'a'.repeat(220)}` }, null)
    expect(long).toMatch(/is 223 characters long .*of at most 215 characters, such as C:\\conv-lab/)
  })
})
