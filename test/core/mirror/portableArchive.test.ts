import { expect, test } from 'vitest'
import { MirrorOffer, newestArchive, type OfferedArchive, TemplateFile } from '../../../core/mirror/mirrorOffer.ts'
import { archiveNamed, compareVersions, type ArchiveSystem } from '../../../core/mirror/portableArchive.ts'
import { targetNames } from '../../../setup/package/targets.mjs'

function archive(version: string, system: ArchiveSystem): OfferedArchive {
  const ending = system === 'win-x64' ? 'zip' : 'tar.gz'
  return { file: `conv-lab-${version}-${system}.${ending}`, version, system, bytes: 1, sha256: '0'.repeat(64) }
}

test('the names of archives are those that packaging gives', () => {
  for (const name of targetNames) {
    const file = `conv-lab-0.2.10-${name}.${name === 'win-x64' ? 'zip' : 'tar.gz'}`
    expect(archiveNamed(file)).toEqual({ version: '0.2.10', system: name })
  }
})

test.each([
  'conv-lab-0.2-linux-x64.tar.gz',
  'conv-lab-0.2.0-linux-x64.zip',
  'conv-lab-0.2.0-win-x64.tar.gz',
  'conv-lab-0.2.0-mac-arm64.zip',
  'conv-lab-0.2.0-linux-x64.tar.gz.part',
  'x/conv-lab-0.2.0-win-x64.zip',
])('%s is no archive', (name) => {
  expect(archiveNamed(name)).toBeNull()
})

test('versions are ordered by their numbers, not by their letters', () => {
  expect(['0.10.0', '0.9.9', '1.0.0', '0.10.1'].toSorted(compareVersions)).toEqual([
    '0.9.9',
    '0.10.0',
    '0.10.1',
    '1.0.0',
  ])
  expect(compareVersions('0.2.0', '0.2.0')).toBe(0)
})

test('the newest archive is that of the system', () => {
  const archives = [archive('0.9.0', 'win-x64'), archive('0.2.0', 'linux-x64'), archive('0.10.0', 'win-x64')]
  expect(newestArchive(archives, 'win-x64')?.version).toBe('0.10.0')
  expect(newestArchive(archives, 'linux-x64')?.version).toBe('0.2.0')
  expect(newestArchive(archives, 'darwin-arm64')).toBeUndefined()
})

test('a list is refused in which a name and a version contradict each other', () => {
  const offer = { 'conv-lab-mirror': 1, archives: [archive('0.2.0', 'win-x64')], datasets: [], templates: [] }
  expect(MirrorOffer.safeParse(offer).success).toBe(true)
  const lying = { ...offer, archives: [{ ...archive('0.2.0', 'win-x64'), version: '9.0.0' }] }
  expect(MirrorOffer.safeParse(lying).success).toBe(false)
  const climbing = { ...offer, archives: [{ ...archive('0.2.0', 'win-x64'), file: '../conv-lab-0.2.0-win-x64.zip' }] }
  expect(MirrorOffer.safeParse(climbing).success).toBe(false)
})

test('a template has the name of a file and no path', () => {
  for (const name of ['two layers.json', 'Две свёртки.JSON', 'a..b.json'])
    expect(TemplateFile.safeParse(name).success).toBe(true)
  for (const name of ['../a.json', 'x/a.json', 'x\\a.json', 'C:a.json', '.a.json', 'a.txt', 'a\n.json'])
    expect(TemplateFile.safeParse(name).success).toBe(false)
})
