import type { XRange } from './series.ts'

/** What a person points at and has hidden, in one chart or in several that share it. Series are known by their keys. */
export class ChartView {
  /** The part of the x axis that is marked; null for none. */
  readonly marked: () => XRange | null

  constructor(marked: () => XRange | null = () => null) {
    this.marked = marked
  }

  /** Place of the cursor on the x axis. */
  cursor = $state.raw<number | null>(null)
  /** The series that stands out. */
  lifted = $state.raw<string | null>(null)
  hidden = $state.raw<readonly string[]>([])

  shows(key: string): boolean {
    return !this.hidden.includes(key)
  }

  /** Hides a series, or shows it again. */
  toggle(key: string): void {
    this.hidden = this.shows(key) ? [...this.hidden, key] : this.hidden.filter((one) => one !== key)
  }

  /** Shows one of these series alone, or all of them if it is alone already. */
  alone(key: string, all: readonly string[]): void {
    const others = all.filter((other) => other !== key)
    const isAlone = this.shows(key) && others.every((other) => !this.shows(other))
    this.hidden = isAlone ? [] : others
  }

  showAll(): void {
    this.hidden = []
  }
}
