import { setImmediate as nextTurn } from 'node:timers/promises'
import { packedCurve, type CurveKey, type CurvesAnswer, type CurvesQuestion } from '../../core/run/curve.ts'
import { LabError } from '../../core/words/problems.ts'
import type { Lab } from '../lab.ts'

/** Milliseconds after which others have their turn before the next curve is read. */
const longestPiece = 5

/**
 * Reads curves one after the other without holding up what else the process does. A curve and the number of its newest
 * event are read in one turn of the event loop, so that no event falls between them; another curve may be of a later
 * turn. One that cannot be read does not keep the others back.
 */
export async function curvesInPieces(
  { history, events }: Pick<Lab, 'history' | 'events'>,
  { curves, ...range }: CurvesQuestion,
  signal?: AbortSignal,
): Promise<CurvesAnswer> {
  const read = (key: CurveKey): CurvesAnswer[number] => {
    try {
      return packedCurve(history.curve({ ...key, ...range }), events.sequence)
    } catch (thrown) {
      if (thrown instanceof LabError) return { problem: thrown.problem }
      throw thrown
    }
  }
  const answer: CurvesAnswer = []
  let began = performance.now()
  for (const key of curves) {
    if (performance.now() - began > longestPiece) {
      await nextTurn()
      signal?.throwIfAborted()
      began = performance.now()
    }
    answer.push(read(key))
  }
  return answer
}
