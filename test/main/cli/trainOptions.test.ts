import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { givenTo, parseArguments } from '../../../main/cli/arguments.ts'
import type { TypedCommand } from '../../../main/cli/command.ts'
import { proveResumeCommand } from '../../../main/cli/commands/proveResume.ts'
import { trainCommand } from '../../../main/cli/commands/train.ts'

/** What a line means to the command that it names, which the whole command line finds too. */
function inputIn<Input>(command: TypedCommand<Input>, line: string): Input {
  const words = line.split(' ')
  const invocation = parseArguments(words)
  const input = command.inputOf(givenTo(command, words))
  expect(invocation).toMatchObject({ kind: 'command', command: { name: command.name, input } })
  return input
}

/** What of some wishes was said. */
function said(wishes: object): object {
  return Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined))
}

/** What a line of `lab train` has chosen beside the data set's name. */
function chosenBy(options: string): object {
  const { preset, own, seconds, offline, queue, seeds, expectation, eventFolder, weights, choices, data } = inputIn(
    trainCommand,
    `train --dataset mnist ${options}`.trim(),
  )
  const { begin, frozen } = weights
  return {
    ...{ preset, own, seconds, offline, queue, begin, frozen },
    ...said({ seeds, expectation, eventFolder }),
    ...said(choices),
    ...said(data),
  }
}

const untouched = {
  preset: 'seed',
  own: null,
  seconds: undefined,
  offline: false,
  queue: false,
  healthEvery: undefined,
  distort: true,
  begin: null,
  frozen: [],
}

const begin = { source: { kind: 'run', run: 3, at: 'best' }, anew: [], map: 'exact', writeMap: null }

/** Each option with a value, and all that it changes. */
const options: Record<string, readonly [words: string, changed: object]> = {
  classes: ['--classes 3,1', { classes: ['3', '1'] }],
  labels: ['--labels superclasses', { labels: 'superclasses' }],
  'per-class': ['--per-class 20', { perClass: 20 }],
  side: ['--side 64', { side: 64 }],
  fit: ['--fit fit', { fit: 'fit' }],
  cut: ['--cut object', { cut: 'object' }],
  margin: ['--margin 0.25', { margin: 0.25 }],
  least: ['--least 16', { least: 16 }],
  split: ['--split drawn', { split: 'drawn' }],
  'split-seed': ['--split-seed 0', { splitSeed: 0 }],
  'train-images': ['--train-images 30', { trainImages: 30 }],
  'test-images': ['--test-images 10', { testImages: 10 }],
  'test-groups': ['--test-groups 3,7', { testGroups: [3, 7] }],
  preset: ['--preset quick', { preset: 'quick' }],
  network: ['--network lenet.json', { own: { network: 'lenet.json', version: undefined } }],
  'network-version': ['--network LeNet --network-version 2', { own: { network: 'LeNet', version: 2 } }],
  steps: ['--steps 300', { goal: 300 }],
  seeds: ['--seeds 5', { seeds: 5 }],
  batch: ['--batch 50', { batch: 50 }],
  'learning-rate': ['--learning-rate 1e-3', { learningRate: 1e-3 }],
  seed: ['--seed 0', { seed: 0 }],
  'evaluate-every': ['--evaluate-every 100', { evaluateEvery: 100 }],
  'health-every': ['--health-every 25', { healthEvery: 25 }],
  minutes: ['--minutes 2.5', { seconds: 150 }],
  optimizer: ['--optimizer adamw', { optimizer: 'adamw' }],
  momentum: ['--momentum 0', { momentum: 0 }],
  'weight-decay': ['--weight-decay 5e-4', { weightDecay: 5e-4 }],
  'clip-norm': ['--clip-norm 1.5', { clipNorm: 1.5 }],
  schedule: ['--schedule one-cycle', { schedule: 'one-cycle' }],
  'warm-up': ['--warm-up 0', { warmUpSteps: 0 }],
  validation: ['--validation 0.1', { validationShare: 0.1 }],
  patience: ['--patience 3', { patience: 3 }],
  'no-distortion': ['--no-distortion', { distort: false }],
  offline: ['--offline', { offline: true }],
  queue: ['--queue', { queue: true }],
  tensorboard: ['--tensorboard events', { eventFolder: path.resolve('events') }],
  weights: ['--weights run:3@20 --map exact', { begin: { ...begin, source: { kind: 'run', run: 3, at: 20 } } }],
  map: ['--weights run:3@best --map table.json', { begin: { ...begin, map: 'table.json' } }],
  'write-map': [
    '--weights run:3@best --write-map table.json',
    { begin: { ...begin, map: null, writeMap: 'table.json' } },
  ],
  anew: ['--weights run:3@best --map exact --anew fc,classes', { begin: { ...begin, anew: ['fc', 'classes'] } }],
  freeze: ['--freeze conv_1,norm_1', { frozen: ['conv_1', 'norm_1'] }],
  expect: ['--expect 62', { expectation: { accuracy: 0.62, versus: null, because: '' } }],
  'better-than': [
    '--better-than 3',
    { expectation: { accuracy: null, versus: { run: 3, better: 'this' }, because: '' } },
  ],
  'worse-than': [
    '--worse-than 3',
    { expectation: { accuracy: null, versus: { run: 3, better: 'other' }, because: '' } },
  ],
  because: ['--because deeper', { expectation: { accuracy: null, versus: null, because: 'deeper' } }],
}

