import type { Detector } from '../hint.ts'

/** The share of the test images from which on their twins flatter the accuracy noticeably. */
const share = 0.01

/** A test set with images that the network trains on, too. */
export const testDuplicates: Detector = ({ data }) => {
  if (data === null || data.twins < share * data.testImages) return null
  return {
    kind: 'test-duplicates',
    evidence: { twins: data.twins, images: data.testImages },
    lesson: 'test-set',
    remedies: [],
  }
}
