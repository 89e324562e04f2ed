const begin = '<!-- bench: begin -->'
const end = '<!-- bench: end -->'

/**
 * The text with everything between the bench's markers replaced.
 * @returns null when it has no such markers.
 */
export function withSummary(text: string, summary: string): string | null {
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < from) return null
  return `${text.slice(0, from + begin.length)}\n${summary}\n${text.slice(to)}`
}
