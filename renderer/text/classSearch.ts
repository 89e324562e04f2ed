/** The form in which names are compared: lower case, no diacritics, е for ё, and a single space between words. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC')
    .replaceAll('ё', 'е')
    .replace(/[\s_-]+/g, ' ')
    .trim()
}

/** The names by which a class can be found. */
export interface SearchedNames {
  readonly classes: readonly string[]
  readonly classesRu: readonly string[]
}

/**
 * Indices of the classes whose English or Russian name contains the typed text. Names that begin with it come first. An
 * empty text matches all.
 */
export function foundClasses({ classes, classesRu }: SearchedNames, text: string): number[] {
  const all = classes.map((_, index) => index)
  // A name of punctuation alone, such as a symbol's, is compared unchanged.
  const wanted = folded(text) || text.trim()
  if (wanted === '') return all
  const names = all.map((index) =>
    [classes[index], classesRu[index] ?? classes[index]].flatMap((name) => [folded(name), name]),
  )
  const has = (index: number): boolean => names[index].some((name) => name.includes(wanted))
  const begins = (index: number): boolean => names[index].some((name) => name.startsWith(wanted))
  const found = all.filter(has)
  return [...found.filter(begins), ...found.filter((index) => !begins(index))]
}
