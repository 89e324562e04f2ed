import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { picture } from './windowActions.ts'

/** The smallest window that must hold a page, and that of a usual laptop. */
const sizes = [
  [1024, 700],
  [1280, 800],
] as const

/** Axe finds no barrier on what is shown. */
export async function checkBarriers(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
    name,
  ).toEqual([])
}

/** Nothing scrolls sideways, axe finds no barrier, and a picture of each size is there. */
export async function checkPage(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height })
    for (const part of ['html', 'main'])
      expect(
        await page.locator(part).evaluate((element) => element.scrollWidth <= element.clientWidth),
        `${name}: ${part} scrolls sideways at ${width}`,
      ).toBe(true)
    await picture(page, `${name}-${width}`)
  }
  await checkBarriers(page, name)
}
