/** A piece of a page. Only `html` makes one, so that no text of others is taken for markup. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | readonly Markup[]

function markupOf(part: Part): string {
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** Markup with texts and pieces filled in; texts are escaped. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: texts.reduce((before, text, place) => `${before}${markupOf(parts[place - 1] ?? '')}${text}`) }
}

/** Nothing. */
export const nothing: Markup = { markup: '' }
