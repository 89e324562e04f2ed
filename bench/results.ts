import type { PresetId } from '../core/run/run.ts'
import type { NetworkId } from './cases.ts'
import type { ContestantId } from './contestants/contestant.ts'
import type { Machine } from './machine.ts'

/** A contestant's figures of one case, a number a round. */
export interface Figures {
  readonly contestant: ContestantId
  /** Which of its own ways it took. */
  readonly ways: string
  readonly imagesPerSecond: readonly number[]
}

/** Training of one network at one batch size, distortions included. */
export interface TrainingResult {
  readonly network: NetworkId
  readonly batch: number
  readonly parameters: number
  /** Of one image in a training step: what is computed, and three forward passes, as it is usually counted. */
  readonly flops: { readonly computed: number; readonly usual: number }
  readonly figures: readonly Figures[]
}

/** Prediction of the whole test set with one network. */
export interface PredictionResult {
  readonly network: NetworkId
  readonly figures: readonly Figures[]
}

/** One of TensorFlow's operations by itself, a number a round. */
export interface RoofResult {
  readonly kind: 'matmul' | 'convolution'
  readonly name: string
  readonly gigaflops: readonly number[]
}

/** What a checkpoint costs training; seconds, a number for each round. */
export interface CheckpointResult {
  /** How long the loop stands still for a checkpoint. */
  readonly held: readonly number[]
  /** A step of the same run. */
  readonly step: readonly number[]
}

/** Seconds of a run with health measured at its usual interval and without, a number for each round. */
export interface HealthCostResult {
  readonly name: string
  /** Steps between two measurements. */
  readonly every: number
  readonly without: readonly number[]
  readonly measured: readonly number[]
}

/**
 * The Quick network on images of one side, a number a round: images a second from memory, and from files that are too
 * large for it.
 */
export interface ReadingResult {
  readonly side: number
  readonly inMemory: readonly number[]
  readonly fromFiles: readonly number[]
}

/** The app around training; seconds and bytes. */
export interface AppResult {
  readonly startToAddress: readonly number[]
  /** From starting the program until the window hears of the first step of a Lab network. */
  readonly startToFirstStep: readonly number[]
  /** From asking for a pause to the answer, when the checkpoint is on disk. */
  readonly pauseToHeld: readonly number[]
  /** A step of the runs that were paused. */
  readonly step: readonly number[]
  /** Each of 200 calls over the window's WebSocket while a run trains. */
  readonly calls: readonly number[]
  readonly memory: { readonly atRest: number; readonly training: number; readonly trainingLargest: number }
}

/** Looking inside in a real window, while nothing trains and while the Lab network does. */
export interface LookResult {
  /** Seconds from a press on «next image» until its feature maps are drawn, each. */
  readonly clickAtRest: readonly number[]
  readonly clickTraining: readonly number[]
  /** Checkpoints a second while the scrubber is dragged, a number a round. */
  readonly framesPerSecond: readonly number[]
  readonly framesPerSecondTraining: readonly number[]
  /** Seconds a step with the page open and idle, against those before and after it, without any window. */
  readonly slowdown: readonly number[]
  /**
   * Processor time that the open, idle page takes while the run trains, as a share of all cores: the browser, the main
   * process and the engine that looks inside, without what the main process takes anyway.
   */
  readonly idleShare: readonly number[]
  /** The largest resident memory of the engine that looks inside, in bytes. */
  readonly memory: readonly number[]
}

/** The errors of a checkpoint over the whole test set, at rest; seconds. */
export interface ErrorsResult {
  /** Images of the test set. */
  readonly images: number
  /** The first pass after the app has started: with the start of the engine that looks inside. */
  readonly cold: readonly number[]
  /** Passes while that engine is up. */
  readonly warm: readonly number[]
  /** The answer of the second time. */
  readonly again: readonly number[]
}

/** The page Compare over made histories, in a real window; seconds and bytes. */
export interface CompareResult {
  /** From going to the page until the first of 10,000 runs are drawn. */
  readonly opening: readonly number[]
  /** From a key in the search field, over 10,000 runs, until the page is drawn. */
  readonly keys: readonly number[]
  /** 50 curves of 100,000 steps asked for by one call, without a window. */
  readonly reading: readonly number[]
  /** From ticking these 50 runs until the last of their lines is drawn. */
  readonly drawing: readonly number[]
  /** By how much the memory of the page's scripts grows with them. */
  readonly pageMemory: readonly number[]
  /** Processor time of the open page Train while a run trains, as a share of one core; the engines left out. */
  readonly trainShare: readonly number[]
}

/** How long data sets take to be prepared; seconds and bytes, a number a round. */
export interface DatasetsResult {
  /** CIFAR-10 from its publisher's archive. */
  readonly cifar10: readonly number[]
  /**
   * As many JPEG files as Caltech-101 has, copies of genuine ones: `seconds` to images of one side out of the
   * collection, `taken` from its folder into a collection with its usual form.
   */
  readonly caltech101: {
    readonly images: number
    readonly side: number
    readonly seconds: readonly number[]
    readonly taken: readonly number[]
  }
  /** Largest resident memory of each process that prepared one. */
  readonly peakMemory: readonly number[]
}

/** Seconds of a step of a random network, estimated, and measured: the median and the fastest; a number a round. */
export interface EstimateResult {
  readonly estimated: readonly number[]
  readonly measured: readonly number[]
  readonly fastest: readonly number[]
}

/** One run of a preset on CIFAR-10 to its end. */
export interface AccuracyResult {
  readonly preset: PresetId
  readonly seed: number
  /** Training seconds that its schedule was fitted to. */
  readonly budget: number
  /** Whether each test image was measured together with its mirror image. */
  readonly flips: boolean
  readonly steps: number
  /** In order, with the training seconds at which they were made. */
  readonly evaluations: readonly { readonly step: number; readonly seconds: number; readonly accuracy: number }[]
}

/** A run of many small steps, sampled at equal distances. */
export interface EnduranceResult {
  /** The preset whose network it is. */
  readonly network: string
  readonly batch: number
  readonly steps: number
  /** Training images by training time since the sample before. */
  readonly imagesPerSecond: readonly number[]
  /** Resident memory of the engine in bytes. */
  readonly memory: readonly number[]
}

export interface Results {
  readonly format: 1
  readonly takenAt: string
  readonly machine: Machine
  readonly rounds: number
  /** Seconds of training that one measurement lasted. */
  readonly seconds: number
  readonly versions: Readonly<Partial<Record<ContestantId, Readonly<Record<string, string>>>>>
  readonly training: readonly TrainingResult[]
  readonly prediction: readonly PredictionResult[]
  readonly roof: readonly RoofResult[]
  readonly checkpoint: CheckpointResult | null
  readonly health: readonly HealthCostResult[]
  readonly reading: readonly ReadingResult[]
  readonly app: AppResult | null
  readonly look: LookResult | null
  readonly errors: ErrorsResult | null
  readonly compare: CompareResult | null
  readonly datasets: DatasetsResult | null
  readonly estimate: readonly EstimateResult[]
  /** Null where it was not asked for. */
  readonly endurance: EnduranceResult | null
  /** Runs to an accuracy; null where nothing of this lab was measured. */
  readonly accuracy: readonly AccuracyResult[] | null
}
