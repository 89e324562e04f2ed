import type { Layer } from '../../../core/layers/registry.ts'
import type { BlockKind } from '../../../core/network/edit/blocks.ts'
import type { Head } from '../../../core/network/model.ts'
import { isNamedSetting, type NamedSetting } from '../../../core/sweep/sweepSettings.ts'
import type { Optimizer, Schedule } from '../../../core/run/run.ts'
import type { TermId } from './terms.ts'

const namedSettings: Readonly<Record<NamedSetting, TermId>> = {
  rate: 'learning-rate',
  batch: 'batch',
  optimizer: 'optimizer',
  momentum: 'momentum',
  'weight-decay': 'weight-decay',
  'clip-norm': 'gradient-clipping',
  schedule: 'schedule',
  'warm-up': 'warm-up',
  steps: 'goal',
  distortion: 'distortion',
}

/** Of settings by their dotted path. A path covers all below it that have no term of their own. */
const paths: Readonly<Record<string, TermId>> = {
  'data.dataset': 'data-set',
  'data.sha256': 'checksum',
  'data.choice.classes': 'class',
  'data.choice.labels': 'class',
  'data.choice.perClass': 'per-class',
  'data.choice.form': 'image-side',
  'data.choice.split': 'split',
  'data.pixels': 'pixels',
  'data.pixels.mean': 'pixel-mean',
  'data.pixels.deviation': 'pixel-deviation',
  'data.validationShare': 'validation',
  'model.input': 'network-input',
  'model.layers': 'network',
  'model.head': 'output',
  'model.head.labelSmoothing': 'label-smoothing',
  augmentation: 'distortion',
  'augmentation.pad': 'pad',
  'augmentation.pad.fill': 'pad-fill',
  'augmentation.randomCrop': 'random-crop',
  'augmentation.flip': 'mirroring',
  'augmentation.rotation': 'rotation',
  'augmentation.shift': 'shift',
  'augmentation.hue': 'hue',
  'augmentation.contrast': 'contrast',
  'augmentation.brightness': 'brightness',
  'augmentation.saturation': 'saturation',
  'augmentation.cutout': 'cutout',
  'augmentation.mixup': 'mixup',
  'evaluation.flips': 'mirrored-test',
  optimizer: 'optimizer',
  'optimizer.momentum': 'momentum',
  'optimizer.beta1': 'momentum',
  'optimizer.beta2': 'beta2',
  'optimizer.epsilon': 'optimizer-epsilon',
  'optimizer.nesterov': 'nesterov',
  'optimizer.weightDecay': 'weight-decay',
  'optimizer.clipNorm': 'gradient-clipping',
  momentum: 'momentum',
  schedule: 'schedule',
  'schedule.learningRate': 'learning-rate',
  'schedule.warmUp': 'warm-up',
  'schedule.warmUp.startFactor': 'warm-up-start',
  'schedule.steps': 'schedule-length',
  'schedule.every': 'drop-every',
  'schedule.factor': 'drop-factor',
  'schedule.endLearningRate': 'end-rate',
  'schedule.riseShare': 'rise-share',
  'schedule.startDivisor': 'start-divisor',
  'schedule.endDivisor': 'end-divisor',
  'schedule.momentum': 'cycled-momentum',
  batch: 'batch',
  from: 'branch',
  seed: 'seed',
  goal: 'goal',
  evaluateEvery: 'evaluate-every',
  patience: 'early-stopping',
}

/** Of the settings that a layer can have, and what is within them. */
const layerSettings: Readonly<Record<string, TermId>> = {
  kind: 'layer',
  name: 'layer',
  from: 'layer-input',
  filters: 'filters',
  kernel: 'kernel',
  stride: 'stride',
  padding: 'padding',
  bias: 'bias',
  initializer: 'initial-weights',
  multiplier: 'multiplier',
  units: 'units',
  size: 'pool-window',
  epsilon: 'norm-epsilon',
  momentum: 'norm-momentum',
  function: 'activation-function',
  'function.slope': 'slope-below-zero',
  rate: 'dropout-rate',
  factor: 'scale-factor',
  frozen: 'frozen-layer',
  scaling: 'scale-and-shift',
  'scaling.function': 'activation-function',
  'scaling.function.slope': 'slope-below-zero',
}

