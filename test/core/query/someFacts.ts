import type { RunFacts } from '../../../core/query/runFacts.ts'

/** The facts of a run as a plain one has them, but for what is given. */
export function someFacts(given: Partial<RunFacts> = {}): RunFacts {
  return {
    id: 7,
    name: null,
    note: '',
    tags: [],
    star: false,
    colour: null,
    archived: false,
    deletedAt: null,
    set: 'cifar-10',
    preset: 'quick',
    network: null,
    optimizer: 'adam',
    schedule: 'constant',
    rate: 0.001,
    batch: 50,
    seed: 3,
    steps: 2000,
    epochs: 2,
    step: 2000,
    state: 'done',
    best: { step: 1500, accuracy: 0.71, loss: 0.9 },
    last: { step: 2000, accuracy: 0.7, loss: 0.95 },
    expected: null,
    off: null,
    seconds: 320,
    bytes: 5_000_000,
    sweep: null,
    repeats: '0'.repeat(64),
    createdAt: new Date(2026, 10, 5, 12).toISOString(),
    endedAt: null,
    ...given,
  }
}
