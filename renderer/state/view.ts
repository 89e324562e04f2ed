import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { NetworkEntry } from '../../core/network/savedNetwork.ts'
import { marked } from '../../core/run/marks.ts'
import { chosenAccuracy, type Evaluation, type RunSummary } from '../../core/run/run.ts'
import { ownImages } from './ownImages.ts'
import type { KeptChoices, KeptSubject } from '../../core/contract/choicesContract.ts'
import type { LabEvent, LabStatus, Preferences } from '../../core/contract/windowContract.ts'

/** Progress of the evaluation on a run's test set, in images. */
export interface Evaluating {
  readonly run: number
  readonly done: number
  readonly total: number
}

/** What the window knows about the lab: read once, then kept up to date by events. */
export interface LabView {
  readonly status: LabStatus
  readonly preferences: Preferences
  /** What was chosen in a window, as it was kept when the lab was last read; and what of it cannot be read. */
  readonly choices: KeptChoices & { readonly unreadable: readonly KeptSubject[] }
  readonly datasets: readonly DatasetEntry[]
  /** Of a person's own, in the order of their names. */
  readonly networks: readonly NetworkEntry[]
  /**
   * The newest, those that train or are queued, and others that something in the window has needed; newest first. None
   * lies in the bin.
   */
  readonly runs: readonly RunSummary[]
  /** How many runs are neither archived nor in the bin. */
  readonly kept: number
  readonly evaluating: Evaluating | null
}

function changeRun(view: LabView, id: number, change: (run: RunSummary) => RunSummary): LabView {
  return { ...view, runs: view.runs.map((run) => (run.id === id ? change(run) : run)) }
}

function placeRun(runs: readonly RunSummary[], placed: RunSummary): RunSummary[] {
  const others = runs.filter((run) => run.id !== placed.id)
  return [...others, placed].sort((a, b) => b.id - a.id)
}

/** The list with this entry added or replaced. A set of own images that was removed, or never imported, is dropped. */
function placeDataset(datasets: readonly DatasetEntry[], placed: DatasetEntry): DatasetEntry[] {
  const gone =
    placed.obtained === 'own' &&
    placed.id !== ownImages &&
    placed.state === 'absent' &&
    placed.progress === null &&
    placed.problem === null
  if (gone) return datasets.filter((entry) => entry.id !== placed.id)
  return datasets.some((entry) => entry.id === placed.id)
    ? datasets.map((entry) => (entry.id === placed.id ? placed : entry))
    : [...datasets, placed]
}

function better(best: Evaluation | null, evaluation: Evaluation): Evaluation {
  return best === null || chosenAccuracy(evaluation) > chosenAccuracy(best) ? evaluation : best
}

function apply(view: LabView, event: LabEvent): LabView {
  switch (event.kind) {
    case 'reset':
    // Whoever shows the health of a run listens for it.
    case 'health':
    // Whoever shows a sweep listens for it.
    case 'sweep':
    // It has been gone since it was deleted.
    case 'erased':
    case 'spared':
    // The connection keeps why its lab ends.
    case 'taken':
      return view
    // What comes back was told as `run` before.
    case 'restored':
      return { ...view, kept: event.kept }
    case 'marked': {
      const ids = new Set(event.runs)
      return {
        ...view,
        kept: event.kept,
        runs: view.runs.map((run) => (ids.has(run.id) ? marked(run, event.changes) : run)),
      }
    }
    case 'deleted': {
      const ids = new Set(event.runs)
      return { ...view, kept: event.kept, runs: view.runs.filter((run) => !ids.has(run.id)) }
    }
    case 'steps':
      return changeRun(view, event.run, (run) => ({
        ...run,
        step: Math.max(run.step, event.first + event.loss.length - 1),
        trainingSeconds: Math.max(run.trainingSeconds, event.seconds.at(-1) ?? 0),
        imagesPerSecond: event.imagesPerSecond ?? run.imagesPerSecond,
      }))
    case 'evaluating':
      return { ...view, evaluating: { run: event.run, done: event.done, total: event.total } }
    case 'evaluated': {
      const evaluating = view.evaluating?.run === event.run ? null : view.evaluating
      return changeRun({ ...view, evaluating }, event.run, (run) => ({
        ...run,
        last: event.evaluation,
        best: better(run.best, event.evaluation),
      }))
    }
    case 'phase':
      return changeRun(view, event.run, (run) => ({ ...run, phase: event.phase }))
    case 'run': {
      const evaluating =
        event.run.state !== 'training' && view.evaluating?.run === event.run.id ? null : view.evaluating
      // A new run has a higher number than all others.
      const isNew = !event.run.archived && view.runs.every(({ id }) => id < event.run.id)
      return { ...view, evaluating, kept: view.kept + Number(isNew), runs: placeRun(view.runs, event.run) }
    }
    case 'cancelled':
      return { ...view, kept: Math.max(0, view.kept - 1), runs: view.runs.filter((run) => run.id !== event.run) }
    case 'queue':
      return { ...view, status: { ...view.status, queue: event.queue } }
    case 'rewound':
      return changeRun(view, event.run, (run) => ({ ...run, step: event.step }))
    case 'dataset':
      return { ...view, datasets: placeDataset(view.datasets, event.dataset) }
    case 'networks':
      return { ...view, networks: event.networks }
    case 'engine':
      return { ...view, status: { ...view.status, engine: event.engine } }
    case 'memory':
      return { ...view, status: { ...view.status, memory: event.memory } }
    case 'preferences':
      return { ...view, preferences: event.preferences }
  }
}

/** The view with these runs, as they were read. */
export function withRuns(view: LabView, read: readonly RunSummary[]): LabView {
  return { ...view, runs: read.reduce(placeRun, [...view.runs]) }
}

/** Whether this event is already part of what was read, or was received before. */
export function isKnown(view: LabView, event: LabEvent): boolean {
  return event.sequence <= view.status.sequence
}

/** The view after one more event. A known event changes nothing. */
export function folded(view: LabView, event: LabEvent): LabView {
  if (isKnown(view, event)) return view
  const after = apply(view, event)
  return { ...after, status: { ...after.status, sequence: event.sequence } }
}
