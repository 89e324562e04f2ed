import { PresetId } from '../../core/run.ts'

/** An option of a command, as its help shows it. */
export interface OptionDescription {
  /** What stands for its value in the help; null for a switch. */
  readonly value: string | null
  readonly help: string
}

export interface CommandDescription {
  readonly summary: string
  /** Arguments in order; a name ending in `...` takes one or more. */
  readonly arguments: readonly string[]
  readonly options: Readonly<Record<string, OptionDescription>>
}

const presetNames = PresetId.options.join(', ')

/** What every command takes. */
export const commonOptions = {
  home: { value: 'DIR', help: 'Folder with the history, checkpoints and data sets' },
  json: { value: null, help: 'One JSON value a line; the last one is the result' },
  help: { value: null, help: 'Show this help' },
} as const satisfies CommandDescription['options']

/** In which form images are prepared. */
const formOptions = {
  side: { value: 'N', help: 'Resize images to N x N pixels, 24 to 128' },
  fit: { value: 'HOW', help: 'crop: the largest square in the middle; fit: the whole image, black beside it (crop)' },
  cut: { value: 'WHAT', help: 'whole images, or object: each annotated object by itself' },
  margin: { value: 'M', help: 'Margin around an object, as a share of its size (0.1)' },
  least: { value: 'N', help: 'Leave out objects with a side shorter than N pixels (24)' },
} as const satisfies CommandDescription['options']

/** What of a set a run takes. */
const dataOptions = {
  classes: {
    value: 'NAMES',
    help: 'Two or more classes, with commas between: apple,bicycle; “lab dataset show” lists them',
  },
  labels: { value: 'ID', help: 'Labels to learn: classes, or a grouping of the set, such as superclasses' },
  'per-class': { value: 'N', help: 'Train on N images of each class' },
  ...formOptions,
  split: { value: 'HOW', help: 'official, or drawn by a seed' },
  'split-seed': { value: 'N', help: 'Seed of a drawn split (0)' },
  'train-images': { value: 'N', help: 'Training images of each class in a drawn split' },
  'test-images': { value: 'N', help: 'Test images of each class in a drawn split' },
  'test-groups': { value: 'N,N', help: 'Groups (sessions, folds) that test; all others train' },
} as const satisfies CommandDescription['options']

