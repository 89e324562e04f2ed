import { describe, expect, it } from 'vitest'
import { problem } from '../../core/words/problems.ts'
import { endNotice } from '../../renderer/text/endNotice.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { windowTitle } from '../../renderer/text/windowTitle.ts'
import { sampleEntry, sampleRun } from './sampleRuns.ts'

const format = formatsFor('en')
const evaluation = { step: 2500, loss: 0.5, accuracy: 0.812, validation: null }

describe('the title of the window', () => {
  const titled = (training: Parameters<typeof windowTitle>[0]['training'], ended = training): string =>
    windowTitle({ page: 'Compare', training, ended: training === null ? ended : null }, format)

  it('is that of the page while nothing happens', () => {
    expect(windowTitle({ page: 'Data', training: null, ended: null }, format)).toBe('Data · Conv Lab')
  })

  it('begins with how far the training run is, rounded down', () => {
    expect(titled(sampleRun(7, {}, { step: 1074 }))).toBe('42\u00a0% · Run 7 · Compare · Conv Lab')
    expect(titled(sampleRun(7, {}, { step: 2499 }))).toBe('99\u00a0% · Run 7 · Compare · Conv Lab')
  })

  it.each([
    ['done', 'Done · Run 7 · Compare · Conv Lab'],
    ['failed', 'Failed · Run 7 · Compare · Conv Lab'],
    ['interrupted', 'Interrupted · Run 7 · Compare · Conv Lab'],
  ] as const)('says of a run nobody has seen since that it is %s', (state, title) => {
    expect(windowTitle({ page: 'Compare', training: null, ended: sampleRun(7, {}, { state }) }, format)).toBe(title)
  })
})

describe('the notice of an end', () => {
  it('says what a run has reached', () => {
    const run = sampleRun(7, {}, { state: 'done', last: evaluation, best: { ...evaluation, accuracy: 0.83 } })
    expect(endNotice(run, [sampleEntry], { format, language: 'en' })).toEqual({
      title: 'Run 7 is done',
      body: 'Test accuracy 81.2\u00a0%, best 83.0\u00a0% · Shapes',
    })
  })

  it('says why a run failed, in the language of the window', () => {
    const run = sampleRun(7, {}, { state: 'failed', problem: problem('engine-crashed', { detail: 'SIGKILL' }) })
    const { title, body } = endNotice(run, [sampleEntry], { format: formatsFor('ru'), language: 'ru' })
    expect(title).toBe('Run 7 failed')
    expect(body).toMatch(/SIGKILL/)
    expect(body).toMatch(/[а-я]/)
  })
})
