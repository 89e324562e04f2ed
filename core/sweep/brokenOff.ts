import type { TrialProgress } from './sweepTrial.ts'

/** Whether a run was held or lost together with Conv Lab, and not because of what it computed. */
export function isBrokenOff({ state, problem }: Pick<TrialProgress, 'state' | 'problem'>): boolean {
  return state === 'paused' || (state === 'interrupted' && problem === 'lab-interrupted')
}
