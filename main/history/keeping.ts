/** How many checkpoints are kept spread over a run, besides the first, the best and the newest two. */
export const spreadOver = 20

/**
 * The keeping rule: of a run's checkpoints, the steps of those that are given up, in ascending order. Up to 20, none
 * is. Of more, kept are step 0, the best, the newest two, and the first of each cell of a grid over the run, whose
 * cells are as small a power of two as leaves at most 20 of them. Cells only ever join in pairs as a run grows, so
 * thinning out as it goes keeps all that thinning out once at its end would keep, and the run stays evenly covered.
 * @param steps steps of all checkpoints, ascending, each once
 * @param best step of the best evaluation, whether it has a checkpoint or not
 */
export function stepsToGiveUp(steps: readonly number[], best: number | null): number[] {
  if (steps.length <= spreadOver) return []
  const newest = steps.slice(-2)
  const cell = cellFor(steps[0], newest[1])
  return steps.filter((step, index) => {
    const firstOfCell = index === 0 || Math.floor(step / cell) !== Math.floor(steps[index - 1] / cell)
    return !firstOfCell && step !== best && !newest.includes(step)
  })
}

/** The smallest power of two with at most 20 cells from the first to the last checkpoint. */
function cellFor(first: number, last: number): number {
  let cell = 1
  while (Math.floor(last / cell) - Math.floor(first / cell) + 1 > spreadOver) cell *= 2
  return cell
}
