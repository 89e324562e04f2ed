import { noFacts, plainSet, type DatasetCard, type DatasetEntry } from '../../core/data/dataset.ts'
import type { RunChoices } from '../../core/run/choices.ts'
import { requestFor } from '../../core/run/presets.ts'
import type { RunSummary } from '../../core/run/run.ts'
import { noChoices } from '../../core/contract/choicesContract.ts'
import { usualPreferences } from '../../core/contract/windowContract.ts'
import type { LabView } from '../../renderer/state/view.ts'

export const card: DatasetCard = {
  id: 'shapes',
  name: 'Shapes',
  image: { height: 32, width: 32, channels: 3 },
  classes: ['circle', 'square'],
  classesRu: ['круг', 'квадрат'],
  sizes: { train: 5000, test: 1000 },
  mirrors: true,
  downloadBytes: 1000,
  authors: 'nobody',
  page: 'https://example.org',
  licence: 'none',
  ...plainSet,
}

/** The set before any of it has been downloaded. */
export const sampleEntry: DatasetEntry = {
  ...card,
  ...noFacts,
  state: 'absent',
  prepared: null,
  forms: [],
  contents: null,
  progress: null,
  problem: null,
}

/** What nobody has said anything of, and that belongs to no sweep. */
export const unmarked = {
  name: null,
  note: '',
  tags: [],
  star: false,
  colour: null,
  archived: false,
  deletedAt: null,
  sweep: null,
  repeats: 'c'.repeat(64),
} satisfies Partial<RunSummary>

/** A run as the lab would return it, in training at step 0. */
export function sampleRun(id: number, choices: RunChoices = {}, change: Partial<RunSummary> = {}): RunSummary {
  const request = requestFor('seed', card, { sha256: 'a'.repeat(64) }, choices)
  return {
    id,
    ...unmarked,
    ...request,
    network: request.network ?? null,
    configSha256: 'b'.repeat(64),
    state: 'training',
    phase: 'training',
    computer: null,
    problem: null,
    step: 0,
    queuePosition: null,
    continuation: null,
    checkpointStep: null,
    trainingSeconds: 0,
    evaluationSeconds: 0,
    waitingSeconds: 0,
    queuedSeconds: 0,
    imagesPerSecond: null,
    trainImages: card.sizes.train,
    best: null,
    evaluationsSinceBest: 0,
    expectation: null,
    weights: null,
    eventFolder: null,
    last: null,
    createdAt: '2026-11-24T00:00:00.000Z',
    endedAt: null,
    ...change,
  }
}

export function sampleView(runs: readonly RunSummary[], sequence = 10): LabView {
  return {
    status: {
      version: '0.1.0',
      home: '/home',
      owner: { shell: 'browser', pid: 1, address: null },
      engine: { state: 'off', identity: null, problem: null },
      memory: { usedBytes: 1, totalBytes: 2 },
      queue: { held: null },
      sequence,
    },
    preferences: usualPreferences,
    choices: noChoices,
    datasets: [sampleEntry],
    networks: [],
    runs,
    kept: runs.length,
    evaluating: null,
  }
}
