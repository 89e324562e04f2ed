import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { About, FolderToOpen } from './about.ts'
import { DataChoice, DatasetForm } from '../data/dataChoice.ts'
import { DatasetEntry, DatasetId, DatasetSample, ImagePage, Split, TwinsPage } from '../data/dataset.ts'
import { choicesContract } from './choicesContract.ts'
import { compareContract } from './compareContract.ts'
import { errorsContract } from './errorsContract.ts'
import { HealthEvery } from '../health/health.ts'
import { Hint } from '../advice/hint.ts'
import { HintKind } from '../advice/hintKind.ts'
import {
  HealthQuestion,
  HealthRows,
  HealthRowsQuestion,
  HistogramsQuestion,
  LayerHistograms,
  RunHealth,
} from '../health/healthQuestions.ts'
import { expectationsContract } from './expectationsContract.ts'
import { exampleContract } from './exampleContract.ts'
import { networksContract } from './networksContract.ts'
import { WalkStep } from '../start/walk.ts'
import { shelvesContract } from './shelvesContract.ts'
import { lessonsContract } from './lessonsContract.ts'
import { lookContract } from './lookContract.ts'
import { measureContract } from './measureContract.ts'
import { PlanningEvent } from '../reading/planning.ts'
import { ReadingWishes } from '../reading/readingWishes.ts'
import { Language } from '../words/language.ts'
import { KernelWeights } from '../network/kernelWeights.ts'
import { NetworkEntry } from '../network/savedNetwork.ts'
import { Problem } from '../words/problems.ts'
import { RequestChanges } from '../run/changedRequest.ts'
import { ProofEvent, ProofRequest } from '../run/resumeProof.ts'
import { CurvesAnswer, CurvesQuestion } from '../run/curve.ts'
import { EvaluationsQuestion, PackedRows, StepsQuestion, TimedEvaluation } from '../run/metricRows.ts'
import { MarkChanges } from '../run/marks.ts'
import { Repeats } from '../run/repeats.ts'
import { QueueMove, QueueStatus } from '../run/queue.ts'
import {
  CheckpointChoice,
  EngineIdentity,
  Evaluation,
  Goal,
  RunDetail,
  RunId,
  RunPhase,
  RunRequest,
  RunSummary,
  RunToBegin,
} from '../run/run.ts'
import { SweepSummary } from '../sweep/sweep.ts'
import { sweepsContract } from './sweepsContract.ts'
import { ExportEvent, ExportQuestion } from '../run/runExport.ts'
import { TrainingSeconds } from '../run/timeBudget.ts'
import { updateContract } from './updateContract.ts'
import { viewsContract } from './viewsContract.ts'
import { weightsContract } from './weightsContract.ts'

/** The process that trains: whether it is up and what it computes with. */
export const EngineStatus = z.strictObject({
  state: z.enum(['off', 'starting', 'ready', 'failed']),
  identity: EngineIdentity.nullable(),
  problem: Problem.nullable(),
})
export type EngineStatus = z.infer<typeof EngineStatus>

/**
 * Bytes of memory: what Conv Lab's processes hold together, and what they can have at most, which is the computer's or
 * a container's limit.
 */
export const MemoryStatus = z.strictObject({ usedBytes: z.int().min(0), totalBytes: z.int().min(0) })
export type MemoryStatus = z.infer<typeof MemoryStatus>

/** Which shell owns the home folder and, for a window in a browser, under which address it is. */
export const Owner = z.strictObject({
  shell: z.enum(['electron', 'browser', 'cli']),
  pid: z.int(),
  address: z.string().nullable(),
})
export type Owner = z.infer<typeof Owner>

export const LabStatus = z.strictObject({
  version: z.string(),
  home: z.string(),
  owner: Owner,
  engine: EngineStatus,
  memory: MemoryStatus,
  queue: QueueStatus,
  /** Number of the newest event; follow `events` from here. */
  sequence: z.int().min(0),
})
export type LabStatus = z.infer<typeof LabStatus>

