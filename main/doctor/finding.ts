import { doctorSentence, type DoctorParameters, type DoctorWord } from '../../core/words/doctorWords.ts'
import type { Language } from '../../core/words/language.ts'
import { sentenceOf, type Problem } from '../../core/words/problems.ts'

/** The parts that the doctor looks at, in its order. */
export type Part = 'files' | 'system' | 'home' | 'space' | 'tensorflow' | 'window'

/** What the doctor found about one part. */
export interface Finding {
  readonly part: Part
  /** What hinders; null if nothing does. */
  readonly problem: Problem | null
  readonly sentence: (language: Language) => string
}

export function amiss(part: Part, problem: Problem): Finding {
  return { part, problem, sentence: (language) => sentenceOf(problem, language) }
}

export function sound<Word extends DoctorWord>(part: Part, word: Word, parameters: DoctorParameters<Word>): Finding {
  return { part, problem: null, sentence: (language) => doctorSentence(word, parameters, language) }
}
