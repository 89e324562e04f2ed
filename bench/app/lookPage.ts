import { chromium, type Browser, type Page } from '@playwright/test'

/** What runs inside the page: the picture of all maps, and the next moment at which the screen is drawn. */
const inPage = `
  const grid = () => document.querySelector('.grid img')
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => resolve()))`

/** A real window on the page Look, in a Chromium without a screen. */
export class LookPage {
  readonly #browser: Browser
  readonly #page: Page

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser
    this.#page = page
  }

  /**
   * Opens the page of a run and waits until its feature maps are on the screen.
   * @param address That opens the window once, as the shell prints it.
   */
  static async open(executablePath: string, address: string, run: number): Promise<LookPage> {
    const browser = await chromium.launch({
      executablePath,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    const page = await browser.newPage({ viewport: { width: 1440, height: 960 } })
    await page.goto(address)
    await page.getByRole('navigation').waitFor()
    await page.evaluate(`window.location.hash = '#/look/${run}'`)
    await page.locator('.grid img').waitFor({ timeout: 120_000 })
    return new LookPage(browser, page)
  }

  /**
   * Presses «next image» again and again.
   * @returns seconds of each from the press until the maps of that image are drawn.
   */
  nextImages(count: number): Promise<number[]> {
    return this.#page.evaluate<number[]>(`(async () => {
      ${inPage}
      const button = document.querySelector('.number button:last-of-type')
      const seconds = []
      for (let time = 0; time < ${count}; time += 1) {
        const before = grid().src
        const began = performance.now()
        button.click()
        while (grid()?.src === before) await drawn()
        await drawn()
        seconds.push((performance.now() - began) / 1000)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      return seconds
    })()`)
  }

  /**
   * Drags the scrubber from the first checkpoint to the last, each as soon as the one before is drawn.
   * @returns how many checkpoints were drawn, and the seconds that took.
   */
  scrub(): Promise<{ frames: number; seconds: number }> {
    return this.#page.evaluate<{ frames: number; seconds: number }>(`(async () => {
      ${inPage}
      const scrubber = document.querySelector('input[type=range]')
      const show = async (index) => {
        const before = grid().src
        scrubber.value = String(index)
        scrubber.dispatchEvent(new Event('input', { bubbles: true }))
        while (grid()?.src === before) await drawn()
      }
      const last = Number(scrubber.max)
      await show(0)
      const began = performance.now()
      for (let index = 1; index <= last; index += 1) await show(index)
      return { frames: last, seconds: (performance.now() - began) / 1000 }
    })()`)
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}
