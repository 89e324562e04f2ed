import type { ClusterPlace } from '../../../core/cluster/clusterPlace.ts'
import type { SendingProgress } from '../../../core/sweep/sending.ts'
import type { SweepSummary } from '../../../core/sweep/sweep.ts'
import type { SweepPlan } from '../../../core/sweep/sweepPlan.ts'
import type { SweepController } from '../../../main/training/sweepController.ts'

/** Sends a sweep to a cluster. @returns it as it stands when it has begun, once all was told */
export async function sentTo(
  sweeps: SweepController,
  plan: SweepPlan,
  on: ClusterPlace,
  onProgress: (progress: SendingProgress) => void = () => undefined,
): Promise<SweepSummary> {
  for await (const event of sweeps.send({ plan, on })) {
    if (event.kind === 'begun') return event.sweep
    onProgress(event.progress)
  }
  throw new Error('the sending ended without saying how')
}
