import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DatasetId } from '../data/dataset.ts'
import { Network } from '../network/network.ts'
import { NetworkOrigin } from '../network/savedNetwork.ts'
import { ConfirmedWeights } from '../weights/confirmedWeights.ts'
import { Metric, PresetId, RunId, RunRequest } from '../run/run.ts'
import { Problem } from '../words/problems.ts'

/** How JSON says that what was entered is no number. */
const noNumber = 'NaN'

/** A number as it was entered, in its range or not. Null: the field was emptied; NaN: the text was no number. */
const Entered = z.union([z.number(), z.nan(), z.literal(noNumber).transform(() => NaN)]).nullable()

/** What is chosen of a set, as its form says it; it may not fit yet. */
const KeptDataForm = z.strictObject({
  labels: z.string().max(40),
  classes: z.array(z.int().min(0)).max(100_000).nullable(),
  fit: z.enum(['crop', 'fit']),
  cut: z.enum(['whole', 'object']),
  split: z.enum(['official', 'drawn', 'groups']),
  groups: z.array(z.int().min(0)).max(100_000),
  numbers: z.strictObject({
    side: Entered,
    perClass: Entered,
    margin: Entered,
    least: Entered,
    splitSeed: Entered,
    trainPerClass: Entered,
    testPerClass: Entered,
  }),
})

const KeptRunForm = z.strictObject({
  preset: PresetId,
  optimizer: z.enum(['adam', 'adamw', 'sgd']).nullable(),
  schedule: z.enum(['constant', 'step', 'cosine', 'one-cycle']).nullable(),
  distort: z.boolean(),
  entered: z.partialRecord(
    z.enum([
      'batch',
      'learningRate',
      'goal',
      'seed',
      'evaluateEvery',
      'momentum',
      'weightDecay',
      'clipNorm',
      'warmUpSteps',
      'validationPercent',
      'patience',
      'healthEvery',
    ]),
    Entered,
  ),
})

/** The form of the next run as a person left it. */
export const KeptNextRun = z.strictObject({
  /** The chosen set, and what it was called; null: none was chosen. */
  dataset: z.strictObject({ id: DatasetId, name: z.string().max(1000) }).nullable(),
  /** Changed choices of data, by set. */
  dataForms: z.record(DatasetId, KeptDataForm),
  presetChosen: z.boolean(),
  form: KeptRunForm,
  /** The network of one's own that is trained; null: the preset's. */
  network: z.strictObject({ origin: NetworkOrigin, network: Network }).nullable(),
  /** A request that was taken as a whole, and what the form alone said right after. */
  taken: z.strictObject({ request: RunRequest, said: z.string().max(10_000_000) }).nullable(),
  showsMore: z.boolean(),
  /** The weights from elsewhere with which it begins; null: with initial weights. */
  weights: ConfirmedWeights.nullable().default(null),
})
export type KeptNextRun = z.infer<typeof KeptNextRun>

const Axis = z.enum(['step', 'epoch', 'time'])

/** The least and the most height that a person can give to a chart, in pixels. */
export const leastChartHeight = 200
export const mostChartHeight = 1600

/** How the charts of Train and Compare are viewed. */
export const KeptCharts = z.strictObject({
  /** Weight of the past at each step; null: as usual for the length of the runs. */
  smoothing: z.union([z.literal(0), z.literal(0.6), z.literal(0.9), z.literal(0.97)]).nullable(),
  trainAxis: Axis,
  compareAxis: Axis,
  compareMetrics: z.array(Metric).min(1),
  repeatsAsOne: z.boolean(),
  /** Pixels of a chart of Compare from top to bottom; null: as the window is high. */
  compareHeight: z.int().min(leastChartHeight).max(mostChartHeight).nullable().default(null),
  logarithmic: z
    .array(z.union([Metric, z.enum(['trainX', 'trainAccuracy', 'trainLoss', 'trainRate', 'compareX'])]))
    .max(100),
})
export type KeptCharts = z.infer<typeof KeptCharts>

/** Where the next sweep trains, as its form says it; it may not fit yet. */
export const KeptClusterForm = z.strictObject({
  on: z.enum(['here', 'ray']),
  address: z.string().max(2000),
  tokenFile: z.string().max(2000),
  processors: Entered,
  nodesHave: z.string().max(2000),
  dataFolder: z.string().max(2000),
})
export type KeptClusterForm = z.infer<typeof KeptClusterForm>

/** What a person has chosen in a window, by subject; null: nothing yet. */
export const KeptChoices = z.strictObject({
  nextRun: KeptNextRun.nullable(),
  charts: KeptCharts.nullable(),
  /** The runs whose curves Compare shows. */
  ticks: z.array(RunId).max(100_000).nullable(),
  cluster: KeptClusterForm.nullable(),
})
export type KeptChoices = z.infer<typeof KeptChoices>

/** Choices as text, which their schemas read again. */
export function choiceText(choice: KeptChoices[KeptSubject]): string {
  return JSON.stringify(choice, (_key, value: unknown) => (Number.isNaN(value) ? noNumber : value))
}

/** A subject of choices. */
export type KeptSubject = keyof KeptChoices

const call = oc.errors({ PROBLEM: { data: Problem } })

/**
 * What a person has chosen in a window, kept in the home folder, so that closing it or loading it again loses nothing.
 * Each window reads it when it opens. Of several windows, the one in which something was changed last is kept.
 */
export const choicesContract = {
  /** `unreadable`: subjects that are kept in a way which this Conv Lab does not know; they are null. */
  read: call.output(KeptChoices.extend({ unreadable: z.array(KeptChoices.keyof()) })),
  /** Keeps the given subjects; the others stay as they are. */
  write: call.input(KeptChoices.partial()),
}

/** A home folder in which nothing has been chosen yet. */
export const noChoices: KeptChoices & { unreadable: KeptSubject[] } = {
  nextRun: null,
  charts: null,
  ticks: null,
  cluster: null,
  unreadable: [],
}
