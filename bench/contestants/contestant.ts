import type { Case } from '../cases.ts'

export const contestantIds = ['conv-lab', 'pytorch', 'keras', 'tfjs'] as const
export type ContestantId = (typeof contestantIds)[number]

/** The names of the contestants in tables. */
export const contestantNames: Record<ContestantId, string> = {
  'conv-lab': 'Conv Lab',
  pytorch: 'PyTorch',
  keras: 'Keras',
  tfjs: 'tfjs-node layers',
}

/** Something that trains and predicts, in a process of its own that lives as long as the bench. */
export interface Contestant {
  readonly id: ContestantId
  /** Versions of what it computes with, by name. */
  readonly versions: Readonly<Record<string, string>>
  /**
   * Builds what a case needs and tries once which of its own ways is fastest.
   * @returns number of trained parameters, and the ways that it took, in words (empty: there is only one).
   */
  prepare(one: Case): Promise<{ readonly parameters: number; readonly ways: string }>
  /** Trains so many steps after a few uncounted ones, distortions included. @returns images a second */
  train(one: Case, steps: number): Promise<number>
  /** Measures the whole test set: centre crop, pixel scale, network, loss and accuracy. @returns images a second */
  predict(one: Case): Promise<number>
  close(): Promise<void>
}
