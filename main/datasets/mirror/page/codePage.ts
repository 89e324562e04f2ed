import type { Language } from '../../../../core/words/language.ts'
import { framed } from './frame.ts'
import { html, nothing } from './html.ts'
import { say } from './words.ts'

/** Why a code was not taken: it is wrong, or one must wait this many seconds. */
export type CodeRefusal = 'wrong' | { readonly waitSeconds: number }

/** The page that asks for the code of the class. */
export function codePage(language: Language, refusal: CodeRefusal | null): string {
  const sentence =
    refusal === 'wrong'
      ? say(language, 'code-wrong')
      : refusal === null
        ? ''
        : say(language, 'code-wait', { seconds: refusal.waitSeconds })
  const said = sentence === '' ? nothing : html`<p class="wrong" role="alert" id="refusal">${sentence}</p>`
  const describes = sentence === '' ? nothing : html` aria-describedby="refusal" aria-invalid="true"`
  return framed(
    language,
    html`<section>
      <form action="/enter" method="get">
        ${said}
        <label for="code">${say(language, 'code-asked')}</label>
        <input type="hidden" name="lang" value="${language}" />
        <input
          id="code"
          name="code"
          maxlength="20"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          required
          autofocus${describes}
        />
        <button>${say(language, 'code-enter')}</button>
      </form>
    </section>`,
  )
}
