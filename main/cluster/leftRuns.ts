import { isBrokenOff } from '../../core/sweep/brokenOff.ts'
import type { RunState } from '../../core/run/run.ts'
import type { Problem, ProblemCode } from '../../core/words/problems.ts'
import { isTrouble } from '../training/runQueue.ts'

/** Problems with which a run of a cluster rests although nothing is wrong with it: nobody listened to it any more. */
const unheard: readonly ProblemCode[] = [
  'cluster-left',
  'cluster-ended-here',
  'cluster-engine-fails',
  'cluster-job-ended',
  'cluster-job-unknown',
  'cluster-run-moved',
  'cluster-run-left',
]

/** Whether what the cluster tells of a run still belongs to it: it rests here, but not because of anything it did. */
export function isUnheard(state: RunState, of: Problem | null): boolean {
  if (state !== 'interrupted' || of === null) return false
  return of.code === 'lab-interrupted' || unheard.includes(of.code)
}

/** Whether a run of a cluster is to be sent again when its sweep goes on: what ended it was nothing that it computed. */
export function isToBeSentAgain(state: RunState, of: Problem | null): boolean {
  const isHindered = state === 'interrupted' && of !== null && isTrouble(of)
  return isHindered || isUnheard(state, of) || isBrokenOff({ state, problem: of?.code ?? null })
}
