import { distance } from 'fastest-levenshtein'

/** The letters of a word in one order, whatever order they were typed in. */
function lettersOf(word: string): string {
  return [...word].sort().join('')
}

/**
 * The known word that a mistyped one was meant to be: the one that differs by the fewest letters, capitals aside;
 * letters in another order come first. Null where all differ by more than a third of the letters, and by more than two.
 */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase()
  let nearest: string | null = null
  let fewest = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const one of known) {
    const swapped = lettersOf(wanted) === lettersOf(one.toLowerCase())
    const letters = swapped ? 0 : distance(wanted, one.toLowerCase())
    // Two letters of two are another word.
    if (letters < fewest && letters < Math.max(word.length, 2)) {
      nearest = one
      fewest = letters
    }
  }
  return nearest
}
