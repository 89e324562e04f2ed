import { z } from 'zod'
import { chosenOptimizer, startingLearningRate } from '../run/optimizerChoices.ts'
import { Optimizer } from '../run/optimizer.ts'
import { RunConfig, type RunRequest } from '../run/run.ts'
import { chosenSchedule } from '../run/scheduleChoices.ts'
import { Schedule, Steps } from '../run/schedule.ts'
import { fittedToSteps } from '../run/timeBudget.ts'
import { refuse } from '../words/problems.ts'
import { scaledAugmentation, strengthRange } from './scaledAugmentation.ts'
import { usualFunction } from '../layers/parts/activationFunction.ts'
import { functionKinds } from '../run/settingField.ts'
import { placedSettingAt, replacedAt } from '../run/settingPath.ts'
import { issuePhrase } from '../words/issuePhrase.ts'
import { isNamedSetting, namedSettings, sweepablePath, type NamedSetting, type SweepablePath } from './sweepSettings.ts'
import { switchedOff, switchedOn, switchedPartOf } from './switchedParts.ts'
import type { SweepValue } from './sweepValue.ts'
import type { SweepPlan } from './sweepPlan.ts'
import { pointValues, placeOfTrial, seedOfTrial } from './sweepPoints.ts'

/** What the values of the named settings must be before they are put together. Limits are checked with the whole. */
const schemas = {
  rate: z.number(),
  batch: z.number(),
  optimizer: z.enum(Optimizer.options.map(({ shape }) => shape.kind.value)),
  momentum: z.number(),
  'weight-decay': z.number(),
  'clip-norm': z.number().nullable(),
  schedule: z.enum(Schedule.options.map(({ shape }) => shape.kind.value)),
  'warm-up': z.int().min(0),
  steps: Steps,
  distortion: z.number().min(strengthRange.min).max(strengthRange.max),
} satisfies Record<NamedSetting, z.ZodType>

type Named = { readonly [Setting in NamedSetting]?: z.infer<(typeof schemas)[Setting]> }

function unfit(setting: string, value: SweepValue, issue: z.core.$ZodIssue | undefined): never {
  return refuse('sweep-value-unfit', { setting, value: String(value), detail: issuePhrase(issue) })
}

/** The values of the named settings, each of its kind. */
function namedOf(settings: ReadonlyMap<string, SweepValue>): Named {
  const entries = [...settings].flatMap(([setting, value]) => {
    if (!isNamedSetting(setting)) return []
    const read = schemas[setting].safeParse(value)
    return [[setting, read.success ? read.data : unfit(setting, value, read.error.issues.at(0))]]
  })
  // Each schema gives what the type says of its name.
  return Object.fromEntries(entries) as Named
}

/** A request with other values of the settings that have names, as a person's choices change a preset's. */
function withNamed(base: RunRequest, named: Named): RunRequest {
  const { goal, config } = named.steps === undefined ? base : fittedToSteps(base, named.steps)
  const { momentum, optimizer: kind } = named
  const optimizer = chosenOptimizer(config.optimizer, {
    optimizer: kind,
    momentum,
    weightDecay: named['weight-decay'],
    clipNorm: named['clip-norm'],
  })
  const learningRate = named.rate ?? startingLearningRate(config.optimizer, config.schedule.learningRate, kind)
  const schedule = chosenSchedule({ ...config.schedule, learningRate }, goal, {
    schedule: named.schedule,
    warmUpSteps: named['warm-up'],
    momentum,
  })
  const augmentation =
    named.distortion === undefined ? config.augmentation : scaledAugmentation(config.augmentation, named.distortion)
  return { ...base, goal, config: { ...config, optimizer, schedule, augmentation, batch: named.batch ?? config.batch } }
}

/** The setting that an issue is about, by its place; the last one where none stands there. */
function settingOfIssue(
  config: RunConfig,
  settings: ReadonlyMap<string, SweepValue>,
  issue: z.core.$ZodIssue,
): readonly [string, SweepValue] {
  const place = issue.path.map(String).join('.')
  const placed = [...settings].find(([name]) => placedSettingAt(config, name)?.keys.join('.') === place)
  return placed ?? [...settings].at(-1) ?? ['', null]
}

/** A configuration with another value at a path. None (null) switches the part off that the path lies in. */
function withPath(config: RunConfig, path: string, { keys, field }: SweepablePath, value: SweepValue): unknown {
  const part = switchedPartOf(path)
  if (part !== null && value === null) return switchedOff(config, part)
  const whole = part === null ? config : switchedOn(config, [part])
  const kind =
    field.kind === 'choice' && field.options === functionKinds ? functionKinds.find((one) => one === value) : undefined
  // Another function brings the settings that it has.
  return kind === undefined ? replacedAt(whole, keys, value) : replacedAt(whole, keys.slice(0, -1), usualFunction(kind))
}

/**
 * A request with other values of some settings. Named ones are put first, in one turn, then paths in their order. A
 * learning rate is kept from the base unless the optimizer becomes one of another kind, whose rates mean something
 * else: then it is the usual one of that kind.
 * @throws LabError `sweep-setting-unknown`, `sweep-value-unfit`, `setting-unfit`.
 */
export function requestWith(base: RunRequest, settings: ReadonlyMap<string, SweepValue>): RunRequest {
  const request = withNamed(base, namedOf(settings))
  let { config } = request
  for (const [setting, value] of settings) {
    if (isNamedSetting(setting)) continue
    const place =
      sweepablePath({ config }, setting) ??
      refuse('sweep-setting-unknown', { setting, known: namedSettings.join(', ') })
    // Only read with the others: two settings may be right together alone.
    config = withPath(config, setting, place, value) as RunConfig
  }
  const read = RunConfig.safeParse(config)
  if (!read.success) {
    const [issue] = read.error.issues
    const [setting, value] = settingOfIssue(config, settings, issue)
    unfit(setting, value, issue)
  }
  const changesNetwork = [...settings.keys()].some((setting) => setting.startsWith('model.'))
  return {
    ...request,
    config: read.data,
    // It is no longer the network of that name.
    ...(changesNetwork ? { network: { name: base.network?.name ?? base.preset, version: null } } : {}),
  }
}

/**
 * The request of a trial, to the full goal.
 * @throws LabError as `requestWith`.
 */
export function requestOfTrial(plan: SweepPlan, trial: number): RunRequest {
  const { point } = placeOfTrial(plan, trial)
  const request = requestWith(plan.base, pointValues(plan, point))
  return { ...request, config: { ...request.config, seed: seedOfTrial(plan, trial) } }
}
