import { describe, expect, test } from 'vitest'
import { phrase, quoted } from '../../../core/words/phrases.ts'
import { LabError, Problem, problem, problemOf, refuse, sentenceOf } from '../../../core/words/problems.ts'
import { placeholders } from './placeholders.ts'

const codes = Problem.shape.code.options

/** The sentence as it is written, its parameters unfilled. */
function pattern(code: Problem['code'], language: 'en' | 'ru'): string {
  return sentenceOf({ code, parameters: {} }, language)
}

describe.each(codes)('the sentence of %s', (code) => {
  test('has the same parameters in both languages', () => {
    expect(placeholders(pattern(code, 'ru'))).toEqual(placeholders(pattern(code, 'en')))
  })

  test('is whole in both languages', () => {
    expect(pattern(code, 'en')).toMatch(/^[A-Z“{].*[.!?]$/)
    expect(pattern(code, 'ru')).toMatch(/^[А-ЯЁA-Z«{].*[.!?]$/)
    expect(pattern(code, 'ru')).toMatch(/[а-яё]/)
    expect(pattern(code, 'en')).not.toMatch(/[а-яё]/i)
  })
})

describe('a problem', () => {
  test('fills its sentence in either language, a parameter as often as it occurs', () => {
    const of = problem('batch-too-large', { batch: 70_000, images: 50_000 })
    expect(sentenceOf(of, 'en')).toBe(
      'A batch of 70000 is larger than the training set of 50000 images. Choose a batch of at most 50000.',
    )
    expect(sentenceOf(of, 'ru')).toContain('Выберите батч не больше 50000.')
  })

  test('says a phrase in the language of its sentence, and what an older lab has stored in English as it is', () => {
    const of = problem('setting-unfit', {
      setting: phrase('setting-weight-decay', {}),
      detail: phrase('adam-without-decay', {}),
    })
    expect(Problem.parse(JSON.parse(JSON.stringify(of)))).toEqual(of)
    expect(sentenceOf(of, 'en')).toBe('The weight decay does not fit: Adam has none; choose AdamW.')
    expect(sentenceOf(of, 'ru')).toBe('Настройка не подходит: затухание весов (у Adam его нет; выберите AdamW).')
    const older = Problem.parse({
      code: 'setting-unfit',
      parameters: { setting: 'weight decay', detail: 'Adam has none; choose AdamW' },
    })
    expect(sentenceOf(older, 'ru')).toBe('Настройка не подходит: weight decay (Adam has none; choose AdamW).')
  })

  test('what a parameter holds is not read as a sentence', () => {
    expect(sentenceOf(problem('bad-input', { detail: quoted('{detail} and $&') }), 'en')).toContain(
      'understood: {detail} and $&.',
    )
  })

  test('crosses a process as data and comes back the same; an unknown code or key is refused', () => {
    const of = problem('run-unknown', { run: 7 })
    expect(Problem.parse(JSON.parse(JSON.stringify(of)))).toEqual(of)
    expect(Problem.safeParse({ code: 'nonsense', parameters: {} }).success).toBe(false)
    expect(Problem.safeParse({ ...of, more: 1 }).success).toBe(false)
  })

  test('is thrown as an error that carries it and its cause', () => {
    const cause = new Error('the reason')
    const thrown: unknown = (() => {
      try {
        return refuse('run-unknown', { run: 7 }, { cause })
      } catch (caught) {
        return caught
      }
    })()
    expect(thrown).toBeInstanceOf(LabError)
    expect(thrown).toMatchObject({
      message: 'There is no run 7. “lab runs” lists the runs.',
      problem: { code: 'run-unknown', parameters: { run: 7 } },
      cause,
    })
    expect(problemOf(thrown)).toEqual(problem('run-unknown', { run: 7 }))
  })

  test('whatever else is thrown becomes an unexpected one with its message', () => {
    expect(problemOf(new Error('no'))).toEqual(problem('internal', { detail: 'no' }))
    expect(problemOf('nothing')).toEqual(problem('internal', { detail: 'nothing' }))
  })
})
