/** A name without what does not tell names apart: outer blanks, capital letters, ways to write one character. */
export function nameKey(name: string): string {
  return name.trim().normalize('NFKC').toUpperCase().toLowerCase()
}
