import type { ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import { usualHealthEvery } from '../../core/health/healthBatch.ts'
import { runCount } from '../../core/sweep/sweepPoints.ts'
import type { SweepPlan } from '../../core/sweep/sweepPlan.ts'
import { requestOfTrial } from '../../core/sweep/trialRequest.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import type { StoredSweep, StoredTrial } from '../history/sweeps.ts'
import type { BranchPoints } from '../training/branchPoints.ts'
import { pointToContinue } from '../training/pointToContinue.ts'
import { trainOrderFor } from '../training/trainOrder.ts'
import type { TrainingRunTools } from '../training/trainingRun.ts'
import { isToBeSentAgain } from './leftRuns.ts'
import type { RunToSend } from './sentSweep.ts'

/** Steps between two checkpoints that are written only for safety. They are what a lost node costs at most. */
const checkpointEvery = 250

/** The most runs of a sweep on a cluster: each is written out here with its order, 2 kB, before anything is sent. */
export const mostSent = 10_000

/** Where runs are read from. */
export interface RunSources extends Pick<TrainingRunTools, 'history'> {
  readonly home: Home
  readonly branchPoints: BranchPoints
}

/** All runs of a sweep, from their beginning. */
export function allRuns({ branchPoints }: RunSources, plan: SweepPlan, place: ClusterPlace): RunToSend[] {
  return Array.from({ length: runCount(plan) }, (_, trial) => newRun(branchPoints, plan, place, trial))
}

/** What is left to train of a sweep: trials that have not begun, and runs that were broken off. */
export async function runsLeft(
  sources: RunSources,
  { id, plan }: StoredSweep,
  place: ClusterPlace,
): Promise<RunToSend[]> {
  const stored = new Map(sources.history.sweeps.trials(id).map((trial) => [trial.trial, trial]))
  const left: RunToSend[] = []
  for (let trial = 0; trial < runCount(plan); trial += 1) {
    const known = stored.get(trial)
    if (known === undefined) left.push(newRun(sources.branchPoints, plan, place, trial))
    else if (known.run !== null && isToBeSentAgain(known.run.state, known.problem))
      left.push(await goneOn(sources, place, trial, known.run))
  }
  return left
}

function newRun(branchPoints: BranchPoints, plan: SweepPlan, place: ClusterPlace, trial: number): RunToSend {
  const request = requestOfTrial(plan, trial)
  const { config, goal, evaluateEvery, patience } = request
  return {
    trial,
    order: {
      run: trial + 1,
      config,
      dataFolder: '',
      checkpointFolder: '',
      from: null,
      branchPoint: branchPoints.fileOf(config),
      evaluated: false,
      threads: place.processors,
      goal,
      evaluateEvery,
      checkpointEvery,
      healthEvery: request.healthEvery ?? usualHealthEvery(config.batch),
      bestAccuracy: null,
      patience,
      evaluationsSinceBest: 0,
      pauseAfter: null,
    },
  }
}

/** A run that goes on from its newest checkpoint that is here. */
async function goneOn(
  { history, home, branchPoints }: RunSources,
  place: ClusterPlace,
  trial: number,
  { id }: NonNullable<StoredTrial['run']>,
): Promise<RunToSend> {
  const run = history.detail(id)
  const folder = checkpointFolder(home, id)
  const { from } = await pointToContinue(run, folder, history.writtenCheckpoints(id))
  const branchPoint = from === null ? branchPoints.fileOf(run.config) : null
  const files = { dataFolder: '', checkpointFolder: '', from, branchPoint }
  const order = trainOrderFor(run, files, history.healthEvery(id))
  return { trial, order: { ...order, run: trial + 1, threads: place.processors, checkpointEvery } }
}
