import type { Expectation } from '../../core/expectations/expectation.ts'
import { type ExpectationFit, fitOf } from '../../core/expectations/fit.ts'
import type { ExpectedRun } from '../../core/expectations/judged.ts'
import type { Problem } from '../../core/words/problems.ts'
import { Asked } from './asked.svelte.ts'
import { type LabConnection, type LabNews, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

/** Whether something happened that may change what has come of expectations. */
function concerns({ kind }: LabNews): boolean {
  return ['reread', 'run', 'marked', 'deleted', 'restored', 'erased', 'cancelled'].includes(kind)
}

/** What is expected of runs, and what has come of it. */
export class Expectations {
  /** Whether Compare shows them. It lives as long as the window. */
  open = $state(false)
  readonly #lab: Pick<LabConnection, 'ask' | 'listen'>
  readonly #asked: Asked<readonly ExpectedRun[]>
  readonly #requests = new Requests<'write', number>()

  constructor(to: Pick<LabConnection, 'ask' | 'listen'> = lab) {
    this.#lab = to
    this.#asked = new Asked(to)
  }

  /** Of the oldest run first; null before it was first read. */
  get all(): readonly ExpectedRun[] | null {
    return this.#asked.value
  }

  get problem(): Problem | null {
    return this.#asked.problem
  }

  fit = $derived.by<ExpectationFit>(() => fitOf(this.all ?? []))

  of(run: number): ExpectedRun | null {
    return this.all?.find((one) => one.run === run) ?? null
  }

  /** Reads it, and again whenever it may have changed. Returns a function that ends it. */
  follow(): () => void {
    const read = (): void => this.#asked.ask((client) => client.expectations.list())
    read()
    return this.#lab.listen((news) => {
      if (concerns(news)) read()
    })
  }

  /** Replaces what is expected of a queued run; null takes it back. Returns whether it was kept. */
  async write(run: number, expectation: Expectation | null): Promise<boolean> {
    const answer = await this.#requests.send('write', run, () =>
      this.#lab.ask((client) => client.expectations.write({ run, expectation })),
    )
    return answer?.ok === true
  }

  isWriting(run: number): boolean {
    return this.#requests.isPending('write', run)
  }

  /** Why the last one of a run was not kept. */
  problemOf(run: number): Problem | null {
    return this.#requests.problemOf(run)
  }
}

export const expectations = new Expectations()
