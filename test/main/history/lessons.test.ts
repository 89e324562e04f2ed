import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { answerOf, givenOf } from '../../../core/lessons/questions.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { problemIn } from './testRun.ts'

test('answers are checked and kept with the seed of their numbers, over the end of the program', () => {
  const home = temporaryHome()
  const history = openHistory(home)
  const { seed, answers } = history.lessons.kept()
  expect(answers).toEqual([])
  const right = answerOf('convolution-size', givenOf('convolution-size', seed, 0))
  const first = history.lessons.answer({ question: 'convolution-size', drawing: 0, answer: right })
  const second = history.lessons.answer({ question: 'activation-dead', drawing: 0, answer: 'slowly' })
  expect([first.right, second.right]).toEqual([true, false])
  history.close()
  const again = openHistory(home)
  expect(again.lessons.kept()).toEqual({ seed, answers: [first, second] })
  again.close()
})

test('a drawing is answered once, for its working was shown', () => {
  const history = openHistory(temporaryHome())
  history.lessons.answer({ question: 'dense-flatten', drawing: 0, answer: 1 })
  expect(problemIn(() => history.lessons.answer({ question: 'dense-flatten', drawing: 0, answer: 2 }))).toBe(
    'lesson-answered',
  )
  expect(history.lessons.kept().answers).toHaveLength(1)
  history.lessons.answer({ question: 'dense-flatten', drawing: 1, answer: 2 })
  expect(history.lessons.kept().answers).toHaveLength(2)
  history.close()
})

test('two home folders ask with other numbers', () => {
  const [one, other] = [openHistory(temporaryHome()), openHistory(temporaryHome())]
  expect(one.lessons.kept().seed).not.toBe(other.lessons.kept().seed)
  one.close()
  other.close()
})

test('answers of lessons can be read without drawing numbers for their questions', () => {
  const home = temporaryHome()
  const history = openHistory(home)
  expect(history.lessons.answers()).toEqual([])
  history.close()
  const file = new Database(home.history, { readonly: true })
  expect(file.prepare('SELECT count(*) FROM lesson_seed').pluck().get()).toBe(0)
  file.close()
})
