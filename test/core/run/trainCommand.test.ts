import { describe, expect, it } from 'vitest'
import type { DataChoice } from '../../../core/data/dataChoice.ts'
import type { DatasetEntry } from '../../../core/data/dataset.ts'
import { usualChoice, viewOf } from '../../../core/data/datasetView.ts'
import type { RunChoices } from '../../../core/run/choices.ts'
import { choicesOfRequest } from '../../../core/run/choicesOfRequest.ts'
import { requestFor } from '../../../core/run/presets.ts'
import type { PresetId, RunRequest } from '../../../core/run/run.ts'
import { trainCommand } from '../../../core/run/trainCommand.ts'
import { givenTo } from '../../../main/cli/arguments.ts'
import { trainCommand as commandOfTrain } from '../../../main/cli/commands/train.ts'
import { choiceFor } from '../../../main/cli/dataWishes.ts'
import { factsOf } from '../../../main/datasets/definition.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'

const entry: DatasetEntry = {
  ...cifar10.card,
  ...factsOf(cifar10),
  state: 'absent',
  prepared: null,
  forms: [],
  contents: null,
  progress: null,
  problem: null,
}
const sha256 = 'a'.repeat(64)

function request(preset: PresetId, choices: RunChoices, choice: DataChoice = usualChoice(entry)): RunRequest {
  return requestFor(preset, viewOf(entry, choice), { sha256, choice }, choices)
}

/** The words of a command line as a shell gives them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll("'\\''", "'") ?? bare,
  )
}

/** What `lab train` makes of a line. */
function understood(line: string): RunRequest {
  const [program, command, ...words] = wordsOf(line)
  expect([program, command]).toEqual(['lab', 'train'])
  const wish = commandOfTrain.inputOf(givenTo(commandOfTrain, ['train', ...words]))
  const choice = choiceFor(entry, wish.data)
  return requestFor(wish.preset, viewOf(entry, choice), { sha256, choice }, wish.choices)
}

const twoClasses = { ...usualChoice(entry), classes: [3, 5], perClass: 200 }

const chosen: readonly (readonly [string, RunRequest])[] = [
  ['nothing changed', request('seed', {})],
  ['numbers', request('quick', { batch: 77, learningRate: 0.0123, goal: 900, seed: 4_000_000_000, evaluateEvery: 50 })],
  ['another optimizer', request('seed', { optimizer: 'sgd', momentum: 0.5, weightDecay: 1e-4, clipNorm: 2 })],
  ['AdamW', request('quick', { optimizer: 'adamw', weightDecay: 0.05 })],
  ['a schedule with a warm-up', request('seed', { schedule: 'cosine', warmUpSteps: 100 })],
  ['one cycle with a held momentum', request('quick', { momentum: 0.8 })],
  ['validation and early stopping', request('deep', { validationShare: 0.1, patience: 3, healthEvery: 0 })],
  ['no distortion', request('quick', { distort: false })],
  ['some classes', request('seed', {}, twoClasses)],
  [
    'a drawn split',
    request('seed', {}, { ...usualChoice(entry), split: { kind: 'drawn', seed: 9, train: 40, test: 10 } }),
  ],
  [
    'larger images',
    request('seed', {}, { ...usualChoice(entry), form: { side: 48, fit: 'crop', cut: { kind: 'whole' } } }),
  ],
]

describe('the choices that lead to a request', () => {
  it.each(chosen)('%s', (_, wanted) => {
    const choice = wanted.config.data.choice ?? usualChoice(entry)
    const view = viewOf(entry, choice)
    expect(requestFor(wanted.preset, view, { sha256, choice }, choicesOfRequest(wanted, view))).toEqual(wanted)
  })

  it('are none where nothing was chosen', () => {
    expect(choicesOfRequest(request('seed', {}), viewOf(entry, usualChoice(entry)))).toEqual({})
  })
})

describe('the command line of a run', () => {
  it.each(chosen)('begins the same run: %s', (_, wanted) => {
    const line = trainCommand(wanted, entry)
    expect(line).not.toBeNull()
    expect(understood(line ?? '')).toEqual(wanted)
  })

  it('says what differs from the preset alone', () => {
    expect(trainCommand(request('quick', { seed: 3 }, twoClasses), entry)).toBe(
      'lab train --dataset cifar-10 --classes cat,dog --per-class 200 --preset quick --seed 3',
    )
  })

  it('names a saved network with its version, quoted for a shell', () => {
    const own = { ...request('seed', {}), network: { name: 'my network', version: 2 } }
    expect(trainCommand(own, entry)).toBe(
      "lab train --dataset cifar-10 --preset seed --network 'my network' --network-version 2",
    )
  })

  it('is refused where options cannot say a setting', () => {
    const plain = request('seed', {})
    const { config } = plain
    expect(trainCommand({ ...plain, network: { name: 'unsaved', version: null } }, entry)).toBeNull()
    expect(trainCommand({ ...plain, config: { ...config, evaluation: { flips: true } } }, entry)).toBeNull()
    expect(
      trainCommand({ ...plain, config: { ...config, augmentation: { ...config.augmentation, hue: 0.2 } } }, entry),
    ).toBeNull()
  })
})
