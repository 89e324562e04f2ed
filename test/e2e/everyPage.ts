import { expect, type Page } from '@playwright/test'
import { checkTree } from './accessibilityTree.ts'
import { checkBarriers } from './checkPage.ts'
import { choose, picture, toPage } from './windowActions.ts'

/** How many pixels of the chart in view have the colour that the theme gives its grid. */
function gridPixels(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas')
    const context = canvas?.getContext('2d')
    if (canvas === null || context === null || context === undefined) return 0
    const probe = document.createElement('span')
    probe.style.color = 'var(--grid-line)'
    document.body.append(probe)
    const [red, green, blue] = (getComputedStyle(probe).color.match(/\d+/g) ?? []).map(Number)
    probe.remove()
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    let count = 0
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255) count += 1
    return count
  })
}

/**
 * Looks at every page in both languages, both themes and two sizes: a picture of each, nothing scrolls sideways, and
 * axe finds no barrier. Its accessibility tree is the same in all of them and is checked once.
 */
export async function checkEveryPage(page: Page): Promise<void> {
  const names = {
    en: {
      Language: 'Language',
      Theme: 'Theme',
      dark: 'Dark',
      light: 'Light',
      pages: [
        'Data',
        'Train',
        'Look inside',
        'Compare',
        'Errors',
        'Network',
        'Sweeps',
        'Settings',
        'Conv Lab',
        'Lessons',
      ],
    },
    ru: {
      Language: 'Язык',
      Theme: 'Тема',
      dark: 'Тёмная',
      light: 'Светлая',
      pages: [
        'Данные',
        'Обучение',
        'Взгляд внутрь',
        'Сравнение',
        'Ошибки',
        'Сеть',
        'Перебор настроек',
        'Настройки',
        'Conv Lab',
        'Теория',
      ],
    },
  }
  let words = names.en
  for (const language of ['en', 'ru'] as const) {
    await choose(page, words.Language, language === 'en' ? 'English' : 'Русский')
    words = names[language]
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    for (const theme of ['light', 'dark'] as const) {
      await toPage(page, words.pages[3])
      await choose(page, words.Theme, words[theme])
      // A chart that was there before wears the new theme as well.
      await expect.poll(() => gridPixels(page), { message: `the chart in the ${theme} theme` }).toBeGreaterThan(500)
      for (const [index, name] of words.pages.entries()) {
        await toPage(page, name)
        await expect(page.getByRole('main')).toBeVisible()
        await page.waitForLoadState('networkidle')
        for (const [width, height] of [
          [1024, 700],
          [1440, 960],
        ] as const) {
          await page.setViewportSize({ width, height })
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
            `${name} scrolls sideways at ${width}`,
          ).toBe(true)
          await picture(
            page,
            `page-${names.en.pages[index].toLowerCase().replace(' ', '-')}-${language}-${theme}-${width}`,
          )
        }
        await checkBarriers(page, `${name}, ${language}, ${theme}`)
        if (language === 'en' && theme === 'light') await checkTree(page, name)
      }
    }
  }
}
