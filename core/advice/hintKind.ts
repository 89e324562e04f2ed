import { z } from 'zod'

/** What advice can notice about a run. `docs/advice.md` says of each when it is said and what usually causes it. */
export const HintKind = z.enum([
  'rate-too-high',
  'loss-at-chance',
  'saw-tooth',
  'overfitting',
  'plateau',
  'ended-improving',
  'trains-below-test',
  'dead-units',
  'vanished-gradient',
  'unequal-classes',
  'test-duplicates',
  'few-steps-an-epoch',
])
export type HintKind = z.infer<typeof HintKind>
