import type { NetworkId } from './cases.ts'
import { betterPeer, figuresOf, highest, ourRatios, sharesOfRoof } from './comparison.ts'
import { contestantIds, contestantNames } from './contestants/contestant.ts'
import { count, finePercent, megabytes, milliseconds, percent, seconds, spread, table, times } from './format.ts'
import { machineText } from './machine.ts'
import type {
  AccuracyResult,
  AppResult,
  CheckpointResult,
  EstimateResult,
  HealthCostResult,
  Figures,
  PredictionResult,
  ReadingResult,
  Results,
  TrainingResult,
} from './results.ts'
import { median, percentile, quarterMedians, ratiosOf } from './statistics.ts'

const networkNames: Record<NetworkId, string> = { seed: 'Lab network', quick: 'Quick network' }

/** What was not measured. */
const nothing = '–'

function ratio(ratios: readonly number[] | null): string {
  return ratios === null ? nothing : spread(ratios, times)
}

function contestantCells(figures: readonly Figures[]): string[] {
  return contestantIds.map((id) => {
    const measured = figuresOf(figures, id)
    return measured === null ? nothing : spread(measured, count)
  })
}

const contestantHeads = contestantIds.map((id) => contestantNames[id])
const against = ['against the better of PyTorch and Keras', 'against tfjs-node layers']

function againstCells(figures: readonly Figures[]): string[] {
  return [ratio(ourRatios(figures, betterPeer(figures))), ratio(ourRatios(figures, figuresOf(figures, 'tfjs')))]
}

function trainingTable({ training, roof }: Results): string {
  const share = (one: TrainingResult): string => {
    const shares = sharesOfRoof(one, roof, 'computed')
    return shares === null ? nothing : spread(shares, percent)
  }
  return table(
    ['Training, images a second', ...contestantHeads, ...against, 'share of the roof'],
    training.map((one) => [
      `${networkNames[one.network]}, batch ${one.batch}`,
      ...contestantCells(one.figures),
      ...againstCells(one.figures),
      share(one),
    ]),
  )
}

function predictionTable(prediction: readonly PredictionResult[]): string {
  return table(
    ['Prediction, images a second', ...contestantHeads, ...against],
    prediction.map(({ network, figures }) => [
      networkNames[network],
      ...contestantCells(figures),
      ...againstCells(figures),
    ]),
  )
}

/** The best operations, and the share of the roof by the usual count. */
function roofText({ roof, training }: Results): string {
  const rates = (['convolution', 'matmul'] as const).flatMap((kind) => {
    const best = highest(roof, kind)
    return best === null
      ? []
      : [
          `${kind === 'matmul' ? 'matrix product' : 'convolution'} ${spread(best.gigaflops, count)} GFLOP/s (${best.name})`,
        ]
  })
  const usual = training.flatMap((one) => {
    const shares = sharesOfRoof(one, roof, 'usual')
    return one.network === 'seed' && one.batch === 500 && shares !== null
      ? [
          ` Counted as three forward passes, as is usual, the Lab network at batch 500 reaches ${percent(median(shares))}.`,
        ]
      : []
  })
  return `The roof is the best rate of TensorFlow’s own operations, measured in the same rounds: ${rates.join('; ')}. The share counts what a step computes: forward, by kernels, by inputs but for the first layer, each convolution as the sum by its definition. Conv Lab computes some of them through frequencies with fewer operations, so that its share can pass 100 %.${usual.join('')}`
}

function checkpointRow({ held, step }: CheckpointResult): string[] {
  return [
    'Training stands still for a checkpoint (Lab network, batch 100)',
    spread(held, milliseconds),
    `${median(ratiosOf(held, step)).toFixed(2)} steps`,
  ]
}

function healthRow({ name, every, without, measured }: HealthCostResult): string[] {
  return [
    `Training with health measured every ${every} steps, against without (${name})`,
    spread(ratiosOf(measured, without), (ratio) => `${ratio.toFixed(3)}×`),
    `${spread(measured, seconds)} and ${spread(without, seconds)}`,
  ]
}

function readingRow({ side, inMemory, fromFiles }: ReadingResult): string[] {
  const share = inMemory.map((rate, round) => fromFiles[round] / rate)
  return [
    `Quick network on images of ${side} pixels read from their files, against the same in memory`,
    spread(share, percent),
    `${spread(fromFiles, count)} and ${spread(inMemory, count)} images a second`,
  ]
}

function appRows({ startToAddress, startToFirstStep, pauseToHeld, step, calls, memory }: AppResult): string[][] {
  return [
    ['Start of the app to its window’s address', spread(startToAddress, seconds), ''],
    ['Start of the app to the first step of a run', spread(startToFirstStep, seconds), ''],
    [
      'Pause to held, checkpoint on disk',
      spread(pauseToHeld, milliseconds),
      `${median(ratiosOf(pauseToHeld, step)).toFixed(2)} steps`,
    ],
    [
      `${calls.length} calls from the window while training`,
      `p50 ${milliseconds(percentile(calls, 0.5))}`,
      `p99 ${milliseconds(percentile(calls, 0.99))}`,
    ],
    ['Memory of the app and its engine at rest', megabytes(memory.atRest), ''],
    ['Memory while training, Lab network, batch 100', megabytes(memory.training), ''],
    ['Memory while training, Lab network, batch 500', megabytes(memory.trainingLargest), ''],
  ]
}

