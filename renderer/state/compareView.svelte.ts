import { ChartView } from '../charts/chartView.svelte.ts'

/**
 * What is pointed at and hidden in the charts of Compare, and so in its table. The key of a line names the runs that it
 * is made of.
 */
class CompareView extends ChartView {
  /** Of all lines. */
  keys = $state.raw<readonly string[]>([])

  /** Whether the line of a run stands out. */
  isLifted(run: number): boolean {
    return this.lifted !== null && runsOf(this.lifted).includes(run)
  }

  /** Lets the line of a run stand out; null: none. */
  lift(run: number | null): void {
    this.lifted = run === null ? null : (this.keys.find((key) => runsOf(key).includes(run)) ?? null)
  }
}

function runsOf(key: string): number[] {
  return key.split(' ').map(Number)
}

/** The key of the line of these runs. */
export function keyOf(runs: readonly { readonly id: number }[]): string {
  return runs.map(({ id }) => id).join(' ')
}

export const compareView = new CompareView()
