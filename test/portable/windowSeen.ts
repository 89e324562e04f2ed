import { chromium } from '@playwright/test'
import { demand } from './checks.ts'

/** Opens the window at an address in this computer's Chromium, and looks at the page of the runs that were trained. */
export async function seeWindow(address: string, executablePath: string): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    const page = await browser.newPage()
    const errors: string[] = []
    page.on('pageerror', (thrown) => errors.push(thrown.message))
    await page.goto(address)
    await page.getByRole('navigation').first().waitFor()
    await page.goto(new URL('#/train/1', page.url()).href)
    await page.getByRole('heading').first().waitFor()
    demand((await page.title()).includes('Conv Lab'), `the window has the title “${await page.title()}”`)
    demand(errors.length === 0, `the window has errors: ${errors.join('; ')}`)
  } finally {
    await browser.close()
  }
}
