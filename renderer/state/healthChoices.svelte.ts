import type { Observed } from '../../core/health/health.ts'

/** What of a run's health is in view. It lives as long as the window. */
class HealthChoices {
  open = $state(false)
  /** Null until a person chooses. */
  layer = $state<string | null>(null)
  observed = $state<Observed>('weights')
  /** Run on Compare; null: the first of those that are ticked. */
  run = $state<number | null>(null)
  /** Step of the histogram in view; null follows the newest. */
  step = $state<number | null>(null)
}

export const healthChoices = new HealthChoices()