/** What a person has chosen for the window and the lab behind it; `system` follows the operating system. */
export const Preferences = z.strictObject({
  language: z.union([Language, z.literal('system')]),
  theme: z.enum(['light', 'dark', 'system']),
  /** Whether the system tells that a run has ended; `unasked` until a person has answered that. */
  notices: z.enum(['unasked', 'on', 'off']),
  /**
   * Threads on which a new run computes an operation; `all`: as many as the computer has. A run keeps the number with
   * which it began, since its bits depend on it.
   */
  threads: z.union([z.int().min(1).max(1024), z.literal('all')]),
  /** Whether single keys are shortcuts. */
  shortcuts: z.enum(['on', 'off']),
  /** Whether a person has seen the page that introduces the lab. */
  start: z.enum(['new', 'seen']),
  /** The step of the walk through the lab that is shown; `off`: none is. */
  walk: z.union([WalkStep, z.literal('off')]),
  /** The steps of the walk that a person has gone on from. */
  walked: z.array(WalkStep),
  /** Kinds of hints that are no longer shown unasked. */
  quietHints: z.array(HintKind),
})
export type Preferences = z.infer<typeof Preferences>

/** The preferences of a home folder in which nobody has chosen any. */
export const usualPreferences: Preferences = {
  language: 'system',
  theme: 'system',
  notices: 'unasked',
  threads: 'all',
  shortcuts: 'on',
  start: 'new',
  walk: 'off',
  walked: [],
  quietHints: [],
}

const sequence = z.int().min(1)
/** How many runs are neither archived nor in the bin now. */
const kept = z.int().min(0)

/**
 * What happens in the lab, in order. Everything an event shows has been stored before it is sent.
 * `reset`: the events between the requested number and this one are no longer available; read everything again.
 */
export const LabEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reset'), sequence: z.int().min(0) }),
  /** Steps `first`, `first + 1`, ... of a run; columns of equal length. At most 10 a second. */
  z.strictObject({
    kind: z.literal('steps'),
    sequence,
    run: RunId,
    first: z.int().min(1),
    loss: z.array(z.number()),
    accuracy: z.array(z.number()),
    seconds: z.array(z.number()),
    imagesPerSecond: z.number().min(0).nullable(),
  }),
  z.strictObject({
    kind: z.literal('evaluated'),
    sequence,
    run: RunId,
    evaluation: Evaluation,
    seconds: z.number().min(0),
  }),
  /** The health of a run was measured at a step; its curves and histograms have it now. */
  z.strictObject({ kind: z.literal('health'), sequence, run: RunId, step: z.int().min(0) }),
  /** Progress of an evaluation of the whole test set, in images. */
  z.strictObject({ kind: z.literal('evaluating'), sequence, run: RunId, done: z.int().min(0), total: z.int().min(1) }),
  z.strictObject({ kind: z.literal('phase'), sequence, run: RunId, phase: RunPhase }),
  /** A run is new, or its state, place in the queue, goal, checkpoint or best changed. */
  z.strictObject({ kind: z.literal('run'), sequence, run: RunSummary }),
  /** Names, notes, tags, stars or the archive of runs have changed in this way; added tags as they are written. */
  z.strictObject({ kind: z.literal('marked'), sequence, kept, runs: z.array(RunId), changes: MarkChanges }),
  /** Runs were put into the bin. */
  z.strictObject({ kind: z.literal('deleted'), sequence, kept, runs: z.array(RunId) }),
  /** Runs came back from the bin; the newest of them were told as `run` before. */
  z.strictObject({ kind: z.literal('restored'), sequence, kept, runs: z.array(RunId) }),
  /** Runs of the bin are gone for good. */
  z.strictObject({ kind: z.literal('erased'), sequence, runs: z.array(RunId) }),
  /** Checkpoints of runs were deleted to give back their space. */
  z.strictObject({ kind: z.literal('spared'), sequence, runs: z.array(RunId) }),
  /** A queued run was cancelled; it is gone. */
  z.strictObject({ kind: z.literal('cancelled'), sequence, run: RunId }),
  /** The queue is held, or goes on again. */
  z.strictObject({ kind: z.literal('queue'), sequence, queue: QueueStatus }),
  /** A sweep was begun, its state changed, or a run of it began or ended. */
  z.strictObject({ kind: z.literal('sweep'), sequence, sweep: SweepSummary }),
  /** Metrics after this step are gone, because the run continues from there. */
  z.strictObject({ kind: z.literal('rewound'), sequence, run: RunId, step: z.int().min(0) }),
  z.strictObject({ kind: z.literal('dataset'), sequence, dataset: DatasetEntry }),
  /** Networks of one's own were saved, renamed or removed: all that there are now. */
  z.strictObject({ kind: z.literal('networks'), sequence, networks: z.array(NetworkEntry) }),
  z.strictObject({ kind: z.literal('engine'), sequence, engine: EngineStatus }),
  z.strictObject({ kind: z.literal('memory'), sequence, memory: MemoryStatus }),
  z.strictObject({ kind: z.literal('preferences'), sequence, preferences: Preferences }),
  /** Another Conv Lab has taken the home folder, so this lab ends. */
  z.strictObject({ kind: z.literal('taken'), sequence, problem: Problem }),
])
export type LabEvent = z.infer<typeof LabEvent>

