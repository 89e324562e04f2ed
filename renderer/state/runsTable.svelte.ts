import { untrack } from 'svelte'
import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { RunGroup, RunGroups } from '../../core/query/runGroups.ts'
import type { KnownValues } from '../../core/query/completions.ts'
import { isSetting, type Column } from '../../core/query/column.ts'
import { parseExpression } from '../../core/query/parseExpression.ts'
import type { PageQuestion, Shelf, Sorting } from '../../core/query/runPage.ts'
import { narrowestColumn, widestColumn, type RunsView } from '../../core/query/runsView.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, type LabNews, lab } from './lab.svelte.ts'
import { type FoundRun, groupedRows, groupKey, type TableRow } from './tableRows.ts'
import { usualView, usualWidth } from './usualView.ts'

/** Rows that are asked for at once. */
const pageSize = 100
/** Rows from the first that are kept for a printer, which cannot wait until they have been read. */
export const printedRows = 300
/** Runs of a group that are shown when it is open. */
const shownOfGroup = 100
/** Milliseconds between two readings of a table in which something changes. */
const refreshPause = 400
/** Milliseconds between two writings of the arrangement; a change after a longer rest is written at once. */
const storePause = 300

/** Events after which a table may hold other runs, or other values; steps are shown from the run that trains. */
const changing: ReadonlySet<LabNews['kind']> = new Set([
  'reread',
  'run',
  'cancelled',
  'evaluated',
  'marked',
  'deleted',
  'restored',
  'erased',
  'spared',
])

/** Columns whose values begin with the smallest when they are sorted; numbers begin with the largest. */
const wordColumns: ReadonlySet<string> = new Set([
  'name',
  'note',
  'tag',
  'set',
  'network',
  'preset',
  'optimizer',
  'schedule',
  'state',
])

/**
 * The table of all runs as it is arranged, and the part of it that is in view. Only that part is read, and read again
 * when runs change. The arrangement is kept in the home folder.
 */
