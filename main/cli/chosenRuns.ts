import type { Shelf } from '../../core/query/runPage.ts'
import { refuse } from '../../core/words/problems.ts'
import type { CommandContext } from './context.ts'
import { rowsOf } from './runsQuestion.ts'

/** Runs as a command is given them: by their numbers, or by a search. */
export interface ChosenRuns {
  readonly runs: readonly number[]
  readonly where: string | null
}

/**
 * Reads which runs are meant.
 * @throws LabError `arguments-wrong` where neither numbers nor a search are given, or both.
 */
export function chosenRuns(command: string, runs: readonly number[], where: string | undefined): ChosenRuns {
  if ((runs.length === 0) === (where === undefined))
    refuse('arguments-wrong', { command, detail: 'name runs by their numbers, or choose them with --where' })
  return { runs, where: where ?? null }
}

/**
 * The numbers of the runs that are meant.
 * @param shelf where a search looks
 */
export async function idsOf(context: CommandContext, { runs, where }: ChosenRuns, shelf: Shelf): Promise<number[]> {
  if (where === null) return [...runs]
  const rows = await rowsOf(context, { where, shelf, sort: [], settings: [] })
  return rows.map(({ facts }) => facts.id)
}

/** Runs at the beginning of a sentence: `Run 7`, or `12 runs`. */
export function runsText(ids: readonly number[]): string {
  return ids.length === 1 ? `Run ${ids[0]}` : `${ids.length} runs`
}
