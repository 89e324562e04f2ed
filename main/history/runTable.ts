import { checkColumn, isSetting } from '../../core/query/column.ts'
import { knownTexts, type KnownTexts } from '../../core/query/knownValues.ts'
import { groupsOf, type GroupsQuestion, type RunGroups } from '../../core/query/runGroups.ts'
import { checkQuestion, found, inOrder, understood, type PageQuestion, type RunPage } from '../../core/query/runPage.ts'
import type { RunFacts } from '../../core/query/runFacts.ts'
import type { Facts } from './facts.ts'

/** What a question has found among these runs. */
interface Ordered {
  readonly all: readonly RunFacts[]
  readonly question: string
  readonly total: number
  readonly ordered: readonly RunFacts[]
}

/** The table of all runs: a piece of it, or its groups. */
export class RunTable {
  readonly #facts: Facts
  #last: Ordered | null = null

  constructor(facts: Facts) {
    this.#facts = facts
  }

  /** @throws LabError for a mistake in the search, or `column-unknown`. */
  async page(question: PageQuestion): Promise<RunPage> {
    checkQuestion(question)
    const { total, ordered } = await this.#ordered(question)
    const shown = ordered.slice(question.from, question.from + question.count)
    const settingOf = await this.#facts.settings(question.settings, shown)
    return {
      total,
      matched: ordered.length,
      rows: shown.map((facts) => ({ facts, values: question.settings.map((path) => settingOf(path, facts)) })),
    }
  }

  /** @throws LabError for a mistake in the search, or `column-unknown`. */
  async groups(question: GroupsQuestion): Promise<RunGroups> {
    understood(question.where)
    checkColumn(question.by)
    const { total, runs } = found(await this.#facts.all(), question)
    const settingOf = await this.#facts.settings([question.by].filter(isSetting), runs)
    return { total, matched: runs.length, ...groupsOf(runs, question, settingOf) }
  }

  /** All that a question finds, in its order. Who scrolls asks for piece after piece of one order. */
  async #ordered({ where, shelf, sort }: PageQuestion): Promise<Ordered> {
    const all = await this.#facts.all()
    const question = JSON.stringify([where, shelf, sort])
    if (this.#last?.all === all && this.#last.question === question) return this.#last
    const { total, runs } = found(all, { where, shelf })
    const sortedBy = sort.map(({ column }) => column).filter(isSetting)
    const ordered = inOrder(runs, sort, await this.#facts.settings(sortedBy, runs))
    this.#last = { all, question, total, ordered }
    return this.#last
  }

  async known(): Promise<KnownTexts> {
    return knownTexts(await this.#facts.all())
  }
}
