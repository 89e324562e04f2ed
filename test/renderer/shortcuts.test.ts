import { describe, expect, it } from 'vitest'
import { pages } from '../../renderer/state/routes.ts'
import { actionKeys, type KeyPress, meaningOf, pageKeys, pagePrefix } from '../../renderer/state/shortcuts.ts'

function press(code: string, change: Partial<KeyPress> = {}): KeyPress {
  const key = code.replace('Key', '').toLowerCase()
  return { key, code, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...change }
}

describe('keyboard shortcuts', () => {
  it('lead to each page after the prefix', () => {
    expect(meaningOf(press(`Key${pagePrefix}`), false)).toEqual({ kind: 'prefix' })
    for (const page of pages) expect(meaningOf(press(`Key${pageKeys[page]}`), true)).toEqual({ kind: 'page', page })
  })

  it('have one key each', () => {
    const keys = [pagePrefix, ...Object.values(actionKeys)]
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(Object.values(pageKeys)).size).toBe(pages.length)
  })

  it('go by the place of the key, so that they work in a Russian layout', () => {
    expect(meaningOf(press('KeyP', { key: 'з' }), false)).toEqual({ kind: 'action', action: 'pause' })
    expect(meaningOf(press('Digit7', { key: '?', shiftKey: true }), false)).toEqual({ kind: 'action', action: 'help' })
  })

  it.each(['ctrlKey', 'altKey', 'metaKey'] as const)('leave presses with %s to the browser', (modifier) => {
    for (const prefixed of [false, true]) expect(meaningOf(press('KeyS', { [modifier]: true }), prefixed)).toBeNull()
  })

  it('do nothing for a capital letter or an unknown key', () => {
    expect(meaningOf(press('KeyS', { key: 'S', shiftKey: true }), false)).toBeNull()
    expect(meaningOf(press('KeyX'), false)).toBeNull()
    expect(meaningOf(press('KeyX'), true)).toBeNull()
  })
})