const layerPath = /^model\.layers\.\w+\.(.+)$/

/** The term of the longest beginning of a dotted path that has one. */
function nearest(of: Readonly<Record<string, TermId>>, path: string): TermId | null {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const wanted = path.slice(0, end)
    if (Object.hasOwn(of, wanted)) return of[wanted]
  }
  return null
}

/** The term of a setting: by the name that it has in sweeps, or by its dotted path; null where it has none. */
export function settingTerm(setting: string): TermId | null {
  if (isNamedSetting(setting)) return namedSettings[setting]
  const [, withinLayer] = layerPath.exec(setting) ?? []
  return withinLayer === undefined ? nearest(paths, setting) : layerSettingTerm(withinLayer)
}

/** The term of a setting of a layer by its name, or by the path of what is within it; null where it has none. */
export function layerSettingTerm(name: string): TermId | null {
  return nearest(layerSettings, name)
}

const layerKinds: Readonly<Record<Layer['kind'] | BlockKind, TermId>> = {
  conv: 'convolution',
  'depthwise-conv': 'depthwise-convolution',
  'batch-norm': 'batch-norm',
  activation: 'activation',
  'max-pool': 'max-pool',
  'average-pool': 'average-pool',
  'global-max-pool': 'global-pool',
  'global-average-pool': 'global-pool',
  flatten: 'flatten',
  dense: 'dense',
  dropout: 'dropout',
  scale: 'scale-layer',
  add: 'add',
  concat: 'concat',
  classes: 'dense',
  'conv-block': 'conv-block',
  residual: 'residual-block',
  'residual-halved': 'residual-block',
  branches: 'branches',
}

/** The term of a kind of layer, or of a block of layers. */
export function layerTerm(kind: Layer['kind'] | BlockKind): TermId {
  return layerKinds[kind]
}

const layerChoices: Readonly<Record<string, TermId>> = {
  'glorot-uniform': 'glorot',
  'glorot-normal': 'glorot',
  'he-uniform': 'he',
  'he-normal': 'he',
  'uniform-half': 'fixed-weights',
  normal: 'fixed-weights',
  identity: 'identity-weights',
  whitening: 'whitening-weights',
  linear: 'linear',
  relu: 'relu',
  'leaky-relu': 'leaky-relu',
  elu: 'elu',
  gelu: 'gelu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
}

/** The terms of a setting that is a choice: its own and, where there is one, that of what is chosen. */
export function choiceTerms(setting: TermId | null, chosen: string): TermId[] {
  const own = setting === null ? [] : [setting]
  return Object.hasOwn(layerChoices, chosen) ? [...own, layerChoices[chosen]] : own
}

const optimizers: Readonly<Record<Optimizer['kind'], TermId>> = { adam: 'adam', adamw: 'adamw', sgd: 'sgd' }

/** What an optimizer is, and the chosen one. */
export function optimizerTerms(kind: Optimizer['kind']): TermId[] {
  return ['optimizer', optimizers[kind]]
}

const schedules: Readonly<Record<Schedule['kind'], TermId>> = {
  constant: 'constant-schedule',
  step: 'step-schedule',
  cosine: 'cosine-schedule',
  'one-cycle': 'one-cycle',
}

/** What a schedule is, and the chosen one. */
export function scheduleTerms(kind: Schedule['kind']): TermId[] {
  return ['schedule', schedules[kind]]
}

/** What the output of a network is, the chosen one and its loss. */
export function headTerms(head: Head): TermId[] {
  if (head.kind === 'softmax') return ['output', 'softmax', 'cross-entropy']
  return ['output', 'tanh-head', head.loss === 'hinge' ? 'hinge-loss' : 'squared-loss']
}
