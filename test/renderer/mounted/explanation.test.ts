import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Explanation, saidOf, wordOf } from '../../../renderer/shell/explanation.svelte.ts'
import { terms } from '../../../renderer/text/terms/terms.ts'

/** A page with a field named by a term, a button with one, and a button without. */
function page(): { word: HTMLElement; input: HTMLElement; field: HTMLElement; sort: HTMLElement; plain: HTMLElement } {
  document.body.innerHTML = `
    <div id="field" data-term-field><label><span data-term="learning-rate">Learning rate</span></label><input></div>
    <button id="sort" data-term-note="Sort by it."><span data-term="schedule one-cycle">Schedule</span></button>
    <button id="plain">Start</button>`
  const found = (selector: string): HTMLElement => {
    const element = document.querySelector<HTMLElement>(selector)
    if (element === null) throw new Error(`there is no ${selector}`)
    return element
  }
  return {
    word: found('label span'),
    input: found('input'),
    field: found('#field'),
    sort: found('#sort'),
    plain: found('#plain'),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  document.body.replaceChildren()
})

describe('the word of a term', () => {
  test('is found from the field that it names and from the button that it stands in', () => {
    const { word, input, sort, plain } = page()
    expect(wordOf(input)).toBe(word)
    expect(wordOf(word)).toBe(word)
    expect(wordOf(sort)?.textContent).toBe('Schedule')
    expect(wordOf(plain)).toBeNull()
    expect(wordOf(null)).toBeNull()
  })

  test('says all its terms, and what can be done there', () => {
    const { sort } = page()
    const word = wordOf(sort)
    expect(word === null ? '' : saidOf(word)).toBe(
      `${terms.schedule.explanation()} ${terms['one-cycle'].explanation()} Sort by it.`,
    )
  })
})

describe('an explanation', () => {
  test('stands beside the field that its word names', () => {
    const { word, field } = page()
    const explanation = new Explanation()
    explanation.show(word, 'key')
    expect(explanation.shown).toEqual({ terms: ['learning-rate'], word, anchor: field, note: null, by: 'key' })
  })

  test('comes when the pointer has rested, not when it only passes', () => {
    const { word } = page()
    const explanation = new Explanation()
    explanation.pointAt(word)
    expect(explanation.shown).toBeNull()
    explanation.leave()
    vi.runAllTimers()
    expect(explanation.shown).toBeNull()
    explanation.pointAt(word)
    vi.runAllTimers()
    expect(explanation.shown?.word).toBe(word)
  })

  test('goes when the pointer has left, unless it goes back or to the explanation', () => {
    const { word } = page()
    const explanation = new Explanation()
    explanation.show(word, 'pointer')
    explanation.leave()
    explanation.stay()
    vi.runAllTimers()
    expect(explanation.shown?.word).toBe(word)
    explanation.leave()
    vi.runAllTimers()
    expect(explanation.shown).toBeNull()
  })

  test('of what was pressed does not come before the pointer comes again', () => {
    const { word } = page()
    const explanation = new Explanation()
    explanation.show(word, 'pointer')
    explanation.mute(word)
    explanation.pointAt(word)
    vi.runAllTimers()
    expect(explanation.shown).toBeNull()
    explanation.leave()
    explanation.pointAt(word)
    vi.runAllTimers()
    expect(explanation.shown?.word).toBe(word)
  })

  test('that a key or the focus asked for stays while the pointer moves', () => {
    const { word } = page()
    const explanation = new Explanation()
    for (const by of ['key', 'focus'] as const) {
      explanation.show(word, by)
      explanation.leave()
      vi.runAllTimers()
      expect(explanation.shown?.by).toBe(by)
    }
  })

  test('is of known terms alone', () => {
    const { word } = page()
    word.dataset.term = 'no-such-term'
    const explanation = new Explanation()
    explanation.show(word, 'key')
    expect(explanation.shown).toBeNull()
  })
})