function datasetsTable({ datasets }: Results): string | null {
  if (datasets === null) return null
  const { cifar10, caltech101, peakMemory } = datasets
  return table(
    ['Data sets', 'median (least–most)'],
    [
      ['CIFAR-10 prepared from its publisher’s archive', spread(cifar10, seconds)],
      [
        `${count(caltech101.images)} JPEGs of Caltech-101 (copies of a few) taken from a folder, and to 32 × 32`,
        spread(caltech101.taken, seconds),
      ],
      [`The same to ${caltech101.side} × ${caltech101.side}`, spread(caltech101.seconds, seconds)],
      ['Largest memory of the process meanwhile', megabytes(Math.max(...peakMemory))],
    ],
  )
}

function appTable({ checkpoint, health, reading, app }: Results): string {
  return table(
    ['The app', 'median (least–most)', ''],
    [
      ...(checkpoint === null ? [] : [checkpointRow(checkpoint)]),
      ...health.map(healthRow),
      ...reading.map(readingRow),
      ...(app === null ? [] : appRows(app)),
    ],
  )
}

function lookTable({ look }: Results): string | null {
  if (look === null) return null
  const p95 = (values: readonly number[]): string => `p95 ${milliseconds(percentile(values, 0.95))}`
  return table(
    ['Looking inside, Lab network', 'median (least–most)', ''],
    [
      ['Next image until its feature maps are drawn', spread(look.clickAtRest, milliseconds), p95(look.clickAtRest)],
      ['The same while a run trains', spread(look.clickTraining, milliseconds), p95(look.clickTraining)],
      ['Checkpoints a second while the scrubber is dragged', spread(look.framesPerSecond, count), nothing],
      ['The same while a run trains', spread(look.framesPerSecondTraining, count), nothing],
      ['A step of training with the page open and idle, against without', spread(look.slowdown, times), nothing],
      ['Processor time of the open, idle page, of all cores', spread(look.idleShare, finePercent), nothing],
      ['Largest memory of the engine that looks inside', spread(look.memory, megabytes), nothing],
    ],
  )
}

/** What an estimate may be wrong by. */
const estimateLimit = 0.3

function estimateTable({ estimate }: Results): string | null {
  if (estimate.length === 0) return null
  const row = (name: string, ratioOf: (one: EstimateResult) => number): string[] => {
    const ratios = estimate.map(ratioOf)
    const within = ratios.filter((one) => Math.abs(one - 1) <= estimateLimit).length
    return [name, spread(ratios, times), `${within} of ${ratios.length} within ${percent(estimateLimit)}`]
  }
  const least = (values: readonly number[]): number => Math.min(...values)
  return table(
    [`A training step of ${estimate.length} random networks`, 'median (least–most)', ''],
    [
      row('Estimated, against the median of measured steps, in the middle round', (one) =>
        median(ratiosOf(one.estimated, one.measured)),
      ),
      row(
        'Estimated, against the fastest of measured steps, each in its quietest round',
        (one) => least(one.estimated) / least(one.fastest),
      ),
      [
        'Measured',
        spread(
          estimate.map((one) => median(one.measured)),
          milliseconds,
        ),
        '',
      ],
    ],
  )
}

function errorsTable({ errors }: Results): string | null {
  if (errors === null) return null
  const { images, cold, warm, again } = errors
  return table(
    [`Errors of ${count(images)} test images, Lab network`, 'median (least–most)'],
    [
      ['The first after the start of the app, with the start of the engine that looks inside', spread(cold, seconds)],
      ['Of another checkpoint, that engine up', spread(warm, seconds)],
      ['The second time', spread(again, milliseconds)],
    ],
  )
}

function compareTable({ compare }: Results): string | null {
  if (compare === null) return null
  const { opening, keys, reading, drawing, pageMemory, trainShare } = compare
  return table(
    ['Many runs, and long ones', 'median (least–most)'],
    [
      ['Compare opened with 10,000 runs', spread(opening, milliseconds)],
      ['A key in the search field', spread(keys, milliseconds)],
      ['50 curves of 100,000 steps, asked for by one call', spread(reading, milliseconds)],
      ['These 50 runs ticked, until all their lines are drawn', spread(drawing, milliseconds)],
      ['Memory of the page for them', spread(pageMemory, megabytes)],
      ['Processor time of the page Train while a run trains, of one core', spread(trainShare, percent)],
    ],
  )
}

