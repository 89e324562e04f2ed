import type { RunRequest } from '../../../core/run/run.ts'
import { minutesRange } from '../../../core/run/timeBudget.ts'
import { pointCount, runCount } from '../../../core/sweep/sweepPoints.ts'
import { mostRuns, SweepPlan, unaskedRuns } from '../../../core/sweep/sweepPlan.ts'
import { refuse } from '../../../core/words/problems.ts'
import { anyWord, ifNamed } from '../argumentKinds.ts'
import { clusterOf, clusterOptions } from '../clusterOptions.ts'
import { defineCommand, type Command } from '../command.ts'
import { followSweep } from '../followSweep.ts'
import { sendSweep } from '../sendSweep.ts'
import { flag, numberWithin, readText } from '../optionKinds.ts'
import { axesIn, axisFor, type TypedAxis } from '../sweepAxes.ts'
import { withFile } from '../sweepFile.ts'
import { trainOptions, trainWish, wishedRequest } from '../trainOptions.ts'

const name = 'sweep'

const whole = { whole: true, includesMin: true } as const

const options = {
  grid: {
    ...readText(
      'SETTING=VALUES',
      'Each combination of values: rate=1e-4,1e-3 or rate=log:1e-4..1e-1/4; give it once a setting',
      'SETTING=VALUE,VALUE or SETTING=FROM..TO/COUNT',
      axesIn,
    ),
    repeats: true,
  },
  random: {
    ...readText(
      'SETTING=VALUES',
      'Random values: rate=log:1e-4..1e-1, batch=20..200 or optimizer=adam,sgd; give it once a setting',
      'SETTING=FROM..TO, SETTING=log:FROM..TO or SETTING=VALUE,VALUE',
      axesIn,
    ),
    repeats: true,
  },
  runs: numberWithin('N', 'End after N runs', { min: 1, max: mostRuns, ...whole }),
  seeds: numberWithin(
    'N',
    'Train each point with N seeds (1); without --grid and --random these are repeats of one run',
    { min: 1, max: unaskedRuns, ...whole },
  ),
  minutes: numberWithin('M', 'End after M minutes of training', minutesRange),
  halving: flag('Train all to few steps first, and only the best of them to more (ASHA)'),
  'first-steps': numberWithin('N', 'Steps of the first rung of halving; a ninth of all otherwise', {
    min: 1,
    max: 10_000_000,
    ...whole,
  }),
  factor: numberWithin('N', 'Halving keeps 1 of N at each rung (3)', { min: 2, max: 10, ...whole }),
  'sweep-seed': numberWithin('N', 'Seed that draws random points (1)', { min: 0, max: 0xffff_ffff, ...whole }),
  confirm: numberWithin('N', `Say the number of runs of a sweep of more than ${unaskedRuns}`, {
    min: 1,
    max: mostRuns,
    ...whole,
  }),
  ...clusterOptions,
  ...trainOptions,
}

/** What a person asked for of a sweep, besides its runs. */
interface SweepWish {
  readonly axes: readonly TypedAxis[]
  readonly isRandom: boolean
  readonly runs: number | undefined
  readonly seeds: number
  readonly minutes: number | undefined
  readonly halving: { readonly firstSteps: number | undefined; readonly factor: number } | null
  readonly sweepSeed: number
}

function planFor(base: RunRequest, wish: SweepWish): SweepPlan {
  const { runs, seeds, minutes, halving } = wish
  const read = SweepPlan.safeParse({
    format: 1,
    base,
    axes: wish.axes.map((axis) => axisFor(base, axis)),
    points: wish.isRandom ? { kind: 'random', count: Math.ceil((runs ?? unaskedRuns) / seeds) } : { kind: 'grid' },
    seeds,
    seed: wish.sweepSeed,
    halving:
      halving === null
        ? null
        : { firstSteps: halving.firstSteps ?? Math.max(1, Math.round(base.goal / 9)), factor: halving.factor },
    budget: { minutes: minutes ?? null, runs: runs ?? null },
  } satisfies SweepPlan)
  return read.success
    ? read.data
    : refuse('arguments-wrong', { command: name, detail: read.error.issues.at(0)?.message ?? '' })
}

const typed = defineCommand({
  name,
  summary: 'Train many runs over some settings; FILE.json has the same names as the options',
  arguments: { file: ifNamed(anyWord('FILE')) },
  options,
  endsItself: true,
  read: (_, given) => {
    const { grid, random, runs, seeds, minutes, factor, confirm } = given
    const wrong = (detail: string): never => refuse('arguments-wrong', { command: name, detail })
    const axes =
      grid ??
      random ??
      (seeds !== undefined && seeds > 1
        ? []
        : wrong('--grid or --random says which settings it changes, or --seeds how many repeats it has'))
    if (grid !== undefined && random !== undefined) wrong('--grid and --random are two answers to one question')
    if (random !== undefined && runs === undefined && minutes === undefined)
      wrong('--random needs --runs or --minutes, because it has no end of its own')
    if (axes.length === 0 && given.halving) wrong('--halving chooses among points, and repeats are one point')
    if (!given.halving && (given['first-steps'] ?? factor) !== undefined)
      wrong('--first-steps and --factor belong to --halving')
    const wish: SweepWish = {
      axes,
      isRandom: random !== undefined,
      runs,
      seeds: seeds ?? 1,
      minutes,
      halving: given.halving ? { firstSteps: given['first-steps'], factor: factor ?? 3 } : null,
      sweepSeed: given['sweep-seed'] ?? 1,
    }
    return { wish, train: trainWish(name, given), confirm, on: clusterOf(name, given) }
  },
  /** Trains here until the sweep ends, or tells the Conv Lab that is open. */
  run: async (context, { wish, train, confirm, on }) => {
    const { client, output } = context
    const { request } = await wishedRequest(context, train)
    if (context.interruption.happened) refuse('interrupted', {})
    const plan = planFor(request, wish)
    const { sequence } = await client.lab.status()
    const { id, runs } =
      on === undefined
        ? await client.sweeps.start({ plan, confirmed: confirm })
        : await sendSweep(context, { plan, confirmed: confirm, on })
    const method = plan.points.kind === 'grid' ? 'a grid' : 'random points'
    const over =
      plan.axes.length === 0
        ? 'equal but for the seed'
        : `over ${method} of ${plan.axes.map(({ setting }) => setting).join(', ')}`
    output.tell(
      { event: 'sweep', sweep: id, runs, points: pointCount(plan) },
      `Sweep ${id}: ${runCount(plan)} runs ${over}${plan.halving === null ? '' : ', with halving'}${on === undefined ? '' : `, on the cluster at ${new URL(on.address).host}`}.`,
    )
    if (context.owns) await followSweep(context, id, sequence)
    else if (!output.json)
      output.tell({}, `The Conv Lab that is open trains it; “lab sweep show ${id}” says how it stands.`)
  },
})

/** The command `sweep`, whose file gives words as its options do. */
export const sweepCommand: Command = {
  ...typed,
  read: (given) => typed.read(withFile(given, options, name)),
}
