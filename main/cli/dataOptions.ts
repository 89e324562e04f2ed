import {
  Cut,
  dataChoiceRanges,
  DatasetForm,
  pictureForm,
  usualDraw,
  usualObjectCut,
} from '../../core/data/dataChoice.ts'
import { refuse } from '../../core/words/problems.ts'
import { isWithin } from '../../core/numbers/range.ts'
import { namesIn } from './classNames.ts'
import type { ValuesOf } from './command.ts'
import type { DataWishes, FormWishes } from './dataWishes.ts'
import { numberWithin, oneOf, readText, text } from './optionKinds.ts'

const { side, margin, least, perClass, splitSeed, group } = dataChoiceRanges

/** In which form images are prepared. */
export const formOptions = {
  side: numberWithin('N', `Resize images to N x N pixels, ${side.min} to ${side.max}`, side),
  fit: oneOf(
    'HOW',
    `crop: the largest square in the middle; fit: the whole image, black beside it (${pictureForm.fit})`,
    DatasetForm.shape.fit.options,
  ),
  cut: oneOf(
    'WHAT',
    'whole images, or object: each annotated object by itself',
    Cut.options.map(({ shape }) => shape.kind.value),
  ),
  margin: numberWithin('M', `Margin around an object, as a share of its size (${usualObjectCut.margin})`, margin),
  least: numberWithin('N', `Leave out objects with a side shorter than N pixels (${usualObjectCut.least})`, least),
}

/** What of a set a run takes. */
export const dataOptions = {
  classes: readText(
    'NAMES',
    'Two or more classes, with commas between: apple,bicycle; “lab dataset show” lists them',
    'names with commas between them, those with a comma in double quotes',
    namesIn,
  ),
  labels: text('ID', 'Labels to learn: classes, or a grouping of the set, such as superclasses'),
  'per-class': numberWithin('N', 'Train on N images of each class', perClass),
  ...formOptions,
  split: oneOf('HOW', 'official, or drawn by a seed', ['official', 'drawn']),
  'split-seed': numberWithin('N', `Seed of a drawn split (${usualDraw.seed})`, splitSeed),
  'train-images': numberWithin('N', 'Training images of each class in a drawn split', perClass),
  'test-images': numberWithin('N', 'Test images of each class in a drawn split', perClass),
  'test-groups': readText(
    'N,N',
    'Groups (sessions, folds) that test; all others train',
    'numbers with commas between them',
    groupNumbers,
  ),
}

/** Group numbers, ascending, each once; null where something else is among them. */
function groupNumbers(list: string): number[] | null {
  const numbers = list.split(',').map((word) => (/^\s*\d+\s*$/.test(word) ? Number(word) : NaN))
  if (!numbers.every((number) => isWithin(group, number))) return null
  return [...new Set(numbers)].sort((one, other) => one - other)
}

/**
 * What the options say of the form in which images are prepared.
 * @throws LabError `arguments-wrong` where they do not go together.
 */
export function formWishes(command: string, options: ValuesOf<typeof formOptions>): FormWishes {
  const { side, fit, cut, margin, least } = options
  if (cut === 'whole' && (margin ?? least) !== undefined)
    refuse('arguments-wrong', { command, detail: '--margin and --least belong to --cut object' })
  return { side, fit, cut, margin, least }
}

/**
 * What the options say of a run's data.
 * @throws LabError `arguments-wrong` where they do not go together.
 */
export function dataWishes(command: string, options: ValuesOf<typeof dataOptions>): DataWishes {
  const { labels, classes, split } = options
  const wishes: DataWishes = {
    ...formWishes(command, options),
    labels,
    classes,
    perClass: options['per-class'],
    split,
    splitSeed: options['split-seed'],
    trainImages: options['train-images'],
    testImages: options['test-images'],
    testGroups: options['test-groups'],
  }
  const drawn = wishes.splitSeed ?? wishes.trainImages ?? wishes.testImages
  if (split === 'official' && drawn !== undefined)
    refuse('arguments-wrong', {
      command,
      detail: '--split-seed, --train-images and --test-images belong to --split drawn',
    })
  if (wishes.testGroups !== undefined && (split ?? drawn) !== undefined)
    refuse('arguments-wrong', { command, detail: '--test-groups and --split are two answers to one question' })
  return wishes
}
