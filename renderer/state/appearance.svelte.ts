import { MediaQuery } from 'svelte/reactivity'
import { spokenLanguage, type Language } from '../../core/words/language.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type Preferences, usualPreferences } from '../../core/contract/windowContract.ts'
import { overwriteGetLocale } from '../messages/compiled/runtime.js'
import { formatsFor } from '../text/formats.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

const systemDark = new MediaQuery('(prefers-color-scheme: dark)', false)

/** Language and theme as they are now: what was chosen, or the system's. */
export class Appearance {
  readonly #lab: Pick<LabConnection, 'ask' | 'view'>
  chosen = $derived.by<Preferences>(() => this.#lab.view?.preferences ?? usualPreferences)
  language = $derived<Language>(
    this.chosen.language === 'system' ? spokenLanguage(navigator.languages) : this.chosen.language,
  )
  theme = $derived<'light' | 'dark'>(
    this.chosen.theme === 'system' ? (systemDark.current ? 'dark' : 'light') : this.chosen.theme,
  )
  format = $derived(formatsFor(this.language))
  /** Why the last choice could not be saved. */
  problem = $state.raw<Problem | null>(null)

  /** The choice being saved; null when none is. */
  #storing: Preferences | null = null

  constructor(of: Pick<LabConnection, 'ask' | 'view'> = lab) {
    this.#lab = of
  }

  async choose(change: Partial<Preferences>): Promise<void> {
    // A choice made while another is being saved includes that one.
    const storing = { ...(this.#storing ?? this.chosen), ...change }
    this.#storing = storing
    const answer = await this.#lab.ask((client) => client.preferences.write(storing))
    if (this.#storing !== storing) return
    this.#storing = null
    this.problem = answer.ok ? null : answer.problem
  }
}

export const appearance = new Appearance()

// Messages read the language from here, so a page switches language at once.
overwriteGetLocale(() => appearance.language)
