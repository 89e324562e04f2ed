import { existsSync } from 'node:fs'
import path from 'node:path'
import { problem, type Problem } from '../../core/words/problems.ts'
import type { EngineIdentity, RestState } from '../../core/run/run.ts'
import { homePlaces } from '../../main/files/places.ts'
import { History } from '../../main/history/history.ts'
import { SetupProblem } from '../../setup/problem.mjs'
import { Learner } from './learner.ts'
import { plausibleRun } from './plausibleRuns.ts'

/** A history to measure with: so many runs, each of so many steps, or of some hundred where none are named. */
export interface MadeHistory {
  /** Of its home folder, within the folder that holds all of them. */
  readonly name: string
  readonly runs: number
  readonly steps?: number
}

/** What a semester leaves, and the longest curves that are compared. */
export const madeHistories = {
  many: { name: 'many-runs', runs: 10_000 },
  long: { name: 'long-runs', runs: 50, steps: 100_000 },
} as const satisfies Record<string, MadeHistory>

/** Steps that are stored at once. */
const storedAtOnce = 10_000

const engine: EngineIdentity = {
  tensorflow: '2.21.0',
  binding: 'tfjs-node 4.22.0',
  node: '24.21.0',
  processor: 'made up',
  threads: 2,
  graphVersion: 2,
}

function reason(state: RestState, step: number): Problem | null {
  switch (state) {
    case 'failed':
      return problem('loss-not-finite', { value: 'NaN', step, checkpoint: 0 })
    case 'interrupted':
      return problem('engine-crashed', { detail: 'SIGKILL' })
    case 'paused':
    case 'stopped':
    case 'done':
      return null
  }
}

/** Stores the run with this number as the app stores one that trains, from its beginning to its end. */
function store(history: History, index: number, goal: number | undefined): void {
  const { request, trainImages, step: last, state, talent } = plausibleRun(index, goal)
  const { id } = history.createRun(request, trainImages)
  const learner = new Learner(talent, index + 1)
  const validated = request.config.data.validationShare > 0
  history.beginStretch(id, 0, engine)
  for (let first = 1; first <= last; first += storedAtOnce) {
    const end = Math.min(last, first + storedAtOnce - 1)
    const { loss, accuracy, seconds } = learner.steps(first, end)
    history.addSteps(id, first, loss, accuracy, seconds)
  }
  for (let step = request.evaluateEvery; step <= last; step += request.evaluateEvery)
    history.addEvaluation(id, learner.evaluation(step, validated), 0.5)
  history.endRun(id, state, reason(state, last))
}

/**
 * Makes the home folder of a history. It holds no checkpoints and no data sets, and is the same whenever it is made, but
 * for its times.
 * @param folder That holds the home folder.
 * @returns the home folder.
 * @throws SetupProblem when it is there already.
 */
export function makeHistory(
  folder: string,
  { name, runs, steps }: MadeHistory,
  report: (text: string) => void,
): string {
  const home = homePlaces(path.join(folder, name))
  if (existsSync(home.folder))
    throw new SetupProblem(`${home.folder} is there already. Remove it, or name another folder.`)
  const history = History.open(home)
  try {
    for (let index = 0; index < runs; index += 1) {
      store(history, index, steps)
      report(`${name}: ${index + 1} of ${runs} runs`)
    }
  } finally {
    history.close()
  }
  return home.folder
}
