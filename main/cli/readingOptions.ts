import { ReadingWishes } from '../../core/reading/readingWishes.ts'
import { namesIn } from './classNames.ts'
import type { ValuesOf } from './command.ts'
import { oneOf, readText, text } from './optionKinds.ts'

const { labelsFrom, partsFrom } = ReadingWishes.shape

function folders(help: string) {
  const named = (list: string): string[] | null => {
    const names = namesIn(list)
    return names === null || names.includes('') ? null : names
  }
  return readText(
    'FOLDERS',
    help,
    'names of folders with commas between them, those with a comma in double quotes',
    named,
  )
}

/** How one’s own images are read, where there are several ways. */
export const readingOptions = {
  'labels-from': oneOf('WHAT', 'What tells the class of an image: folders, or table', labelsFrom.unwrap().options),
  'label-column': text('C', 'Column of labels: its title, its number from 1, or FILE:C for that of one table'),
  'path-column': text('C', 'Column of the images’ paths, named like the column of labels'),
  'split-column': text('C', 'Column that says which images train and which test'),
  'parts-from': oneOf(
    'WHAT',
    'What tells the part of an image: folders, table, or seed, which draws the test images for each run',
    partsFrom.unwrap().options,
  ),
  train: folders('Folders of training images, with commas: paths below PATH'),
  test: folders('Folders of test images, with commas'),
}

/** What the options say of how images are read; undefined: nothing. */
export function readingWishes(options: ValuesOf<typeof readingOptions>): ReadingWishes | undefined {
  const wishes: ReadingWishes = {
    labelsFrom: options['labels-from'],
    labelColumn: options['label-column'],
    pathColumn: options['path-column'],
    splitColumn: options['split-column'],
    partsFrom: options['parts-from'],
    train: options.train,
    test: options.test,
  }
  const given = Object.entries(wishes).filter(([, value]) => value !== undefined)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}
