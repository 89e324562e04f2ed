import { checkedExpectation, Expectation } from '../../core/expectations/expectation.ts'
import { inPercent, limitsOf } from '../../core/numbers/range.ts'
import { refuse } from '../../core/words/problems.ts'
import type { ValuesOf } from './command.ts'
import { numberWithin, readText, text } from './optionKinds.ts'

function otherRun(help: string): ReturnType<typeof readText<number>> {
  return readText('RUN', help, 'the number of a run', (word) =>
    /^[1-9]\d*$/.test(word) && Number.isSafeInteger(Number(word)) ? Number(word) : null,
  )
}

/** What a person expects of a run that begins, as options. */
export const expectationOptions = {
  expect: numberWithin(
    'PERCENT',
    'Write down, before it begins, which test accuracy you expect at its end, such as 62',
    inPercent(limitsOf(Expectation.shape.accuracy)),
  ),
  'better-than': otherRun('Write down that you expect it to be better than this run'),
  'worse-than': otherRun('Write down that you expect this run to be better'),
  because: text('TEXT', 'Write down why, in a sentence'),
}

/**
 * What the options say is expected; undefined where they say nothing.
 * @throws LabError `arguments-wrong` or `expectation-reason-too-long`.
 */
export function givenExpectation(
  command: string,
  { expect, because = '', ...others }: ValuesOf<typeof expectationOptions>,
): Expectation | undefined {
  const [better, worse] = [others['better-than'], others['worse-than']]
  if (better !== undefined && worse !== undefined)
    refuse('arguments-wrong', { command, detail: '--better-than and --worse-than are two answers to one question' })
  const versus =
    better !== undefined
      ? ({ run: better, better: 'this' } as const)
      : worse !== undefined
        ? ({ run: worse, better: 'other' } as const)
        : null
  const accuracy = expect === undefined ? null : expect / 100
  return checkedExpectation({ accuracy, versus, because }) ?? undefined
}
