import { checkColumn, isSetting } from '../../core/query/column.ts'
import { knownTexts, type KnownTexts } from '../../core/query/knownValues.ts'
import { groupsOf, type GroupsQuestion, type RunGroups } from '../../core/query/runGroups.ts'
import { checkQuestion, found, inOrder, understood, type PageQuestion, type RunPage } from '../../core/query/runPage.ts'
import type { Facts } from './facts.ts'

/** The table of all runs: a piece of it, or its groups. */
export class RunTable {
  readonly #facts: Facts

  constructor(facts: Facts) {
    this.#facts = facts
  }

  /** @throws LabError for a mistake in the search, or `column-unknown`. */
  async page(question: PageQuestion): Promise<RunPage> {
    checkQuestion(question)
    const { total, runs } = found(await this.#facts.all(), question)
    const sortedBy = question.sort.map(({ column }) => column).filter(isSetting)
    const ordered = inOrder(runs, question.sort, await this.#facts.settings(sortedBy, runs))
    const shown = ordered.slice(question.from, question.from + question.count)
    const settingOf = await this.#facts.settings(question.settings, shown)
    return {
      total,
      matched: runs.length,
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

  async known(): Promise<KnownTexts> {
    return knownTexts(await this.#facts.all())
  }
}
