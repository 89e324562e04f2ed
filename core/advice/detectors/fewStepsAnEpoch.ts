import type { Detector } from '../hint.ts'

/** Steps in which all images should be seen once, at least. */
const fewest = 10

/** A smaller batch is not large, however few images there are. */
const leastBatch = 128

/** Steps an epoch that the remedy aims at. */
const aim = 50

/** A batch so large that an epoch has few steps. */
export const fewStepsAnEpoch: Detector = ({ config, trainImages }) => {
  const { batch } = config
  const steps = trainImages / batch
  if (steps >= fewest || batch < leastBatch) return null
  const smaller = Math.max(16, Number(Math.floor(trainImages / aim).toPrecision(1)))
  return {
    kind: 'few-steps-an-epoch',
    evidence: { steps, batch },
    lesson: 'batch',
    remedies: smaller < batch ? [{ kind: 'anew', changes: { batch: smaller } }] : [],
  }
}