export class RunsTable {
  /** The arrangement; its search is the last one that was understood. */
  view = $state.raw<RunsView>(usualView)
  /** The search as it is typed. */
  text = $state('')
  /** Runs on the shelf, and how many of them the search finds; null before the first answer. */
  total = $state.raw<number | null>(null)
  matched = $state.raw<number | null>(null)
  problem = $state.raw<Problem | null>(null)
  known = $state.raw<KnownValues>({})
  /** Whether there is no run at all, the archived and deleted ones included; null before that is known. */
  nothing = $state.raw<boolean | null>(null)
  readonly parsed = $derived(parseExpression(this.text))
  readonly #lab: Pick<LabConnection, 'ask' | 'listen'>
  readonly #pages = new SvelteMap<number, readonly FoundRun[]>()
  /** Pages that were in view since the last question; others are only there for a printer. */
  readonly #viewed = new SvelteSet<number>()
  #groups = $state.raw<RunGroups | null>(null)
  readonly #open = new SvelteSet<string>()
  readonly #members = new SvelteMap<string, readonly FoundRun[]>()
  readonly #grouped = $derived(
    this.#groups === null ? [] : groupedRows(this.#groups.groups, this.#open, (key) => this.#members.get(key)),
  )
  /** Changes with every question and every change of a run; answers to older ones are passed over. */
  #version = 0
  /** What has been read since then: places of pages, keys of groups, and the groups themselves. */
  readonly #fresh = new SvelteSet<number | string>()
  #wanted = { first: 0, end: 1 }
  #asking = false
  #refresh: ReturnType<typeof setTimeout> | undefined
  #store: ReturnType<typeof setTimeout> | undefined
  /** When the arrangement was last written. */
  #kept = -Infinity
  #restored = false

  constructor(of: Pick<LabConnection, 'ask' | 'listen'> = lab) {
    this.#lab = of
  }

  /** Rows of the table as it is shown. */
  get length(): number {
    return this.view.group === null ? (this.matched ?? 0) : this.#grouped.length
  }

  /** The groups that are shown. */
  get groups(): readonly RunGroup[] {
    return this.view.group === null ? [] : (this.#groups?.groups ?? [])
  }

  /** Groups that are not shown because there are too many. */
  get hiddenGroups(): number {
    return this.view.group === null || this.#groups === null ? 0 : this.#groups.count - this.#groups.groups.length
  }

  /** The row at a place; null until it is known. */
  at(place: number): TableRow | null {
    if (this.view.group !== null) return this.#grouped.at(place) ?? null
    const run = this.#pages.get(Math.floor(place / pageSize))?.at(place % pageSize)
    return run === undefined ? null : { kind: 'run', run, inGroup: false }
  }

  /** The value of a setting in a row. */
  settingIn(run: FoundRun, column: Column): FoundRun['values'][number] {
    return run.values.at(this.#settings().indexOf(column)) ?? null
  }

  /** All runs that were in view since the table was last asked for, in its order. */
  get shown(): readonly FoundRun[] {
    if (this.view.group !== null) return this.#grouped.flatMap((row) => (row.kind === 'run' ? [row.run] : []))
    return [...this.#viewed].sort((one, other) => one - other).flatMap((page) => this.#pages.get(page) ?? [])
  }

  /** Follows the lab for as long as the table is shown. Returns a function that ends it. */
  follow(): () => void {
    // Untracked, so that an effect that follows does not begin anew with every answer.
    untrack(() => void this.#restore())
    const end = this.#lab.listen((news) => {
      if (changing.has(news.kind)) this.#refreshSoon()
    })
    return () => {
      end()
      clearTimeout(this.#refresh)
      this.#refresh = undefined
    }
  }

  /** Reads the rows in this range, as far as they are not known; its end is exclusive. */
  want(first: number, end: number): void {
    untrack(() => {
      this.#wanted = { first, end: Math.max(end, first + 1) }
      this.#view()
      void this.#read()
    })
  }

  /** Reads the rows that a printer needs, as far as they are not known, after those in view. */
  async readPrinted(): Promise<void> {
    if (this.view.group !== null) return
    const version = this.#version
    await this.#readAll(() => this.#missing() ?? (version === this.#version ? this.#missingIn(0, printedRows) : null))
  }

  /** What is searched. A text with a mistake leaves the rows as they are. */
  search(text: string): void {
    this.text = text
    if (this.parsed.ok) this.#arrange({ where: text })
  }

  showShelf(shelf: Shelf): void {
    this.#arrange({ shelf })
  }

  /** Puts runs together that are equal in a column; null: not any more. */
  group(column: Column | null): void {
    this.#open.clear()
    this.#arrange({ group: column })
  }

  toggleGroup(key: string): void {
    if (this.#open.has(key)) this.#open.delete(key)
    else this.#open.add(key)
    void this.#read()
  }

  /** Sorts by a column, or in the other direction. With `also`, equal runs are sorted by it. */
  sort(column: Column, also: boolean): void {
    const now = this.view.sort.find((one) => one.column === column)
    const next = { column, descending: now === undefined ? !wordColumns.has(column) : !now.descending }
    if (!also) this.#arrange({ sort: [next] })
    else if (now === undefined) this.#arrange({ sort: [...this.view.sort, next] })
    else this.#arrange({ sort: this.view.sort.map((one) => (one.column === column ? next : one)) })
  }

  /** Shows a column at the end, or no longer. One column is always there. */
  toggleColumn(column: Column): void {
    const { columns } = this.view
    const others = columns.filter((one) => one.column !== column)
    if (others.length === columns.length)
      this.#arrange({ columns: [...columns, { column, width: usualWidth(column) }] })
    else if (others.length > 0) this.#arrange({ columns: others })
  }

  /** Moves a column by so many places. */
  moveColumn(column: Column, by: number): void {
    const columns = [...this.view.columns]
    const from = columns.findIndex((one) => one.column === column)
    const to = Math.min(columns.length - 1, Math.max(0, from + by))
    if (from < 0 || from === to) return
    columns.splice(to, 0, ...columns.splice(from, 1))
    this.#arrange({ columns })
  }

  widen(column: Column, width: number): void {
    const bounded = Math.round(Math.min(widestColumn, Math.max(narrowestColumn, width)))
    this.#arrange({
      columns: this.view.columns.map((one) => (one.column === column ? { column, width: bounded } : one)),
    })
  }

  /** Takes a whole arrangement, such as a saved one. */
  take(view: RunsView): void {
    this.text = view.where
    this.#open.clear()
    this.#arrange(view)
  }

  /** Finds out whether there is any run on any shelf. */
  async lookForAny(): Promise<void> {
    const count = { where: '', sort: [], from: 0, count: 1, settings: [] }
    const answer = await this.#lab.ask(async (client) => [
      await client.runs.page({ ...count, shelf: 'all' }),
      await client.runs.page({ ...count, shelf: 'bin' }),
    ])
    if (answer.ok) this.nothing = answer.value.every(({ total }) => total === 0)
    else this.problem = answer.problem
  }

  /** Reads what searches can be completed with. */
  async learn(): Promise<void> {
    const answer = await this.#lab.ask((client) => client.runs.known())
    if (answer.ok) this.known = answer.value
  }

  #arrange(change: Partial<RunsView>): void {
    const before = this.view
    this.view = { ...before, ...change }
    clearTimeout(this.#store)
    const rested = performance.now() - this.#kept > storePause
    this.#store = setTimeout(() => void this.#keep(), rested ? 0 : storePause)
    // Widths and places of columns change no row.
    const asked = (view: RunsView): string =>
      JSON.stringify([view.where, view.shelf, view.sort, view.group, settingsOf(view)])
    if (asked(before) !== asked(this.view)) this.#readAgain()
  }

  async #restore(): Promise<void> {
    if (!this.#restored) {
      const answer = await this.#lab.ask((client) => client.views.last.read())
      if (!answer.ok) this.problem = answer.problem
      // What was arranged meanwhile is newer.
      else if (answer.value.view !== null && this.view === usualView && this.text === '') {
        this.view = answer.value.view
        this.text = this.view.where
      }
      this.#restored = answer.ok
    }
    this.#readAgain()
  }

  async #keep(): Promise<void> {
    const { view } = this
    this.#kept = performance.now()
    const answer = await this.#lab.ask((client) => client.views.last.write(view))
    if (!answer.ok) this.problem = answer.problem
  }

  #refreshSoon(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined
      this.#readAgain()
    }, refreshPause)
  }

  #readAgain(): void {
    this.#version += 1
    this.#fresh.clear()
    this.#viewed.clear()
    this.#view()
    void this.#read()
  }

  #view(): void {
    const { first, end } = this.#wanted
    for (let page = Math.floor(first / pageSize); page * pageSize < end; page += 1) this.#viewed.add(page)
  }

  #settings(): readonly Column[] {
    return settingsOf(this.view)
  }

  /** Reads what is in view and not read yet, one piece after the other. */
  async #read(): Promise<void> {
    await this.#readAll(() => this.#missing())
  }

  async #readAll(next: () => number | string | null): Promise<void> {
    if (this.#asking || !this.#restored) return
    this.#asking = true
    for (;;) {
      const version = this.#version
      const piece = next()
      if (piece === null) break
      const problem = await this.#readPiece(piece, version)
      if (version !== this.#version) continue
      this.problem = problem
      if (problem !== null) break
    }
    this.#asking = false
  }

  /** The next piece to read: a page, the groups, or the runs of an open group. */
  #missing(): number | string | null {
    if (this.view.group !== null) {
      if (!this.#fresh.has('groups')) return 'groups'
      const groups = this.#groups?.groups.map(groupKey) ?? []
      return groups.find((key) => this.#open.has(key) && !this.#fresh.has(key)) ?? null
    }
    return this.#missingIn(this.#wanted.first, this.#wanted.end)
  }

  /** The next page to read of these rows. */
  #missingIn(first: number, end: number): number | null {
    const last = this.matched === null ? end : Math.min(end, this.matched)
    for (let page = Math.floor(first / pageSize); page * pageSize < Math.max(last, 1); page += 1)
      if (!this.#fresh.has(page)) return page
    return null
  }

  async #readPiece(piece: number | string, version: number): Promise<Problem | null> {
    const { where, shelf, sort, group } = this.view
    const question: Omit<PageQuestion, 'from' | 'count'> = {
      where,
      shelf,
      sort: sort.flatMap(byNumberToo),
      settings: [...this.#settings()],
    }
    if (piece === 'groups' && group !== null) {
      const answer = await this.#lab.ask((client) =>
        client.runs.groups({ where, shelf, by: group, runs: shownOfGroup }),
      )
      if (!answer.ok) return answer.problem
      if (version !== this.#version) return null
      this.#groups = answer.value
      this.#count(answer.value)
    } else if (typeof piece === 'string') {
      const runs = this.#groups?.groups.find((one) => groupKey(one) === piece)?.runs ?? []
      const ids = runs.map((id) => `id=${id}`).join(' or ')
      const answer = await this.#lab.ask((client) =>
        client.runs.page({ ...question, where: ids, from: 0, count: shownOfGroup }),
      )
      if (!answer.ok) return answer.problem
      if (version !== this.#version) return null
      this.#members.set(piece, answer.value.rows)
    } else {
      const answer = await this.#lab.ask((client) =>
        client.runs.page({ ...question, from: piece * pageSize, count: pageSize }),
      )
      if (!answer.ok) return answer.problem
      if (version !== this.#version) return null
      // The first answer of a version replaces what older ones have shown, so that no row stands there twice.
      if (this.#fresh.size === 0)
        for (const page of [...this.#pages.keys()]) if (page !== piece) this.#pages.delete(page)
      this.#pages.set(piece, answer.value.rows)
      this.#count(answer.value)
    }
    this.#fresh.add(piece)
    return null
  }

  #count({ total, matched }: { readonly total: number; readonly matched: number }): void {
    this.total = total
    this.matched = matched
  }
}

/** A run without a name of its own is called by its number, so that decides among these. */
function byNumberToo(one: Sorting): Sorting[] {
  return one.column === 'name' ? [one, { ...one, column: 'id' }] : [one]
}

/** The settings that an arrangement shows beside the facts. */
function settingsOf({ columns }: RunsView): Column[] {
  return columns.map(({ column }) => column).filter(isSetting)
}

export const runsTable = new RunsTable()