/** All commands, in the order in which help lists them. */
export const commandTable = {
  datasets: { summary: 'List the data sets', arguments: [], options: {} },
  'dataset get': {
    summary: 'Download and prepare a data set',
    arguments: ['ID'],
    options: {
      edition: { value: 'E', help: 'One of the editions that its publisher offers; “lab dataset show” lists them' },
    },
  },
  'dataset import': {
    summary: 'Take a data set from an archive or folder of this computer',
    arguments: ['ID', 'PATH'],
    options: { name: { value: 'NAME', help: 'What a set of your own images (ID own) is to be called' } },
  },
  'dataset show': {
    summary: 'Show a data set: its classes, images and what is known of it',
    arguments: ['ID'],
    options: {},
  },
  'dataset prepare': {
    summary: 'Prepare the images of a data set in another form',
    arguments: ['ID'],
    options: formOptions,
  },
  'dataset pack': {
    summary: 'Write a data set into one file that another computer imports',
    arguments: ['ID'],
    options: { out: { value: 'FILE', help: 'File to write (needed)' } },
  },
  'mirror use': {
    summary: 'Look for data sets in a mirror first: a folder, a network share or an address; none forgets it',
    arguments: ['PLACE'],
    options: {},
  },
  mirror: {
    summary: 'Serve the data sets of this computer to others in the local network',
    arguments: [],
    options: {
      dir: { value: 'DIR', help: 'Folder that is served (needed); the sets of this home are packed into it' },
      port: { value: 'P', help: 'Port to listen on (8080)' },
      host: { value: 'H', help: 'Address of this computer to listen on (all of them)' },
    },
  },
  'dataset remove': { summary: 'Take a data set off this computer', arguments: ['ID'], options: {} },
  train: {
    summary: 'Train a network; downloads its data set where it is missing',
    arguments: [],
    options: {
      dataset: { value: 'ID', help: 'Data set to train on (needed); “lab datasets” lists them' },
      ...dataOptions,
      preset: { value: 'NAME', help: `Network and settings to begin with: ${presetNames} (seed)` },
      steps: { value: 'N', help: 'Number of training steps' },
      batch: { value: 'N', help: 'Images a step; the preset’s, or all that train where they are fewer' },
      'learning-rate': { value: 'RATE', help: 'Learning rate, for example 1e-3' },
      seed: { value: 'N', help: 'Seed of all random numbers of the run' },
      'evaluate-every': { value: 'N', help: 'Measure the test set every so many steps' },
      minutes: { value: 'M', help: 'Train for about so long: measured first, then turned into steps' },
      optimizer: { value: 'NAME', help: 'adam, adamw or sgd' },
      momentum: { value: 'M', help: 'Momentum of SGD, beta1 of Adam' },
      'weight-decay': { value: 'D', help: 'Weight decay of AdamW or SGD; leaves biases and batch norm alone' },
      'clip-norm': { value: 'N', help: 'Shorten all gradients together to this length' },
      schedule: { value: 'NAME', help: 'constant, step, cosine or one-cycle, as long as the run' },
      'warm-up': { value: 'N', help: 'Let the learning rate rise over the first N steps' },
      validation: { value: 'SHARE', help: 'Hold out a share of the training images and choose the best on them' },
      patience: { value: 'N', help: 'End after N evaluations without a better one' },
      'no-distortion': { value: null, help: 'Train on the centre crop, without distortion' },
      offline: { value: null, help: 'Refuse a data set that would have to be downloaded' },
      queue: { value: null, help: 'Add the run to the queue; an open Conv Lab trains it in its turn' },
    },
  },
  // Before the shorter name that they begin with: the first that fits is taken.
  'queue move': { summary: 'Move a queued run: up, down, first or last', arguments: ['RUN', 'WHERE'], options: {} },
  'queue cancel': { summary: 'Take a queued run out and delete it', arguments: ['RUN'], options: {} },
  'queue run': {
    summary: 'Let a queue that waits go on; trains it here if no Conv Lab is open',
    arguments: [],
    options: {},
  },
  queue: { summary: 'List the queued runs in their order', arguments: [], options: {} },
  resume: {
    summary: 'Continue a run from its newest checkpoint',
    arguments: ['RUN'],
    options: { steps: { value: 'N', help: 'Total number of steps to reach' } },
  },
  'prove-resume': {
    summary: 'Train with and without a break and compare every bit',
    arguments: [],
    options: {
      dataset: { value: 'ID', help: 'Data set to train on (needed); “lab datasets” lists them' },
      ...dataOptions,
      preset: { value: 'NAME', help: `Network and settings: ${presetNames} (seed)` },
      steps: { value: 'N', help: 'Number of training steps (60)' },
      'break-at': { value: 'N', help: 'Step after which the run is broken (23)' },
      by: { value: 'HOW', help: 'pause, or kill to kill the training process (pause)' },
      batch: { value: 'N', help: 'Images a step' },
      seed: { value: 'N', help: 'Seed of all random numbers' },
      offline: { value: null, help: 'Refuse a data set that would have to be downloaded' },
    },
  },
  runs: { summary: 'List the runs, newest first', arguments: [], options: {} },
  run: { summary: 'Show a run, its checkpoints and on what it was trained', arguments: ['RUN'], options: {} },
  compare: { summary: 'Show in which settings and results runs differ', arguments: ['RUN', 'RUN...'], options: {} },
  evaluate: {
    summary: 'Measure the whole test set with a checkpoint of a run',
    arguments: ['RUN'],
    options: { checkpoint: { value: 'STEP', help: 'Step of the checkpoint; the newest otherwise' } },
  },
  export: {
    summary: 'Write the trained network of a run for use elsewhere',
    arguments: ['RUN'],
    options: {
      format: { value: 'FORMAT', help: 'saved-model: a folder that TensorFlow opens (saved-model)' },
      out: { value: 'DIR', help: 'Folder to write into (needed), empty or not there yet' },
      checkpoint: { value: 'STEP', help: 'Step of the checkpoint; the newest otherwise' },
    },
  },
} as const satisfies Record<string, CommandDescription>

export type CommandName = keyof typeof commandTable

export const commandNames = Object.keys(commandTable) as CommandName[]

/** The description of a command, in its general form. */
export function describeCommand(name: CommandName): CommandDescription {
  return commandTable[name]
}
