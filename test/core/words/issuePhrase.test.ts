import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { issuePhrase, saying } from '../../../core/words/issuePhrase.ts'
import { phrase, phraseText } from '../../../core/words/phrases.ts'

/** What is said of a value that a schema refuses, in both languages. */
function said(schema: z.ZodType, value: unknown): { readonly en: string; readonly ru: string } {
  const { error } = schema.safeParse(value)
  if (error === undefined) throw new Error('the schema takes it')
  const of = issuePhrase(error.issues[0])
  return { en: phraseText(of, 'en'), ru: phraseText(of, 'ru') }
}

describe('what is wrong with a value is said in both languages', () => {
  test.each<[z.ZodType, unknown, string, string]>([
    [z.number(), 'a', 'must be a number', 'должна быть числом'],
    [z.int(), 1.5, 'must be a whole number', 'должна быть целым числом'],
    [z.string(), 1, 'must be a text', 'должна быть текстом'],
    [z.boolean(), 1, 'must be true or false', 'должна быть логическим значением'],
    [z.array(z.int()), 1, 'must be a list', 'должна быть списком'],
    [z.object({}), 1, 'must have settings of its own', 'должна состоять из отдельных настроек'],
    [z.number().min(1), 0, 'must be at least 1', 'должна быть не меньше 1'],
    [z.number().gt(0), 0, 'must be more than 0', 'должна быть больше 0'],
    [z.number().max(0.5), 1, 'must be at most 0.5', 'должна быть не больше 0,5'],
    [z.int().max(20_000), 30_000, 'must be at most 20,000', 'должна быть не больше 20\u00a0000'],
    [z.number().lt(1), 1, 'must be less than 1', 'должна быть меньше 1'],
    [z.string().max(2), 'abc', 'must have at most 2 characters', 'должна содержать не больше символов: 2'],
    [z.array(z.int()).min(2), [], 'must have at least 2 entries', 'должна содержать хотя бы значений: 2'],
    [z.enum(['same', 'valid']), 'none', 'must be one of: same, valid', 'может быть только такой: same, valid'],
    [z.strictObject({}), { a: 1, b: 2 }, 'has nothing called a, b', 'содержит неизвестное: a, b'],
    [
      z.int().refine(() => false, saying(phrase('not-ascending', {}))),
      1,
      'must be in ascending order, each once',
      'должна идти по возрастанию и без повторов',
    ],
  ])('%#', (schema, value, en, ru) => {
    expect(said(schema, value)).toEqual({ en, ru })
  })

  test('and of what has no words of its own only that it cannot be', () => {
    const { en, ru } = said(z.union([z.int(), z.literal('all')]), 'some')
    expect([en, ru]).toEqual(['cannot have this value', 'не может иметь такого значения'])
    expect(said(z.iso.datetime(), 'yesterday').ru).toBe('не может иметь такого значения')
  })
})

test('a phrase may stand within a phrase, also when it crosses a process', () => {
  const of = phrase('setting-refused', { setting: 'config.batch', what: phrase('must-be-at-least', { least: 1 }) })
  expect(phraseText(of, 'en')).toBe('the setting config.batch must be at least 1')
  expect(phraseText(of, 'ru')).toBe('настройка config.batch должна быть не меньше 1')
})
