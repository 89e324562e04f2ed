import { existsSync, readdirSync } from 'node:fs'
import { ownTemplate, type DatasetCard } from '../../../core/data/dataset.ts'
import type { DatasetDefinition } from '../definition.ts'
import { setFolder } from './setFolders.ts'
import { readSetFile } from './setFile.ts'

/** How the ids of a person's own sets begin. */
const prefix = `${ownTemplate}-`

/** Longest id of a set, as `DatasetId` has it. */
const longestId = 40

/** Latin transliteration of Cyrillic letters, as in passports (ICAO 9303, part 3), without signs. */
const latin: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  і: 'i',
  ї: 'i',
  є: 'ie',
  ґ: 'g',
  ў: 'u',
}

/** A name as an id: `Мои кошки 2` becomes `moi-koshki-2`. Empty if none of its characters can be transliterated. */
export function slugOf(name: string): string {
  const letters = [...name.toLowerCase().normalize('NFC')].map((letter) => latin[letter] ?? letter).join('')
  return letters
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

/** An id for a person's own set of this name that no other set has. */
export function freeOwnId(name: string, taken: (id: string) => boolean): string {
  const slug = slugOf(name) || 'images'
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `-${number}`
    const id = `${prefix}${slug.slice(0, longestId - prefix.length - ending.length).replace(/-+$/, '')}${ending}`
    if (!taken(id)) return id
  }
}

export function isOwnId(id: string): boolean {
  return id.startsWith(prefix)
}

/** The definition of one of a person's own sets: the template's, under its own card. */
export function ownDefinition(template: DatasetDefinition, card: DatasetCard): DatasetDefinition {
  return { ...template, card }
}

/** The person's own sets that lie in a folder of sets, by their names. */
export function ownSetsIn(folder: string, template: DatasetDefinition): DatasetDefinition[] {
  if (!existsSync(folder)) return []
  const cards = readdirSync(folder)
    .filter(isOwnId)
    .flatMap((id) => {
      const card = readSetFile(setFolder(folder, id))?.card
      return card === undefined ? [] : [{ ...card, id }]
    })
  return cards.sort((one, other) => one.name.localeCompare(other.name)).map((card) => ownDefinition(template, card))
}
