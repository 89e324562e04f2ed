import { chromium, type Browser, type Page } from '@playwright/test'

/** What runs inside the page: the next moment at which the screen has been drawn. */
const inPage = `
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))`

/** Milliseconds without a line being drawn, after which a chart counts as drawn. */
const quiet = 400

/** A real window, in a Chromium without a screen of 1280 x 800 pixels. */
export class ComparePage {
  readonly #browser: Browser
  readonly #page: Page

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser
    this.#page = page
  }

  /** @param address That opens the window once, as the shell prints it. */
  static async open(executablePath: string, address: string): Promise<ComparePage> {
    const browser = await chromium.launch({
      executablePath,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
    await page.goto(address)
    await page.getByRole('navigation').waitFor()
    return new ComparePage(browser, page)
  }

  /** Goes to a page of the window. */
  async goTo(hash: string): Promise<void> {
    await this.#page.evaluate(`window.location.hash = ${JSON.stringify(hash)}`)
  }

  /** @returns seconds from going to the page Compare until the first rows of its table are drawn. */
  compare(): Promise<number> {
    return this.#page.evaluate<number>(`(async () => {
      ${inPage}
      const began = performance.now()
      window.location.hash = '#/compare'
      while ((document.querySelector('[role=grid] [data-place="0"]')?.textContent ?? '') === '') await drawn()
      await drawn()
      return (performance.now() - began) / 1000
    })()`)
  }

  /** Shows one metric by each step of the training alone. */
  async showTrainingLoss(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Training loss', exact: true }).click()
    await this.#page.getByRole('button', { name: 'Test accuracy', exact: true }).click()
  }

  /**
   * Ticks all runs that are listed.
   * @returns seconds from the press until the last of their lines is drawn, and by how many bytes the page's memory grew.
   */
  async tickAll(runs: number): Promise<{ seconds: number; bytes: number }> {
    const before = await this.#memory(true)
    const seconds = await this.#page.evaluate<number>(`(async () => {
      ${inPage}
      const prototype = CanvasRenderingContext2D.prototype
      const stroke = prototype.stroke
      let lines = 0
      let last = 0
      prototype.stroke = function (...path) {
        lines += 1
        stroke.apply(this, path)
        last = performance.now()
      }
      const began = performance.now()
      document.querySelector('[role=columnheader] .check').click()
      while (lines < ${runs} || performance.now() - last < ${quiet}) await drawn()
      prototype.stroke = stroke
      return (last - began) / 1000
    })()`)
    return { seconds, bytes: (await this.#memory(false)) - before }
  }

  /** @returns seconds of each key of a text, from the key until what follows from it at once is drawn. */
  async type(text: string): Promise<number[]> {
    await this.#page.getByRole('combobox', { name: 'Search runs' }).focus()
    return this.#page.evaluate<number[]>(`(async () => {
      ${inPage}
      const field = document.querySelector('input[role=combobox]')
      const seconds = []
      for (const key of ${JSON.stringify(text)}) {
        const began = performance.now()
        field.value += key
        field.dispatchEvent(new InputEvent('input', { bubbles: true, data: key }))
        await drawn()
        seconds.push((performance.now() - began) / 1000)
        await new Promise((resolve) => setTimeout(resolve, 80))
      }
      // The lab keeps what was searched for, and the next round begins as this one did.
      field.value = ''
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      await new Promise((resolve) => setTimeout(resolve, 1000))
      return seconds
    })()`)
  }

  close(): Promise<void> {
    return this.#browser.close()
  }

  /** Bytes that the page's scripts hold. */
  async #memory(collected: boolean): Promise<number> {
    const session = await this.#page.context().newCDPSession(this.#page)
    await session.send('Performance.enable')
    if (collected) await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    await session.detach()
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  }
}
