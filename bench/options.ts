import { parseArgs } from 'node:util'
import { SetupProblem } from '../setup/problem.mjs'

/**
 * What can be measured by itself: each contestant, the roof, what health costs, the app, looking inside, errors, the
 * page Compare, the preparing of data sets, how well the time of a step is estimated.
 */
export const parts = [
  'conv-lab',
  'pytorch',
  'keras',
  'tfjs',
  'roof',
  'health',
  'app',
  'look',
  'errors',
  'compare',
  'datasets',
  'estimate',
] as const
export type Part = (typeof parts)[number]

export interface BenchOptions {
  readonly help: boolean
  readonly quick: boolean
  /** Also trains more runs to an accuracy, which takes minutes. */
  readonly full: boolean
  /** Also trains many small steps, to see whether memory and speed stay as they are. */
  readonly endurance: boolean
  readonly only: ReadonlySet<Part>
  /** Another file for the figures; null for none. */
  readonly json: string | null
  /** A folder in which the histories of many and of long runs are made, and nothing measured; null: measure. */
  readonly histories: string | null
  readonly rounds: number
  /** Seconds of training in one measurement. */
  readonly seconds: number
}

export const usage = `Usage: npm run bench -- [options]

Measures training and prediction side by side with PyTorch, Keras and stock tfjs-node, in turns, and the app around it.
Its peers are installed once, into the cache folder. A whole run takes about twenty minutes; leave the computer alone meanwhile.

  --quick        short measurements, for trying; the figures mean little and are not kept
  --only NAME    measure this part only: ${parts.join(', ')} (can be repeated); the figures are not kept
  --rounds N     so many measurements of each figure (default 5, with --quick 2)
  --full         also train the Quick network with two more seeds and the Deep network for ten minutes (about a quarter of an hour more)
  --endurance    also train 20,000 small steps and compare memory and speed of their first and last quarter (some minutes more)
  --json FILE    also write the figures to this file
  --histories FOLDER
                 measure nothing; make home folders in this folder, one with 10,000 runs and one with 50 runs of 100,000 steps
  --help         show this
`

function isPart(name: string): name is Part {
  return parts.some((part) => part === name)
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean' },
        quick: { type: 'boolean' },
        full: { type: 'boolean' },
        endurance: { type: 'boolean' },
        only: { type: 'string', multiple: true },
        json: { type: 'string' },
        histories: { type: 'string' },
        rounds: { type: 'string' },
      },
    }).values
  } catch (thrown) {
    throw new SetupProblem(
      `${thrown instanceof Error ? thrown.message.split('. ')[0] : String(thrown)}. See npm run bench -- --help.`,
    )
  }
}

/**
 * The options of the bench.
 * @throws SetupProblem for an unknown option, an unknown part, or a number of rounds that is none.
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const values = parsed(args)
  const quick = values.quick ?? false
  const unknown = (values.only ?? []).find((name) => !isPart(name))
  if (unknown !== undefined)
    throw new SetupProblem(`There is no part “${unknown}” to measure; there are ${parts.join(', ')}.`)
  if (values.json === '') throw new SetupProblem('--json needs a file.')
  if (values.histories === '') throw new SetupProblem('--histories needs a folder.')
  if (values.rounds !== undefined && !/^[1-9]\d{0,2}$/.test(values.rounds))
    throw new SetupProblem(`--rounds needs a number from 1 to 999, not “${values.rounds}”.`)
  const only = new Set(values.only === undefined ? parts : values.only.filter(isPart))
  for (const option of ['full', 'endurance'] as const) {
    if (values[option] === true && !only.has('conv-lab'))
      throw new SetupProblem(`--${option} trains with Conv Lab: add --only conv-lab, or leave --only out.`)
  }
  return {
    help: values.help ?? false,
    quick,
    full: values.full ?? false,
    endurance: values.endurance ?? false,
    only,
    json: values.json ?? null,
    histories: values.histories ?? null,
    rounds: Number(values.rounds ?? (quick ? 2 : 5)),
    seconds: quick ? 0.4 : 1.5,
  }
}

/** Whether a run measures everything, so that its figures may represent the program. */
export function isWhole({ quick, only }: BenchOptions): boolean {
  return !quick && only.size === parts.length
}
