import { describe, expect, test } from 'vitest'
import { lessonIds } from '../../../core/lessons/lessonId.ts'
import {
  answerOf,
  answersRight,
  givenOf,
  questionIds,
  questions,
  questionsOf,
} from '../../../core/lessons/questions.ts'

const seeds = [0, 7, 4_294_967_295]

test('every lesson asks two or three questions', () => {
  for (const lesson of lessonIds) expect([2, 3]).toContain(questionsOf(lesson).length)
})

test('each question draws from numbers of its own', () => {
  const numbers = questionIds.map((id) => questions[id].number)
  expect(new Set(numbers).size).toBe(numbers.length)
})

describe.each(questionIds)('%s', (id) => {
  test('gives the same numbers again for a seed and a drawing, and takes its own answer', () => {
    for (const seed of seeds) {
      for (let drawing = 0; drawing < 20; drawing += 1) {
        const given = givenOf(id, seed, drawing)
        expect(givenOf(id, seed, drawing)).toEqual(given)
        expect(answersRight(id, seed, drawing, answerOf(id, given))).toBe(true)
      }
    }
  })

  test('refuses another answer', () => {
    const given = givenOf(id, 7, 0)
    const answer = answerOf(id, given)
    expect(answersRight(id, 7, 0, typeof answer === 'number' ? answer + 1 : 'none of them')).toBe(false)
    expect(answersRight(id, 7, 0, typeof answer === 'number' ? 'a word' : 3)).toBe(false)
  })

  test('has an answer that a person can find and type', () => {
    for (let drawing = 0; drawing < 200; drawing += 1) {
      const question = questions[id]
      const answer = answerOf(id, givenOf(id, 1, drawing))
      if (question.kind === 'choice') expect(question.options).toContain(answer)
      else if (question.decimals === 0) expect(Number.isSafeInteger(answer)).toBe(true)
      else expect(Number.isFinite(answer)).toBe(true)
    }
  })
})

test('questions with numbers ask other students for others', () => {
  const firsts = Array.from({ length: 10 }, (_, seed) => JSON.stringify(givenOf('convolution-sum', seed, 0)))
  expect(new Set(firsts).size).toBe(10)
})

// Worked out by hand.
test.each([
  ['convolution-size', { extent: 28, kernel: 5, stride: 2 }, 12],
  ['convolution-padded', { extent: 25, kernel: 3, stride: 2 }, 13],
  ['dense-convolution', { extent: 28, channels: 3, kernel: 5, filters: 64 }, 4864],
] as const)('%s of %o is %d', (id, given, answer) => {
  expect(answerOf(id, given)).toBe(answer)
})

test('a number may be off by one in its last place, and no more', () => {
  const answer = Number(answerOf('softmax-loss', givenOf('softmax-loss', 3, 0)))
  expect(answersRight('softmax-loss', 3, 0, answer + 0.009)).toBe(true)
  expect(answersRight('softmax-loss', 3, 0, answer + 0.012)).toBe(false)
})
