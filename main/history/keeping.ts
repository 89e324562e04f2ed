/** Number of checkpoints to keep spread over a run, besides the first, the best and the newest two. */
export const spreadOver = 20

/**
 * The keeping rule: the steps of the checkpoints of a run to delete, in ascending order. With up to 20 checkpoints,
 * none is deleted. With more, the rule keeps step 0, the best, the newest two, and the first of each cell of a grid
 * over the run. The size of a cell is the smallest power of two that leaves at most 20 cells. As a run grows, cells
 * only ever merge in pairs. So deleting along the way keeps everything that deleting once at the end would keep, and
 * the run stays evenly covered.
 * @param steps Steps of all checkpoints, ascending and unique.
 * @param best Step of the best evaluation, whether or not it has a checkpoint.
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
