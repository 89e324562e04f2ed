import { describe, expect, it } from 'vitest'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import { problem } from '../../core/words/problems.ts'
import { type LabEvent, usualPreferences } from '../../core/contract/windowContract.ts'
import { folded } from '../../renderer/state/view.ts'
import { sampleEntry, sampleRun, sampleView } from './sampleRuns.ts'

const steps: Extract<LabEvent, { kind: 'steps' }> = {
  kind: 'steps',
  sequence: 0,
  run: 1,
  first: 1,
  loss: [2, 1.9],
  accuracy: [0.1, 0.2],
  seconds: [0.1, 0.2],
  imagesPerSecond: 900,
}

describe('the view of the lab', () => {
  it('follows the steps of a run', () => {
    const view = folded(sampleView([sampleRun(1)]), { ...steps, sequence: 11 })
    expect(view.runs[0]).toMatchObject({ step: 2, trainingSeconds: 0.2, imagesPerSecond: 900 })
    expect(view.status.sequence).toBe(11)
  })

  it('has what a person says of runs, and loses those that are deleted', () => {
    const view = sampleView([sampleRun(3), sampleRun(2, {}, { tags: ['old', 'Tuned'] }), sampleRun(1)])
    const marked = folded(view, {
      kind: 'marked',
      kept: 2,
      sequence: 11,
      runs: [2, 3, 99],
      changes: { name: 'both', addTags: ['Tuned', 'a'], removeTags: ['OLD'], star: true },
    })
    expect(marked.runs.map(({ name, tags, star }) => [name, tags, star])).toEqual([
      ['both', ['a', 'Tuned'], true],
      ['both', ['a', 'Tuned'], true],
      [null, [], false],
    ])
    const deleted = folded(marked, { kind: 'deleted', sequence: 12, kept: 1, runs: [3, 1] })
    expect([deleted.runs.map(({ id }) => id), deleted.kept]).toEqual([[2], 1])
    const restored = folded(deleted, { kind: 'run', sequence: 13, run: sampleRun(3) })
    expect(restored.runs.map(({ id }) => id)).toEqual([3, 2])
  })

  it('changes nothing for an event it has had already', () => {
    const view = sampleView([sampleRun(1)], 11)
    expect(folded(view, { ...steps, sequence: 11 })).toBe(view)
  })

  it('keeps the best evaluation while a later one is worse', () => {
    const good = { step: 10, loss: 1, accuracy: 0.6, validation: null }
    const worse = { step: 20, loss: 1.2, accuracy: 0.5, validation: null }
    let view = folded(sampleView([sampleRun(1)]), {
      kind: 'evaluated',
      sequence: 11,
      run: 1,
      evaluation: good,
      seconds: 1,
    })
    view = folded(view, { kind: 'evaluated', sequence: 12, run: 1, evaluation: worse, seconds: 2 })
    expect(view.runs[0]).toMatchObject({ best: good, last: worse })
  })

  it('shows how far an evaluation is until it ends or its run does', () => {
    const during = folded(sampleView([sampleRun(1)]), {
      kind: 'evaluating',
      sequence: 11,
      run: 1,
      done: 300,
      total: 1000,
    })
    expect(during.evaluating).toEqual({ run: 1, done: 300, total: 1000 })
    expect(
      folded(during, {
        kind: 'evaluated',
        sequence: 12,
        run: 1,
        evaluation: { step: 1, loss: 1, accuracy: 1, validation: null },
        seconds: 1,
      }).evaluating,
    ).toBeNull()
    expect(
      folded(during, { kind: 'run', sequence: 12, run: sampleRun(1, {}, { state: 'interrupted', phase: null }) })
        .evaluating,
    ).toBeNull()
  })

  it('puts a new run first and replaces one it knows', () => {
    const view = folded(sampleView([sampleRun(1)]), { kind: 'run', sequence: 11, run: sampleRun(2) })
    expect(view.runs.map((run) => run.id)).toEqual([2, 1])
    const after = folded(view, { kind: 'run', sequence: 12, run: sampleRun(1, {}, { state: 'done' }) })
    expect(after.runs.map((run) => `${run.id} ${run.state}`)).toEqual(['2 training', '1 done'])
  })

  it('goes back to the step from which a run continues', () => {
    const view = folded(sampleView([sampleRun(1, {}, { step: 40 })]), {
      kind: 'rewound',
      sequence: 11,
      run: 1,
      step: 30,
    })
    expect(view.runs[0].step).toBe(30)
  })

  it('takes data set, engine, memory and preferences as they are told', () => {
    let view = folded(sampleView([]), { kind: 'dataset', sequence: 11, dataset: { ...sampleEntry, state: 'getting' } })
    view = folded(view, { kind: 'memory', sequence: 12, memory: { usedBytes: 5, totalBytes: 9 } })
    view = folded(view, {
      kind: 'preferences',
      sequence: 13,
      preferences: { ...usualPreferences, language: 'ru', theme: 'dark' },
    })
    view = folded(view, { kind: 'engine', sequence: 14, engine: { state: 'starting', identity: null, problem: null } })
    expect(view.datasets[0].state).toBe('getting')
    expect(view.preferences).toMatchObject({ language: 'ru', theme: 'dark' })
    expect([view.status.memory.usedBytes, view.status.engine.state]).toEqual([5, 'starting'])
  })

  it('takes in a person’s own set that is new, keeps it while its import failed, and forgets it when it is gone', () => {
    const own: DatasetEntry = { ...sampleEntry, id: 'own-pets', obtained: 'own', state: 'getting' }
    let view = folded(sampleView([]), { kind: 'dataset', sequence: 11, dataset: own })
    expect(view.datasets.map(({ id }) => id)).toEqual(['shapes', 'own-pets'])
    view = folded(view, {
      kind: 'dataset',
      sequence: 12,
      dataset: { ...own, state: 'absent', problem: problem('disk-full', { detail: 'pets' }) },
    })
    expect(view.datasets).toHaveLength(2)
    view = folded(view, { kind: 'dataset', sequence: 13, dataset: { ...own, state: 'absent' } })
    expect(view.datasets.map(({ id }) => id)).toEqual(['shapes'])
  })
})
