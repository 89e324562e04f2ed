import type { ClassScores } from '../../../core/errors/errorsReport.ts'
import type { ClassColumn } from '../../state/errorsPage.svelte.ts'

/**
 * The classes in the order of a column. A score that is not defined stands last either way; equal ones keep the order of
 * the set.
 */
export function sortedClasses(
  perClass: readonly ClassScores[],
  { by, descending }: { readonly by: ClassColumn; readonly descending: boolean },
  nameOf: (label: number) => string,
  language: string,
): number[] {
  const labels = perClass.map((_, label) => label)
  const turn = descending ? -1 : 1
  if (by === 'name')
    return labels.sort((one, other) => turn * nameOf(one).localeCompare(nameOf(other), language, { numeric: true }))
  const isDefined = (label: number): boolean => by === 'images' || !perClass[label].undefined.includes(by)
  return labels.sort((one, other) => {
    if (isDefined(one) !== isDefined(other)) return isDefined(one) ? -1 : 1
    return turn * (perClass[one][by] - perClass[other][by]) || one - other
  })
}