function enduranceTable({ endurance }: Results): string | null {
  if (endurance === null) return null
  const row = (name: string, samples: readonly number[], text: (value: number) => string): string[] => {
    const { first, last } = quarterMedians(samples)
    return [
      name,
      text(first),
      text(last),
      times(last / first),
      `${text(Math.min(...samples))}–${text(Math.max(...samples))}`,
    ]
  }
  return table(
    [
      `${count(endurance.steps)} steps of the preset ${endurance.network}, batch ${endurance.batch}`,
      'median of the first quarter',
      'of the last',
      'last to first',
      'least–most',
    ],
    [
      row('Images a second in training', endurance.imagesPerSecond, count),
      row('Memory of the engine', endurance.memory, megabytes),
    ],
  )
}

const wanted = 0.8

/** When a run first measured 80 %, and how it ended. */
function accuracyRow({ preset, seed, budget, steps, flips, evaluations }: AccuracyResult): string[] {
  const reached = evaluations.find((one) => one.accuracy >= wanted)
  const last = evaluations[evaluations.length - 1]
  const name = `The preset ${preset}, fitted to ${budget} s, seed ${seed}${flips ? ', measured with mirror images' : ''}`
  return [
    name,
    count(steps),
    reached === undefined ? 'not reached' : `${seconds(reached.seconds)} (step ${count(reached.step)})`,
    finePercent(last.accuracy),
    seconds(last.seconds),
  ]
}

function accuracyTable({ accuracy: measured }: Results): string | null {
  if (measured === null) return null
  return table(
    ['Runs on CIFAR-10', 'steps', 'training time to 80 %', 'accuracy at the end', 'training time'],
    measured.map(accuracyRow),
  )
}

function versionsText({ versions }: Results): string {
  return contestantIds
    .flatMap((id) => {
      const known = versions[id]
      return known === undefined
        ? []
        : [
            `${contestantNames[id]}: ${Object.entries(known)
              .map(([name, version]) => `${name} ${version}`)
              .join(', ')}`,
          ]
    })
    .join('; ')
}

/** The ways that contestants took, each once with the cases in which it did. */
function waysText({ training }: Results): string {
  const casesOf = new Map<string, string[]>()
  for (const { network, batch, figures } of training) {
    for (const { contestant, ways } of figures) {
      if (ways === '') continue
      const way = `${contestantNames[contestant]}: ${ways}`
      casesOf.set(way, [...(casesOf.get(way) ?? []), `${network}-${batch}`])
    }
  }
  return [...casesOf].map(([way, cases]) => `- ${way} (${cases.join(', ')})`).join('\n')
}

/** The batch whose training the short table shows. */
const usualBatch = 250

/** What README.md shows: how fast the lab is against the others, in a few rows. */
export function shortSummary({ training, prediction, machine, takenAt }: Results): string {
  const row = (name: string, figures: readonly Figures[]): string[] => {
    const ours = figuresOf(figures, 'conv-lab')
    const middle = (ratios: readonly number[] | null): string => (ratios === null ? nothing : times(median(ratios)))
    return [
      name,
      ours === null ? nothing : count(median(ours)),
      middle(ourRatios(figures, betterPeer(figures))),
      middle(ourRatios(figures, figuresOf(figures, 'tfjs'))),
    ]
  }
  return [
    table(
      ['Images a second', contestantNames['conv-lab'], ...against],
      [
        ...training
          .filter(({ batch }) => batch === usualBatch)
          .map(({ network, figures }) => row(`Training, ${networkNames[network]}, batch ${usualBatch}`, figures)),
        ...prediction.map(({ network, figures }) => row(`Prediction, ${networkNames[network]}`, figures)),
      ],
    ),
    `Medians, measured on ${takenAt.slice(0, 10)}: ${machineText(machine)}.`,
  ].join('\n\n')
}

/** What docs/bench.md shows: the tables and where they were measured. */
export function summary(results: Results): string {
  const { training, prediction, roof, checkpoint, health, app, machine, takenAt, rounds, versions } = results
  const parts = [
    `Measured on ${takenAt.slice(0, 10)}: ${machineText(machine)}. Medians of ${rounds} rounds, in which all take turns, with the least and the most; ratios are taken round by round.`,
    Object.keys(versions).length === 0 ? null : `${versionsText(results)}.`,
    training.length === 0 ? null : trainingTable(results),
    prediction.length === 0 ? null : predictionTable(prediction),
    roof.length === 0 ? null : roofText(results),
    checkpoint === null && health.length === 0 && app === null ? null : appTable(results),
    lookTable(results),
    errorsTable(results),
    compareTable(results),
    datasetsTable(results),
    estimateTable(results),
    enduranceTable(results),
    accuracyTable(results),
  ]
  return parts.filter((part) => part !== null).join('\n\n')
}

/** What the terminal shows: the summary and the ways that were taken. */
export function report(results: Results): string {
  const ways = waysText(results)
  return ways === ''
    ? summary(results)
    : `${summary(results)}\n\nThe fastest of its own ways that each took, tried once:\n${ways}`
}
