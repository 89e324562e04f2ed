import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openOriginals } from '../../../../main/datasets/archives/openOriginals.ts'
import { withFolder } from '../tinySets.ts'
import { madeZip, type MadeEntry } from './madeArchives.ts'

/** Text in an encoding of one byte a character. */
function encoded(text: string, encoding: 'ibm866' | 'windows-1251' | 'windows-1252'): Buffer {
  const characters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))
  return Buffer.from([...text].map((character) => characters.indexOf(character)))
}

/** The names that a zip archive is read with. */
async function namesIn(entries: readonly MadeEntry[]): Promise<string[]> {
  return withFolder(async (folder) => {
    const file = path.join(folder, 'set.zip')
    await writeFile(file, madeZip(entries))
    const names: string[] = []
    const temporary = path.join(folder, 'temporary')
    for await (const one of openOriginals([file], { temporary }, new AbortController().signal)) names.push(one.path)
    return names
  })
}

/** Entries whose names say nothing of their encoding. */
function unmarked(names: readonly string[], encode: (name: string) => Buffer): MadeEntry[] {
  return names.map((name) => ({ name, nameBytes: encode(name), flags: 0 }))
}

const animals = ['рак', 'сом', 'кот', 'Ёлка', 'чай'].map((word) => `${word}/1.png`)

test.each([
  ['code page 866, some of them valid UTF-8 by chance', animals, 'ibm866'],
  ['code page 866, all of them valid UTF-8 by chance', ['рак/1.png', 'сом/2.png', 'чай/3.png'], 'ibm866'],
  ['code page 866, capitals, marks and Latin letters between', ['МОИ фото №2/IMG_1.png', 'КамАЗ/Bus.png'], 'ibm866'],
  ['code page 866, a folder for each letter', ['а/1.png', 'б/1.png', 'Я/1.png'], 'ibm866'],
  ['code page 1251', animals, 'windows-1251'],
  ['code page 1251, letters that are others in code page 866', ['дом/1.png', 'пес/2.png'], 'windows-1251'],
  ['code page 1251, Ukrainian', ['їжак/1.png', 'кіт/2.png', 'ґава/3.png'], 'windows-1251'],
] as const)('Russian names in %s', async (_what, names, encoding) => {
  expect(await namesIn(unmarked(names, (name) => encoded(name, encoding)))).toEqual(names)
})

test.each([
  ['Russian', animals],
  ['German', ['Kätzchen/1.png', 'Vögel/2.png']],
  ['Chinese', ['猫/1.png', '狗/2.png', '写真 3.png']],
])('%s names in UTF-8 without the bit that says so, as macOS writes them', async (_what, names) => {
  expect(await namesIn(unmarked(names, (name) => Buffer.from(name)))).toEqual(names)
})

test('names with the bit are UTF-8 beside those of code page 866 without it', async () => {
  const marked = { name: 'ёж 🦔/1.png' }
  const [crab] = unmarked(['рак/1.png'], (name) => encoded(name, 'ibm866'))
  const [cat] = unmarked(['кот/1.png'], (name) => encoded(name, 'ibm866'))
  expect(await namesIn([marked, crab, cat])).toEqual(['ёж 🦔/1.png', 'рак/1.png', 'кот/1.png'])
})

test('names in neither are read as the format says, in code page 437', async () => {
  const names = ['caf\x82/1.png', 'K\x84tzchen/2.png', '\x85 gauche/3.png']
  expect(await namesIn(unmarked(names, (name) => Buffer.from(name, 'latin1')))).toEqual([
    'café/1.png',
    'Kätzchen/2.png',
    'à gauche/3.png',
  ])
})

test('one name that is no UTF-8 means that none is', async () => {
  const [latin] = unmarked(['Größe/1.png'], (name) => encoded(name, 'windows-1252'))
  const [utf8] = unmarked(['Vögel/2.png'], (name) => Buffer.from(name))
  expect(await namesIn([utf8, latin])).toEqual(['V├╢gel/2.png', 'Gr÷▀e/1.png'])
})

test('a name that leads out of the archive is refused in every encoding', async () => {
  for (const encoding of ['ibm866', 'windows-1251'] as const)
    await expect(
      namesIn(unmarked(['кот/1.png', 'собака/../../2.png'], (name) => encoded(name, encoding))),
    ).rejects.toThrow('set.zip')
})
