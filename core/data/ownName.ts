import { refuse } from '../words/problems.ts'

/** The most characters of a name that a person gives to a set. */
const longest = 80

/**
 * Checks a name that a person gives to a set of her own images.
 * @throws LabError `name-blank` or `name-too-long`.
 */
export function checkOwnName(name: string): void {
  // Neither spaces nor characters that nothing is seen of.
  if (!/[^\p{Z}\p{C}]/u.test(name)) refuse('name-blank', { name })
  const { length } = [...name]
  if (length > longest) refuse('name-too-long', { length, most: longest })
}

/** The beginning of a name that nobody gave to a set, such as that of its folder. */
export function shortName(name: string): string {
  return [...name].slice(0, longest).join('')
}
