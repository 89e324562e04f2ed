import { comparisonTerms } from './comparisonTerms.ts'
import { dataTerms } from './dataTerms.ts'
import { distortionTerms } from './distortionTerms.ts'
import { errorTerms } from './errorTerms.ts'
import { functionTerms } from './functionTerms.ts'
import { healthTerms } from './healthTerms.ts'
import { layerTerms } from './layerTerms.ts'
import { lookTerms } from './lookTerms.ts'
import { measureTerms } from './measureTerms.ts'
import { scheduleTerms } from './scheduleTerms.ts'
import type { Term } from './term.ts'
import { trainingTerms } from './trainingTerms.ts'

const all = {
  ...trainingTerms,
  ...scheduleTerms,
  ...dataTerms,
  ...distortionTerms,
  ...layerTerms,
  ...functionTerms,
  ...measureTerms,
  ...healthTerms,
  ...lookTerms,
  ...errorTerms,
  ...comparisonTerms,
} as const

/** The name of a technical term. */
export type TermId = keyof typeof all

/** Every technical term of the window. */
export const terms: Readonly<Record<TermId, Term>> = all

/** Whether a term has that name. */
export function isTermId(name: string): name is TermId {
  return Object.hasOwn(terms, name)
}

/** What explains a label: one term, or several that are said one below the other; null where nothing does. */
export type Explained = TermId | readonly TermId[] | null
