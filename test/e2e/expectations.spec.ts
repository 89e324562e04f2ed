import { expect, test } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkPage } from './checkPage.ts'
import { startLab, valueOf, type LabProcess } from './labProcess.ts'
import { importPictures, makePictures } from './ownImages.ts'
import { choose, enter, openPage, toPage } from './windowActions.ts'

let home: string
let pictures: string
let shell: LabProcess | null = null

const small = ['train', '--dataset', 'own-two-colours', '--offline', '--batch', '10', '--steps', '10']

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-expected-'))
  pictures = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-pictures-'))
  await makePictures(path.join(pictures, 'Two colours'), ['red', 'blue'], 20)
  await importPictures(home, path.join(pictures, 'Two colours'))
  expect(await valueOf(home, ...small, '--expect', '40')).toMatchObject({ event: 'done', expectedAccuracy: 0.4 })
})

test.afterAll(async () => {
  await shell?.end()
  await rm(home, { recursive: true, force: true })
  await rm(pictures, { recursive: true, force: true })
})

test('what a person expects is written before a run, locked, and held against its result', async () => {
  shell = await startLab(home)
  const opened = await openPage(shell, '#/train')
  const { page, complaints } = opened
  const accuracy = page.getByRole('textbox', { name: 'Test accuracy at the end' })
  const why = page.getByRole('textbox', { name: 'Why?' })
  const start = page.getByRole('button', { name: 'Start', exact: true })
  await enter(page, 'Batch', '10')
  await enter(page, 'Steps', '10')

  await test.step('what is no share is refused where it is typed, and Start says why it is off', async () => {
    await page.getByRole('button', { name: 'What do you expect?' }).click()
    await enter(page, 'Test accuracy at the end', '120')
    await expect(page.getByRole('alert')).toHaveText('A number from 0 to 100. Leave empty for none.')
    await expect(start).toBeDisabled()
    await expect(start).toHaveAccessibleDescription('First correct: Test accuracy at the end.')
    await checkPage(page, 'expectation-refused')
  })

  await test.step('what fits is locked at the start, stands beside the result, and is gone from the form', async () => {
    await enter(page, 'Test accuracy at the end', '62.5')
    await choose(page, 'Which run will be better\\?', 'Run 1')
    await page.getByRole('group', { name: 'The better run' }).getByText('Run 1', { exact: true }).click()
    await expect(page.getByText('You expect: 62.5')).toContainText('worse than Run 1')
    await why.fill('so few steps')
    await checkPage(page, 'expectation')
    await start.click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Run 2')
    const beside = page.getByRole('region', { name: 'Expected and reached' })
    await expect(beside).toContainText(/Expected 62.5.% Reached \d+\.\d.% \d+\.\d points (less|more) than expected/)
    await expect(beside).toContainText(/worse than Run 1 (right|wrong|neither)/)
    await expect(beside).toContainText(/“so few steps” locked/)
    await expect(accuracy).toHaveValue('')
    await expect(why).toHaveValue('')
    await checkPage(page, 'expectation-result')
  })

  await test.step('Compare has it as columns, and shows how well expectations fit', async () => {
    await toPage(page, 'Compare')
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Expected', exact: true }).check()
    await page.keyboard.press('Escape')
    const table = page.getByRole('grid', { name: 'All runs' })
    await expect(table.getByRole('gridcell', { name: /^62.5.%$/ })).toBeVisible()
    await page.getByRole('button', { name: /^Expected and reached/ }).click()
    const card = page.getByRole('region', { name: 'Expected and reached' })
    await expect(card.getByText(/^2 runs: off by/)).toBeVisible()
    await card.getByRole('slider').focus()
    await page.keyboard.press('Home')
    await expect(card.getByRole('slider')).toHaveAttribute('aria-valuetext', /^Run 1: expected 40.0.%/)
    await checkPage(page, 'expectations-fit')
  })

  expect(complaints).toEqual([])
  await opened.close()
})
