import type { RunGroup } from '../../core/query/runGroups.ts'
import type { RunPage } from '../../core/query/runPage.ts'

/** A run in the table: its facts, and the values of the settings that are shown beside them. */
export type FoundRun = RunPage['rows'][number]

/** What stands in one row of the table. */
export type TableRow =
  | { readonly kind: 'run'; readonly run: FoundRun; readonly inGroup: boolean }
  | { readonly kind: 'group'; readonly group: RunGroup; readonly key: string; readonly open: boolean }
  /** Older runs of an open group, of which only their number is told. */
  | { readonly kind: 'more'; readonly count: number }

/** Names a group. */
export function groupKey({ value }: Pick<RunGroup, 'value'>): string {
  return JSON.stringify(value)
}

/** The rows of a table in groups: each group, with its runs below where it is open and they are known. */
export function groupedRows(
  groups: readonly RunGroup[],
  open: ReadonlySet<string>,
  runsOf: (key: string) => readonly FoundRun[] | undefined,
): TableRow[] {
  return groups.flatMap((group): TableRow[] => {
    const key = groupKey(group)
    const isOpen = open.has(key)
    const runs = isOpen ? (runsOf(key) ?? []) : []
    const hidden = group.count - group.runs.length
    return [
      { kind: 'group', group, key, open: isOpen },
      ...runs.map((run): TableRow => ({ kind: 'run', run, inGroup: true })),
      ...(isOpen && runs.length > 0 && hidden > 0 ? [{ kind: 'more' as const, count: hidden }] : []),
    ]
  })
}
