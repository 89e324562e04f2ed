/** How a name is compared: in small letters, without marks, with е for ё and one space for what parts words. */
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

/** Names of a class that a person may search by. */
export interface SearchedNames {
  readonly classes: readonly string[]
  readonly classesRu: readonly string[]
}

/**
 * Indices of the classes that have what was typed in their English or Russian name; those that begin with it come
 * first. All for an empty text.
 */
export function foundClasses({ classes, classesRu }: SearchedNames, text: string): number[] {
  const all = classes.map((_, index) => index)
  // A name of signs alone, such as a symbol's, is searched as it is.
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
