import type { ErrorsComparison } from '../../core/errors/errorsComparison.ts'
import type { Language } from '../../core/words/language.ts'
import { phraseText } from '../../core/words/phrases.ts'
import { capitalised } from './planTexts.ts'
import { type NamedRun, runNameOf } from './runName.ts'

/** The verdict on two checkpoints as a sentence. The better run is called as it is everywhere in the window. */
export function verdictText(
  { verdict, better, first, second }: Pick<ErrorsComparison, 'verdict' | 'better' | 'first' | 'second'>,
  runs: readonly NamedRun[],
  language: Language,
): string {
  if (verdict.phrase !== 'difference-real' || better === null) return `${capitalised(phraseText(verdict, language))}.`
  const run = runNameOf(runs, (better === 'first' ? first : second).run)
  return `${phraseText({ ...verdict, parameters: { ...verdict.parameters, run } }, language)}.`
}
