import { isTermId, type TermId, terms } from '../text/terms/terms.ts'

/** What asked for an explanation. It goes when that is over: the pointer has left, or the focus has. */
export type AskedBy = 'pointer' | 'focus' | 'key'

/** An explanation in view. */
export interface Shown {
  readonly terms: readonly TermId[]
  /** The word that it explains. */
  readonly word: HTMLElement
  /** What it stands beside and never covers: the field that the word names, or the word itself. */
  readonly anchor: HTMLElement
  /** What can be done with the control that the word names; null where that needs no words. */
  readonly note: string | null
  readonly by: AskedBy
}

/** Milliseconds that the pointer or the focus rests before the explanation comes, and until it goes. */
const rests = { pointer: 350, focus: 700, next: 80, leave: 300 }

/** The word of a term that an element is, has as a button, or lies in, or that names the field in which it lies. */
export function wordOf(element: Element | null): HTMLElement | null {
  return (
    element?.closest<HTMLElement>('[data-term]') ??
    (element?.matches('button') === true ? element.querySelector<HTMLElement>('[data-term]') : null) ??
    element?.closest('[data-term-field]')?.querySelector<HTMLElement>('[data-term]') ??
    null
  )
}

function termsOf(word: HTMLElement): TermId[] {
  return (word.dataset.term ?? '').split(' ').filter(isTermId)
}

/** What can be done with the control that a word names; the explanation stands where a tooltip would say it. */
function noteOf(word: HTMLElement): string | null {
  return word.closest<HTMLElement>('[data-term-note]')?.dataset.termNote ?? null
}

/** What the terms of a word mean, in one text, and what can be done there. */
export function saidOf(word: HTMLElement): string {
  return [...termsOf(word).map((id) => terms[id].explanation()), noteOf(word) ?? []].flat().join(' ')
}

/** The one explanation of the window: which term is explained, and when that comes and goes. */
export class Explanation {
  shown = $state.raw<Shown | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The word in a control that was just pressed: who uses it wants to see what it does. */
  #muted: HTMLElement | null = null

  #after(milliseconds: number, then: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(then, milliseconds)
  }

  /** Explains a word at once. */
  show(word: HTMLElement, by: AskedBy): void {
    clearTimeout(this.#timer)
    const known = termsOf(word)
    if (known.length === 0) return
    const anchor = word.closest<HTMLElement>('[data-term-field]') ?? word
    this.shown = { terms: known, word, anchor, note: noteOf(word), by }
  }

  /** The pointer is over a word of a term; soon it is explained. */
  pointAt(word: HTMLElement): void {
    if (word === this.#muted) return
    this.#muted = null
    if (this.shown?.word === word) this.stay()
    else this.#after(this.shown === null ? rests.pointer : rests.next, () => this.show(word, 'pointer'))
  }

  /** The focus has come by a key to something that a word names; soon the word is explained. */
  focusOn(word: HTMLElement): void {
    if (this.shown?.word === word) this.stay()
    else this.#after(rests.focus, () => this.show(word, 'focus'))
  }

  /** Nothing comes or goes for now. */
  stay(): void {
    clearTimeout(this.#timer)
  }

  /** The control that a word names was pressed: it is not explained before the pointer comes again. */
  mute(word: HTMLElement): void {
    this.close()
    this.#muted = word
  }

  /** The pointer is elsewhere. */
  leave(): void {
    this.#muted = null
    this.stay()
    if (this.shown?.by === 'pointer') this.#after(rests.leave, () => this.close())
  }

  close(): void {
    clearTimeout(this.#timer)
    this.shown = null
  }
}
