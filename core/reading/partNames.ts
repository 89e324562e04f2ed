import { fillerWords, shortWordsOfParts, tableFillerWords, wordsInTwo, wordsOfParts } from './partWords.ts'
import { Part } from './readingPlan.ts'

const partOfWord = new Map(Part.options.flatMap((part) => wordsOfParts[part].map((word) => [word, part] as const)))

const partOfShortWord = new Map(
  (['train', 'validation', 'test'] as const).flatMap((part) =>
    shortWordsOfParts[part].map((word) => [word, part] as const),
  ),
)

const ofFolders = new Set([...partOfWord.keys(), ...fillerWords])
const ofTables = new Set([...ofFolders, ...tableFillerWords])
const longestWord = Math.max(...[...ofTables].map((word) => word.length))

/** The runs of letters in a name, in small letters: `01_trainImages` is one, `Train set` are two. */
function lettersOf(name: string): string[] {
  let text = (
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).join(' ')
  for (const [inTwo, word] of wordsInTwo) text = text.replace(inTwo, word)
  return text === '' ? [] : text.split(' ')
}

/** The known words that a run of letters is made of, one behind the other; null if it is not. */
function wordsInRun(run: string, known: ReadonlySet<string>): string[] | null {
  /** For each place that known words reach, the last of them. */
  const reachedBy = new Map<number, string>([[0, '']])
  for (let start = 0; start < run.length; start++) {
    if (!reachedBy.has(start)) continue
    for (let end = start + 1; end <= Math.min(run.length, start + longestWord); end++) {
      const word = run.slice(start, end)
      if (known.has(word)) reachedBy.set(end, word)
    }
  }
  const found: string[] = []
  let place = run.length
  for (let word = reachedBy.get(place); word !== undefined; word = reachedBy.get(place)) {
    if (word === '') return found
    found.unshift(word)
    place -= word.length
  }
  return null
}

/** The words that a name is made of, glued or not; null if one is not known. */
function wordsOf(name: string, known: ReadonlySet<string>): readonly string[] | null {
  const found: string[] = []
  for (const run of lettersOf(name)) {
    const inRun = wordsInRun(run, known)
    if (inRun === null) return null
    found.push(...inRun)
  }
  return found
}

/** `trainval` is trained on, and `test_dev` tests. No name means both train and test. */
function oneOf(parts: ReadonlySet<Part>): Part | null {
  if (parts.has('unlabelled')) return 'unlabelled'
  if (parts.has('train')) return parts.has('test') ? null : 'train'
  return parts.has('test') ? 'test' : parts.has('validation') ? 'validation' : null
}

function partOfWords(found: readonly string[] | null): Part | null {
  return oneOf(new Set(found?.flatMap((word) => partOfWord.get(word) ?? [])))
}

/**
 * The part of a set that a folder's name says, in English or Russian: `train`, `training_set`, `testImages2`,
 * `обучающая выборка`. A name with any other word in it, such as `train station`, says none.
 */
export function partNamed(name: string): Part | null {
  return partOfWords(wordsOf(name, ofFolders))
}

/**
 * The part that a table's name says, given without its ending. Beside what folders are called it may say what tables
 * hold: `train_labels`, `y_test`, `trainLabels`.
 */
export function tablePartNamed(name: string): Part | null {
  return partOfWords(wordsOf(name, ofTables))
}

/**
 * Whether what a part is called may also be the name of a class, as `train` is one of vehicles. It is so with a single
 * word; `training_set` and `test1` never are.
 */
export function mayNameClass(name: string): boolean {
  const part = partNamed(name)
  return part === null || (part !== 'unlabelled' && partOfWord.has(name.normalize('NFC').trim().toLowerCase()))
}

/** Whether a folder's name, such as `images` or `Data 2`, says neither a part nor anything of what is on the images. */
export function saysNothing(name: string): boolean {
  const found = wordsOf(name, ofFolders)
  return found !== null && found.some((word) => word.length > 1) && !found.some((word) => partOfWord.has(word))
}

/** The part that a word in a table's column says; null for all other words, and for numbers. */
export function partWord(cell: string): Part | null {
  return partOfShortWord.get(lettersOf(cell).join(' ')) ?? partNamed(cell)
}
