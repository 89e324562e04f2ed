import { expect, test, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkBarriers } from './checkPage.ts'
import { type LabProcess, startLab } from './labProcess.ts'
import { choose, dropdown, goTo, openPage, picture, tabTo } from './windowActions.ts'

let folder: string
let shell: LabProcess
let opened: Awaited<ReturnType<typeof openPage>>
let page: Page

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-terms-'))
  shell = await startLab(folder)
  opened = await openPage(shell, '#/train')
  page = opened.page
  await page.setViewportSize({ width: 1280, height: 800 })
})

test.afterEach(() => {
  expect(opened.complaints).toEqual([])
})

test.afterAll(async () => {
  await opened.close()
  await shell.end()
  await rm(folder, { recursive: true, force: true })
})

const explanation = () => page.getByRole('dialog', { name: 'Learning rate' })
const field = () => page.getByRole('textbox', { name: 'Learning rate' })
const word = () => page.locator('label', { hasText: /^Learning rate$/ }).locator('[data-term]')

/** Goes into the field by the keyboard from the one before. */
async function tabIn(): Promise<void> {
  await dropdown(page, 'Optimizer').focus()
  await page.keyboard.press('Tab')
  await expect(field()).toBeFocused()
}

test('a term is explained where the pointer rests, and the way to its lesson stays', async () => {
  await goTo(page, '#/train')
  await word().hover()
  await expect(explanation()).toContainText('How far a step moves the weights')
  const [box, entry] = [await explanation().boundingBox(), await field().boundingBox()]
  if (box === null || entry === null) throw new Error('they have no place')
  const beside = box.y + box.height <= entry.y || box.y >= entry.y + entry.height
  expect(beside, 'the field is not covered').toBe(true)
  await picture(page, 'term-hover')
  await checkBarriers(page, 'a term in view')

  await page.keyboard.press('Escape')
  await expect(explanation()).toHaveCount(0)

  await page.mouse.move(5, 5)
  await word().hover()
  // The pointer may go to it.
  await explanation().getByRole('link', { name: 'Lesson: The loss as a landscape' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'The loss as a landscape' })).toBeVisible()
  await expect(explanation()).toHaveCount(0)
})

test('by keyboard alone a field is explained, typing goes on, and F1 leads to the lesson and on to other terms', async () => {
  await goTo(page, '#/train')
  await page.mouse.move(640, 300)
  await tabIn()
  // What the pointer crosses does not matter.
  await page.mouse.move(640, 500, { steps: 5 })
  await expect(field()).toHaveAccessibleDescription(/How far a step moves the weights/)
  await expect(explanation()).toContainText('F1 leads to the lesson')
  await expect(field()).toBeFocused()
  await field().press('End')
  await page.keyboard.type('1')
  await expect(explanation()).toHaveCount(0)
  await page.keyboard.press('Backspace')

  await page.keyboard.press('F1')
  const link = explanation().getByRole('link', { name: 'Lesson: The loss as a landscape' })
  await expect(link).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(explanation()).toHaveCount(0)
  await expect(field()).toBeFocused()

  await page.keyboard.press('F1')
  await expect(link).toBeFocused()
  await page.keyboard.press('F1')
  await expect(page.getByRole('dialog', { name: 'Batch size' }).getByRole('link')).toBeFocused()
  // The focus goes on from the field where it was.
  await page.keyboard.press('Tab')
  await expect(page.getByRole('textbox', { name: 'Batch' })).toBeFocused()

  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('F1')
  await expect(link).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'The loss as a landscape' })).toBeVisible()
})

test('Enter on a word of a heading leads into its explanation, and Tab on from there closes it', async () => {
  await goTo(page, '#/network')
  const heading = page.getByRole('main').getByRole('heading').locator('button[data-term]').first()
  await tabTo(page, heading)
  await page.keyboard.press('Enter')
  const link = page.getByRole('dialog').getByRole('link')
  await expect(link).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(link).toHaveCount(0)
  await expect(heading).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(link).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(link).toHaveCount(0)
  await expect(heading).not.toBeFocused()
})

test('a choice is explained with what is chosen', async () => {
  await goTo(page, '#/train')
  await page.locator('[data-term^="schedule"]').hover()
  const both = page.getByRole('dialog', { name: /^Schedule, / })
  await expect(both).toContainText('How the learning rate changes from step to step')
  await expect(both.locator('strong')).toHaveCount(2)
})

test('all terms stand in a list that can be searched, in both languages', async () => {
  await goTo(page, '#/lessons')
  await page.getByRole('link', { name: 'All terms from A to Z' }).press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Terms' })).toBeVisible()
  await checkBarriers(page, 'the list of terms')
  await page.getByRole('searchbox', { name: 'Find a term' }).fill('label smoothing')
  const entry = page.locator('article dl > div', { hasText: 'Label smoothing' })
  await expect(entry).toHaveCount(1)
  await picture(page, 'terms-list')
  await entry.getByRole('link').press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Softmax and the loss' })).toBeVisible()

  await choose(page, 'Language', 'Русский')
  await goTo(page, '#/lessons/terms')
  await page.getByRole('searchbox', { name: 'Найти термин' }).fill('сглаживание меток')
  await expect(page.locator('article dl > div')).toHaveCount(1)
  await expect(page.locator('article dl')).toContainText('Какая доля метки распределяется по всем классам')
})