/** Which run is continued, up to which goal and with which interval of health; left out: as before. */
export const RunToResume = z.strictObject({ run: RunId, goal: Goal.optional(), healthEvery: HealthEvery.optional() })
export type RunToResume = z.infer<typeof RunToResume>

/** Every call can end with a problem: a code and parameters, said in the person's language where it is shown. */
const call = oc.errors({ PROBLEM: { data: Problem } })

const ofRun = z.strictObject({ run: RunId })
const ofDataset = z.strictObject({ dataset: DatasetId })

/** Everything that a window, or a command line beside it, can ask of the lab and hear from it. */
export const windowContract = {
  lab: {
    status: call.output(LabStatus),
    about: call.output(About),
    /** Shows a folder in the system's file manager. Only a shell that can do that does, as `about` says. */
    openFolder: call.input(FolderToOpen).output(z.strictObject({ folder: z.string() })),
    /** All events after this number, without end. */
    events: call.input(z.strictObject({ after: z.int().min(0) })).output(eventIterator(LabEvent)),
  },
  preferences: {
    read: call.output(Preferences),
    /** Stores those that are given; the others stay as they are. Answers with all of them. */
    write: call.input(Preferences.partial()).output(Preferences),
  },
  choices: choicesContract,
  datasets: {
    list: call.output(z.array(DatasetEntry)),
    /**
     * Starts to download a data set and answers at once; progress and end come as `dataset` events. A data set that is
     * ready stays as it is.
     */
    get: call.input(z.strictObject({ dataset: DatasetId, edition: z.string().optional() })).output(DatasetEntry),
    /**
     * Cancels the work on a data set: a download, an import, the preparation of a form, a packing. What was finished
     * before stays.
     */
    cancel: call.input(ofDataset).output(DatasetEntry),
    /**
     * Looks how a person's own images at `path`, a folder or an archive, can be read, and takes nothing; ends with
     * `planned`, or with `packed` for a file that `pack` wrote. With wishes that leave no choice there is one reading.
     * Who stops listening cancels it.
     */
    plan: call
      .input(z.strictObject({ path: z.string().min(1), wishes: ReadingWishes.optional() }))
      .output(eventIterator(PlanningEvent)),
    /**
     * Starts to import a data set from files of this computer and answers at once; progress and end come as `dataset`
     * events. `path`: an archive of the publisher, a folder with its files, one around it or one inside, or a file that
     * `pack` wrote. For `own`, a new data set of a person's own images is made, read by the `wishes`. It is called
     * `name`, or like the folder; the answer is its entry.
     */
    import: call
      .input(
        z.strictObject({
          dataset: DatasetId,
          path: z.string().min(1),
          name: z.string().optional(),
          wishes: ReadingWishes.optional(),
        }),
      )
      .output(DatasetEntry),
    /**
     * Prepares a form of a set that is ready, and answers when it is there: its entry, with the form among `forms`.
     * Progress comes as `dataset` events.
     */
    prepare: call.input(z.strictObject({ dataset: DatasetId, form: DatasetForm })).output(DatasetEntry),
    /** Writes all of a set into one file that another computer imports; answers when it is there. */
    pack: call
      .input(z.strictObject({ dataset: DatasetId, file: z.string().min(1) }))
      .output(z.strictObject({ file: z.string(), bytes: z.int().min(1) })),
    /** Removes a data set from this computer. Refused while a run trains on it or waits to. */
    remove: call.input(ofDataset).output(DatasetEntry),
    /**
     * A piece of the list of a choice's images in one split, in the order of their indices: of all labels, or of the
     * one at `label` (an index into the labels that the choice names, as the network learns them). The form must be
     * prepared.
     */
    images: call
      .input(
        z.strictObject({
          dataset: DatasetId,
          choice: DataChoice,
          split: Split,
          label: z.int().min(0).nullable(),
          from: z.int().min(0),
          count: z.int().min(1).max(1000),
        }),
      )
      .output(ImagePage),
    /**
     * Pairs of equal images of which a choice trains on one and tests on the other. The form must be prepared.
     */
    twins: call
      .input(z.strictObject({ dataset: DatasetId, choice: DataChoice, count: z.int().min(1).max(1000) }))
      .output(TwinsPage),
    /**
     * Where sets are looked for before their publishers are asked: a folder, a network share or an http address; null:
     * nowhere. `code` is what a class page asks for, where it is not the end of the address already.
     */
    mirror: {
      read: call.output(z.strictObject({ place: z.string().nullable() })),
      write: call
        .input(z.strictObject({ place: z.string().max(1000).nullable(), code: z.string().max(100).default('') }))
        .output(z.strictObject({ place: z.string().nullable() })),
    },
    /** Images of the usual form, spread over the classes, drawn from `seed` (the same seed shows the same images). */
    samples: call
      .input(z.strictObject({ dataset: DatasetId, split: Split, count: z.int().min(1).max(100), seed: z.int().min(0) }))
      .output(z.array(DatasetSample)),
  },
  runs: {
    /**
     * The newest 100 runs that are neither archived nor in the bin, besides them all that train or are in the queue,
     * newest first. `total`: how many are neither archived nor in the bin.
     */
    list: call.output(z.strictObject({ total: z.int().min(0), runs: z.array(RunSummary) })),
    ...shelvesContract,
    detail: call.input(ofRun).output(RunDetail),
    /**
     * The request that begins a run anew with all its settings. A network that is no longer saved as it was then has its
     * name and no version.
     */
    request: call.input(ofRun).output(RunRequest),
    /**
     * The request of a new run with the settings of a run but for some changes: from its beginning with `at` null,
     * otherwise as a branch from that checkpoint of it. It is not started.
     */
    changed: call
      .input(z.strictObject({ run: RunId, at: CheckpointChoice.nullable(), changes: RequestChanges }))
      .output(RunRequest),
    /** Starts a new run. What is expected of it is locked with that. */
    start: call.input(RunToBegin).output(RunSummary),
    /** What is noticed about a run as it stands, what spoils it most first; none for a sound run. */
    why: call.input(ofRun).output(z.strictObject({ hints: z.array(Hint) })),
    /** Finishes the step, writes a checkpoint, and answers when the run is held. */
    pause: call.input(ofRun).output(RunSummary),
    stop: call.input(ofRun).output(RunSummary),
    /**
     * Continues from the newest sound checkpoint, to a higher goal if one is given, and with another interval of health
     * if one is given. The run's `problem` says where damaged checkpoints were passed over.
     */
    resume: call.input(RunToResume).output(RunSummary),
    /**
     * Measures how long a step of a request takes on this computer, which takes a few seconds, and answers with the
     * request whose training takes about so many seconds: its steps, and its schedule as long as they are. It is not
     * started.
     */
    fitToTime: call
      .input(z.strictObject({ request: RunRequest, seconds: TrainingSeconds }))
      .output(z.strictObject({ request: RunRequest, secondsPerStep: z.number().positive() })),
    /**
     * Trains a request twice, without a break and with one, and compares every bit; ends with `proved`. Nothing of it
     * enters the history. Who stops listening ends it.
     */
    proveResume: call.input(ProofRequest).output(eventIterator(ProofEvent)),
    /** Curves for a picture, in the order in which they are asked for. */
    curves: call.input(CurvesQuestion).output(CurvesAnswer),
    /** The metrics of each step, a page at a time. */
    steps: call.input(StepsQuestion).output(PackedRows),
    /** The evaluations, a page at a time. */
    evaluations: call.input(EvaluationsQuestion).output(z.array(TimedEvaluation)),
    /** The health of a run's layers over time: curves like those of `curves`. */
    health: call.input(HealthQuestion).output(RunHealth),
    /** Histograms of a layer's weights, activations or gradients over time. */
    healthHistograms: call.input(HistogramsQuestion).output(LayerHistograms),
    /** Whole measurements of health, with all histograms. */
    healthRows: call.input(HealthRowsQuestion).output(HealthRows),
    /** Measures the test set with the newest checkpoint, or the one at `checkpoint`. */
    evaluate: call.input(z.strictObject({ run: RunId, checkpoint: z.int().min(0).optional() })).output(
      z.strictObject({
        run: RunId,
        checkpoint: z.int().min(0),
        testAccuracy: z.number(),
        testLoss: z.number(),
        images: z.int(),
        flips: z.boolean(),
      }),
    ),
    /**
     * The kernel of a layer for one input channel (the first where it is left out), from the newest checkpoint or the
     * one that is chosen.
     */
    weights: call
      .input(
        z.strictObject({
          run: RunId,
          layer: z.string(),
          inputChannel: z.int().min(0).optional(),
          checkpoint: CheckpointChoice.optional(),
        }),
      )
      .output(KernelWeights),
    /**
     * Writes the network of a checkpoint for use elsewhere, with a model card, into a folder of the computer that is
     * empty or not there yet. Who stops listening ends it, and then nothing is left.
     */
    export: call.input(ExportQuestion).output(eventIterator(ExportEvent)),
    /** Writes nothing more of a run for TensorBoard while it trains. What is written stays. */
    endEvents: call.input(ofRun).output(RunSummary),
  },
  lessons: lessonsContract,
  expectations: expectationsContract,
  look: lookContract,
  compare: compareContract,
  errors: errorsContract,
  measure: measureContract,
  networks: networksContract,
  example: exampleContract,
  sweeps: sweepsContract,
  update: updateContract,
  views: viewsContract,
  weights: weightsContract,
  /** Runs that wait for their turn. One run trains at a time; when it has ended, the first of them begins by itself. */
  queue: {
    /** Adds a new run at the end. It begins at once where nothing trains and the queue is not held. */
    add: call.input(RunToBegin).output(RunSummary),
    /**
     * Adds so many runs at the end that differ from a request in their seed alone: all or none. The seeds are the
     * smallest that no run of these settings has had, from that of the request on.
     */
    repeat: call.input(Repeats).output(z.array(RunSummary)),
    /**
     * Adds a run at rest at the end, to be continued when its turn comes as `runs.resume` does. It keeps its state until
     * then. One that cannot be continued in its turn leaves the queue, and its `problem` says why.
     */
    resume: call.input(RunToResume).output(RunSummary),
    move: call.input(z.strictObject({ run: RunId, to: QueueMove })).output(RunSummary),
    /** Takes a run out. One that has not begun is deleted, because nothing of it has been computed. */
    cancel: call.input(ofRun),
    /** Lets a held queue go on. */
    goOn: call.output(QueueStatus),
  },
}
