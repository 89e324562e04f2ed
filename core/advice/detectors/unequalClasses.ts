import { choiceOf } from '../../data/datasetView.ts'
import type { Detector } from '../hint.ts'

/** How many times as many images as the smallest class the largest must have. */
const times = 4

/** With fewer images a class the same number of each would leave too little to learn from. */
const fewestImages = 20

/** Classes of very unequal size. */
export const unequalClasses: Detector = ({ data, config }) => {
  if (data === null) return null
  const counts = data.trainPerClass.filter((count) => count > 0)
  if (counts.length < 2) return null
  const [smallest, largest] = [Math.min(...counts), Math.max(...counts)]
  if (largest < times * smallest) return null
  const { perClass } = choiceOf(config.data)
  const enough = smallest >= fewestImages && smallest * counts.length >= config.batch && perClass !== smallest
  return {
    kind: 'unequal-classes',
    evidence: { smallest, largest },
    lesson: 'test-set',
    remedies: enough ? [{ kind: 'anew', changes: { perClass: smallest } }] : [],
  }
}
