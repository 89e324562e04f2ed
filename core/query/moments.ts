/** A day or a month by the clock of this computer, in milliseconds since 1970: from `from` up to, without, `before`. */
export interface Span {
  readonly from: number
  readonly before: number
}

const written = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/

/**
 * The day (2026-11-30) or the month (2026-11) that a text names.
 * @returns null where it names none, or one that the calendar has not.
 */
export function spanOf(text: string): Span | null {
  const found = written.exec(text)
  if (found === null) return null
  const [year, month] = [Number(found[1]), Number(found[2])]
  // An optional group that is not there has no text.
  const day: string | undefined = found[3]
  const first = new Date(year, month - 1, day === undefined ? 1 : Number(day))
  const real = first.getMonth() === month - 1 && (day === undefined || first.getDate() === Number(day))
  if (!real || year < 1000) return null
  const next = day === undefined ? new Date(year, month, 1) : new Date(year, month - 1, Number(day) + 1)
  return { from: first.getTime(), before: next.getTime() }
}
