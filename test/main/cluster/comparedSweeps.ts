import type { SweepState } from '../../../core/sweep/sweep.ts'
import type { SweepPlan } from '../../../core/sweep/sweepPlan.ts'
import type { RunSummary } from '../../../core/run/run.ts'
import type { Lab } from '../../../main/lab.ts'
import { eventsUntil } from '../openLab.ts'

/** Waits until a sweep is in one of these states. */
export async function sweepIs(lab: Lab, id: number, ...states: SweepState[]): Promise<void> {
  if (states.includes(lab.runs.sweeps.show(id).sweep.state)) return
  await eventsUntil(
    lab,
    0,
    (event) => event.kind === 'sweep' && event.sweep.id === id && states.includes(event.sweep.state),
  )
}

/** Waits until a run has a checkpoint after its beginning. Fails when its sweep rests before. */
export async function hasCheckpoint(lab: Lab, step = 1): Promise<RunSummary> {
  const events = await eventsUntil(
    lab,
    0,
    (one) =>
      (one.kind === 'run' && (one.run.checkpointStep ?? 0) >= step) ||
      (one.kind === 'sweep' && one.sweep.state !== 'active'),
  )
  const event = events.at(-1)
  if (event?.kind !== 'run') throw new Error(`no run has a checkpoint: ${JSON.stringify(event)}`)
  return event.run
}

/** What is equal in runs with equal bits, by trial. */
export function bitsOfSweep(lab: Lab, id: number): unknown[] {
  return lab.runs.sweeps.show(id).trials.map(({ run }) => {
    const { last, best, step, configSha256 } = lab.runs.detail(run ?? 0)
    const { mean } = lab.history.curve({ run: run ?? 0, metric: 'loss', points: 2000 })
    return { configSha256, step, last, best, loss: mean }
  })
}

/** Trains a sweep here, on one thread. @returns what must be equal, by trial */
export async function bitsTrainedHere(lab: Lab, plan: SweepPlan): Promise<unknown[]> {
  lab.history.writePreferences({ threads: 1 })
  const { id } = await lab.runs.sweeps.start(plan)
  await sweepIs(lab, id, 'done')
  return bitsOfSweep(lab, id)
}
