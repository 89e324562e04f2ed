import { expect, type Locator, type Page } from '@playwright/test'
import path from 'node:path'
import { launchChromium } from './chromium.ts'
import type { LabProcess } from './labProcess.ts'

const screenshots = path.join(import.meta.dirname, '..', '..', 'test-results', 'screenshots')

/** Takes a picture of the window into `test-results/screenshots`. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) })
}

/** A dropdown by what is chosen in it. */
export const dropdown = (page: Page, label: string) =>
  page
    .getByRole('button', { name: new RegExp(`^${label}: `) })
    .or(page.getByRole('combobox', { name: new RegExp(`^${label}: `) }))

/** Chooses an option of a dropdown by what is seen. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await dropdown(page, label).click()
  // A note may follow the name, but not the rest of a longer name.
  const name = option.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  await page.getByRole('option', { name: new RegExp(`^${name}(?![\\w-])`) }).click()
}

/** Types a number into a field and leaves it. */
export async function enter(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByRole('textbox', { name: new RegExp(`^${label}`) })
  await field.fill(value)
  await field.blur()
}

/** What the run's state says, as it is announced. */
export const pill = (page: Page, text: RegExp) =>
  page.getByRole('main').locator('[aria-live="polite"]').filter({ hasText: text }).first()
/** Goes to a page by the rail. */
export const toPage = (page: Page, name: string) =>
  page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click()

/** The number in the tile «Step». */
export async function stepOf(page: Page): Promise<number> {
  const text = await page.locator('dl.tiles > div').first().locator('strong').textContent()
  return Number((text ?? '').replaceAll(/\D/g, ''))
}

/** Goes to the page at this part of the address, with nothing in focus. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }, hash)
}

/** What a page complains about on its console from now on. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

/**
 * Opens the shell's address in a new Chromium; what the page complains about on its console is kept.
 * @param hash The page that is shown; none: as a person's first start shows it.
 */
export async function openPage(
  shell: LabProcess,
  hash = '#/data',
): Promise<{ page: Page; close(): Promise<void>; complaints: string[] }> {
  const browser = await launchChromium()
  const context = await browser.newContext({
    viewport: { width: 1440, height: 960 },
    locale: 'en-GB',
    colorScheme: 'light',
  })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(`${shell.address}${hash}`)
  await expect(page.getByRole('navigation')).toBeVisible()
  return { page, close: () => browser.close(), complaints }
}

/** More presses than any page has places to stop at. */
const mostStops = 120

/** Presses Tab until this has the focus. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there')
}

/** Does something in Russian and dark; the window is English and light afterwards. */
export async function inRussianAndDark(page: Page, look: () => Promise<void>): Promise<void> {
  await choose(page, 'Language', 'Русский')
  await choose(page, 'Тема', 'Тёмная')
  await look()
  await choose(page, 'Тема', 'Светлая')
  await choose(page, 'Язык', 'English')
}
