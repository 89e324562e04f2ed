import { expect, test, type Locator } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { lessonIds } from '../../core/lessons/lessonId.ts'
import type { GivenAnswer } from '../../core/lessons/question.ts'
import { answerOf, givenOf, type QuestionId, questions, questionsOf } from '../../core/lessons/questions.ts'
import { homePlaces } from '../../main/files/places.ts'
import { History } from '../../main/history/history.ts'
import { checkPage } from './checkPage.ts'
import { type LabProcess, startLab } from './labProcess.ts'
import { openPage } from './windowActions.ts'

let folder: string
let shell: LabProcess
let seed: number

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-lessons-'))
  const history = History.open(homePlaces(folder))
  seed = history.lessons.kept().seed
  history.close()
  shell = await startLab(folder)
})

test.afterAll(async () => {
  await shell.end()
  await rm(folder, { recursive: true, force: true })
})

/** Answers the question that stands in an item, by keyboard. */
async function answer(item: Locator, id: QuestionId, given: GivenAnswer): Promise<void> {
  if (typeof given === 'number') {
    await item.getByRole('textbox').fill(String(given))
    await item.getByRole('textbox').press('Enter')
    return
  }
  const question = questions[id]
  const place = question.kind === 'choice' ? question.options.indexOf(given) : -1
  await item.getByRole('radio').nth(place).focus()
  await item.page().keyboard.press('Space')
  await item.getByRole('button', { name: 'Check' }).press('Enter')
}

/** Another answer than the right one. */
function wrong(id: QuestionId, right: GivenAnswer): GivenAnswer {
  const question = questions[id]
  if (typeof right === 'number') return right + 1000
  return question.kind === 'choice' ? (question.options.find((option) => option !== right) ?? '') : ''
}

test('every question of every lesson is answered wrong and right; what was answered stays', async () => {
  const opened = await openPage(shell)
  const { page, complaints } = opened
  await page.keyboard.press('g')
  await page.keyboard.press('k')
  await expect(page.getByRole('heading', { level: 1, name: 'Lessons' })).toBeVisible()
  for (const [place, lesson] of lessonIds.entries()) {
    await expect(page.getByText(`Lesson ${place + 1}`, { exact: true })).toBeVisible()
    const items = page.getByRole('article').getByRole('listitem')
    const ids = questionsOf(lesson)
    await expect(items).toHaveCount(ids.length)
    for (const [index, id] of ids.entries()) {
      const item = items.nth(index)
      const right = (drawing: number): GivenAnswer => answerOf(id, givenOf(id, seed, drawing))
      await answer(item, id, wrong(id, right(0)))
      await expect(item.getByText(/^Not quite: you answered /)).toBeVisible()
      await item.getByRole('button', { name: /^(Other numbers|Ask again)$/ }).press('Enter')
      await answer(item, id, right(1))
      await expect(item.getByText('Right.', { exact: true })).toBeVisible()
      await expect(item.getByText('This is how it goes:')).toBeVisible()
    }
    const entry = page
      .getByRole('navigation', { name: 'Lessons in the order of the lab' })
      .getByRole('listitem')
      .nth(place)
    await expect(entry).toContainText(`${ids.length} of ${ids.length} answered`)
    await checkPage(page, `lesson-${lesson}`)
    const next = page.getByRole('link', { name: /^Next lesson/ })
    if (place < lessonIds.length - 1) await next.press('Enter')
    else await expect(next).toHaveCount(0)
  }
  await page.reload()
  await expect(page.getByText('Right.', { exact: true })).toHaveCount(questionsOf('tanh').length)
  expect(complaints).toEqual([])
  await opened.close()
})
