import type { Language } from '../../../../core/words/language.ts'
import { html, type Markup } from './html.ts'
import { styleElement } from './style.ts'
import { say } from './words.ts'

/** The languages by the names that they have for themselves. */
const languages = [
  ['en', 'English'],
  ['ru', 'Русский'],
] as const

/** A whole page around its content, with the switch between the languages. */
export function framed(language: Language, content: Markup): string {
  const switches = languages.map(([tag, name]) =>
    tag === language
      ? html`<a href="?lang=${tag}" lang="${tag}" aria-current="true">${name}</a>`
      : html`<a href="?lang=${tag}" lang="${tag}">${name}</a>`,
  )
  return html`<!DOCTYPE html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say(language, 'title')}</title>
        ${styleElement}
      </head>
      <body>
        <header>
          <h1>${say(language, 'title')}</h1>
          <nav aria-label="${say(language, 'languages')}">${switches}</nav>
        </header>
        <main>${content}</main>
      </body>
    </html> `.markup
}