describe('lab train', () => {
  test('leaves to the preset what is not asked for', () => {
    expect(chosenBy('')).toEqual(untouched)
  })

  test.each(Object.keys(trainCommand.options).filter((option) => option !== 'dataset'))(
    '--%s changes what it says, and nothing else',
    (option) => {
      const [words, changed] = options[option]
      expect(chosenBy(words)).toEqual({ ...untouched, ...changed })
    },
  )

  test.each([
    ...['adam', 'adamw', 'sgd'].map((optimizer) => [`--optimizer ${optimizer}`, { optimizer }] as const),
    ...['constant', 'step', 'cosine', 'one-cycle'].map((schedule) => [`--schedule ${schedule}`, { schedule }] as const),
  ])('knows %s', (words, changed) => {
    expect(chosenBy(words)).toEqual({ ...untouched, ...changed })
  })

  test('takes them together', () => {
    const words =
      '--preset quick --optimizer sgd --momentum 0.8 --weight-decay 0 --clip-norm 1 --schedule cosine --warm-up 20 --validation 0.2 --patience 4 --minutes 10 --queue'
    const changed = {
      preset: 'quick',
      optimizer: 'sgd',
      momentum: 0.8,
      weightDecay: 0,
      clipNorm: 1,
      schedule: 'cosine',
      warmUpSteps: 20,
      validationShare: 0.2,
      patience: 4,
      seconds: 600,
      queue: true,
    }
    expect(chosenBy(words)).toEqual({ ...untouched, ...changed })
  })

  test.each([
    ['--optimizer lion', '--optimizer needs adam, adamw, sgd, but “lion” was given'],
    ['--schedule linear', '--schedule needs constant, step, cosine, one-cycle, but “linear” was given'],
    ['--momentum 1', 'momentum is 1; it must be 0…0.9999'],
    ['--momentum -0.1', 'momentum is -0.1'],
    ['--momentum much', '--momentum needs a number'],
    ['--weight-decay 2', 'weight decay is 2; it must be 0…1'],
    ['--weight-decay -1e-4', 'weight decay is -0.0001'],
    ['--clip-norm 0', 'clip norm is 0; it must be > 0'],
    ['--clip-norm none', '--clip-norm needs a number'],
    ['--warm-up 1.5', 'warm-up is 1.5'],
    ['--warm-up -1', 'warm-up is -1'],
    ['--validation 0.6', 'validation share is 0.6; it must be 0…0.5'],
    ['--validation 10%', '--validation needs a number'],
    ['--patience 0', 'patience is 0; it must be 1…10000'],
    ['--patience 2.5', 'patience is 2.5'],
    ['--minutes 0', 'minutes is 0; it must be > 0'],
    ['--minutes 1e6', 'minutes is 1000000'],
    ['--minutes 5 --steps 100', '--minutes and --steps are two answers to one question'],
    ['--queue=yes', '--queue needs no value'],
  ])('refuses %s in a sentence', (words, sentence) => {
    expect(() => chosenBy(words)).toThrow(sentence)
  })
})

function proofIn(options: string) {
  return inputIn(proveResumeCommand, `prove-resume --dataset mnist ${options}`.trim())
}

describe('lab prove-resume', () => {
  const usual = { of: 'mnist', preset: 'seed', offline: false, breakAt: 23, by: 'pause' }
  const usualChoices = { goal: 60, evaluateEvery: 60 }

  test.each([
    ['', {}, {}],
    ['--preset deep', { preset: 'deep' }, {}],
    ['--steps 30', {}, { goal: 30, evaluateEvery: 30 }],
    ['--break-at 1', { breakAt: 1 }, {}],
    ['--by kill', { by: 'kill' }, {}],
    ['--batch 50', {}, { batch: 50 }],
    ['--seed 7', {}, { seed: 7 }],
    ['--offline', { offline: true }, {}],
  ])('with “%s”', (words, changed, choices) => {
    const { data, ...command } = proofIn(words)
    expect(said(data)).toEqual({})
    expect(command).toEqual({ ...usual, ...changed, choices: { ...usualChoices, ...choices } })
  })

  test.each([
    ['--break-at 60', 'break at is 60; it must be 1…59'],
    ['--break-at 0', 'break at is 0'],
    ['--steps 20', 'break at is 23; it must be 1…19'],
    ['--by magic', '--by needs pause or kill, but “magic” was given'],
    ['--optimizer adam', 'no option --optimizer'],
  ])('refuses %s in a sentence', (words, sentence) => {
    expect(() => proofIn(words)).toThrow(sentence)
  })
})
