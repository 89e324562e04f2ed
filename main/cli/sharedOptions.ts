import { CheckpointChoice, PresetId } from '../../core/run/run.ts'
import { mostRepeats } from '../../core/run/repeats.ts'
import { labPreset } from '../../core/run/presets.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Option } from './command.ts'
import { flag, needed, number, numberWithin, readText, text, usually, wholeNumber } from './optionKinds.ts'

/** The step of a checkpoint of a run; left out: its newest. */
export const checkpointStep = wholeNumber('STEP', 'Step of the checkpoint; the newest otherwise')

/** A checkpoint of a run by its step or by what it is, if one is named. */
export function checkpointIfNamed(help: string): Option<CheckpointChoice | undefined> {
  return readText(
    'STEP',
    help,
    'a step, best or last',
    (word) => CheckpointChoice.safeParse(/^\d+$/.test(word) ? Number(word) : word).data ?? null,
  )
}

/** A checkpoint of a run by its step or by what it is. */
export const chosenCheckpoint = usually<CheckpointChoice>(checkpointIfNamed('Checkpoint: a step, best or last'), 'last')

/** The data set of a run that begins. */
export const trainedDataset = needed(text('ID', 'Data set to train on (needed); “lab datasets” lists them'))

/** Steps from one measurement of health to the next. */
export const healthEvery = number('N', 'Measure the network’s health every so many steps; 0: never')

/** Whether nothing may be downloaded. */
export const offline = flag('Refuse a data set that would have to be downloaded')

/** A preset by its name, if one is named. `subject` is what help says before the names. */
export function presetIfNamed(subject: string): Option<PresetId | undefined> {
  const known = PresetId.options.join(', ')
  return {
    value: 'NAME',
    help: `${subject}: ${known}`,
    read: (word) =>
      word === undefined
        ? undefined
        : (PresetId.options.find((id) => id === word) ?? refuse('preset-unknown', { preset: word, known })),
  }
}

/** A preset by its name; the lab's where none is named. `subject` is what help says before the names. */
export function presetName(subject: string): Option<PresetId> {
  return usually(presetIfNamed(subject), labPreset)
}

/** How many runs that differ in their seed alone are added to the queue. */
export const seeds = numberWithin(
  'N',
  `Add N runs to the queue that differ in their seed alone, each with a seed that these settings have not had (up to ${mostRepeats})`,
  { min: 1, max: mostRepeats, whole: true, includesMin: true },
)
