import { expect, test } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkPage } from './checkPage.ts'
import { startLab, valueOf, type LabProcess } from './labProcess.ts'
import { importPictures, makePictures } from './ownImages.ts'
import { choose, dropdown, enter, inRussianAndDark, openPage, tabTo } from './windowActions.ts'

let home: string
let pictures: string
let shell: LabProcess | null = null

const small = ['train', '--dataset', 'own-two-colours', '--offline', '--batch', '10', '--steps', '10']
const foreign = path.join(import.meta.dirname, '..', 'data', 'weights', 'network.safetensors')

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-weights-'))
  pictures = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-pictures-'))
  await makePictures(path.join(pictures, 'Two colours'), ['red', 'blue'], 20)
  await importPictures(home, path.join(pictures, 'Two colours'))
  expect(await valueOf(home, ...small)).toMatchObject({ event: 'done' })
})

test.afterAll(async () => {
  await shell?.end()
  await rm(home, { recursive: true, force: true })
  await rm(pictures, { recursive: true, force: true })
})

test('a run begins with weights of another, once the table is confirmed, and says so', async () => {
  shell = await startLab(home)
  const opened = await openPage(shell, '#/train')
  const { page, complaints } = opened
  const start = page.getByRole('button', { name: 'Start', exact: true })
  const use = page.getByRole('button', { name: 'Use these weights' })
  await enter(page, 'Batch', '10')
  await enter(page, 'Steps', '10')

  await test.step('a file of another network is uploaded, and the table says why nothing is taken', async () => {
    await choose(page, 'Begin with weights', 'from a file')
    await page.locator('[data-given=weights]').setInputFiles(foreign)
    await expect(page.getByText('Taken: 0 of 14 tensors.')).toBeVisible()
    await expect(page.getByText('No tensor is taken.')).toBeVisible()
    await expect(start).toBeDisabled()
    await expect(page.getByText('First confirm the weights to begin with, or cancel.')).toBeVisible()
  })

  await test.step('another run is looked at, and its last layer is drawn anew, by keyboard', async () => {
    await choose(page, 'Begin with weights', 'of another run')
    await expect(page.getByRole('heading', { name: 'Weights to begin with' })).toBeFocused()
    await choose(page, 'Run', 'Run 1')
    await expect(page.getByText('Taken: 14 of 14 tensors.')).toBeVisible()
    await tabTo(page, dropdown(page, 'classes/kernel takes'))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('listbox')).toBeVisible()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Taken: 12 of 14 tensors.')).toBeVisible()
    await checkPage(page, 'weights-table')
    await inRussianAndDark(page, () => checkPage(page, 'weights-table-ru-dark'))
    await tabTo(page, use)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Run 1, step 10: 12 of 14 tensors; begin anew: classes')).toBeVisible()
    await choose(page, 'Frozen layers', 'up to conv_1')
    await checkPage(page, 'weights-taken')
  })

  await test.step('the run begins with them, and its head says where they came from', async () => {
    await start.click()
    await expect.poll(async () => (await valueOf<{ state: string }>(home, 'run', '2')).state).toBe('done')
    await expect(page.getByRole('main')).toContainText(
      'Begins with the weights of Run 1, step 10: 12 of 14 tensors; begin anew: classes',
    )
    expect(await valueOf(home, 'run', '2')).toMatchObject({
      weights: { source: { kind: 'run', run: 1, step: 10 }, anew: ['classes/kernel', 'classes/bias'] },
    })
  })

  expect(complaints).toEqual([])
  await opened.close()
})
