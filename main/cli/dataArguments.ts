import { dataChoiceRanges } from '../../core/dataChoice.ts'
import { refuse } from '../../core/problems.ts'
import { namesIn } from './classNames.ts'
import type { CommandName } from './commandTable.ts'
import type { DataWishes, FormWishes } from './dataWishes.ts'
import { oneOf, rangedOption, type OptionValues } from './optionValues.ts'

/**
 * The options that say in which form images are prepared.
 * @throws LabError `option-value`, `setting-out-of-range` or `arguments-wrong`.
 */
export function formWishes(command: CommandName, values: OptionValues): FormWishes {
  const wishes: FormWishes = {
    side: rangedOption(values, 'side', dataChoiceRanges.side),
    fit: oneOf(values, 'fit', ['crop', 'fit'] as const),
    cut: oneOf(values, 'cut', ['whole', 'object'] as const),
    margin: rangedOption(values, 'margin', dataChoiceRanges.margin),
    least: rangedOption(values, 'least', dataChoiceRanges.least),
  }
  if (wishes.cut === 'whole' && (wishes.margin ?? wishes.least) !== undefined)
    refuse('arguments-wrong', { command, detail: '--margin and --least belong to --cut object' })
  return wishes
}

/**
 * The options that say what of a set a run takes.
 * @throws LabError `option-value`, `setting-out-of-range` or `arguments-wrong`.
 */
export function dataWishes(command: CommandName, values: OptionValues): DataWishes {
  const wishes: DataWishes = {
    ...formWishes(command, values),
    labels: values.get('labels'),
    classes: classNames(values),
    perClass: rangedOption(values, 'per-class', dataChoiceRanges.perClass),
    split: oneOf(values, 'split', ['official', 'drawn'] as const),
    splitSeed: rangedOption(values, 'split-seed', dataChoiceRanges.splitSeed),
    trainImages: rangedOption(values, 'train-images', dataChoiceRanges.perClass),
    testImages: rangedOption(values, 'test-images', dataChoiceRanges.perClass),
    testGroups: groupNumbers(values),
  }
  const drawn = wishes.splitSeed ?? wishes.trainImages ?? wishes.testImages
  if (wishes.split === 'official' && drawn !== undefined)
    refuse('arguments-wrong', {
      command,
      detail: '--split-seed, --train-images and --test-images belong to --split drawn',
    })
  if (wishes.testGroups !== undefined && (wishes.split ?? drawn) !== undefined)
    refuse('arguments-wrong', { command, detail: '--test-groups and --split are two answers to one question' })
  return wishes
}

function classNames(values: OptionValues): string[] | undefined {
  const list = values.get('classes')
  if (list === undefined) return undefined
  return (
    namesIn(list) ??
    refuse('option-value', {
      option: '--classes',
      expected: 'names with commas between them, those with a comma in double quotes',
      value: list,
    })
  )
}

function groupNumbers(values: OptionValues): number[] | undefined {
  const list = values.get('test-groups')
  if (list === undefined) return undefined
  const numbers = list.split(',').map((word) => (/^\s*\d{1,5}\s*$/.test(word) ? Number(word) : NaN))
  if (!numbers.every((number) => number <= 65_535))
    refuse('option-value', { option: '--test-groups', expected: 'numbers with commas between them', value: list })
  return [...new Set(numbers)].sort((one, other) => one - other)
}
