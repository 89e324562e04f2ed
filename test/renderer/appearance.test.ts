import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Preferences, usualPreferences } from '../../core/contract/windowContract.ts'
import type { Appearance } from '../../renderer/state/appearance.svelte.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import { Answers, calls, connected, LabEnd, refusal, until } from './labEnd.ts'

const writes = new Answers<Partial<Preferences>, Preferences>()
const end = new LabEnd({ preferences: { write: calls.preferences.write.handler(writes.take) } })
let lab: LabConnection
let appearance: Appearance

beforeAll(async () => {
  // The browser reports a light theme.
  const query = { matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }
  vi.stubGlobal('window', { matchMedia: () => query })
  vi.stubGlobal('navigator', { languages: ['de-AT', 'ru-RU', 'en'] })
  lab = await connected(end)
})
beforeEach(async () => {
  writes.forget()
  const { Appearance } = await import('../../renderer/state/appearance.svelte.ts')
  appearance = new Appearance(lab)
})
afterAll(() => {
  end.end()
  vi.unstubAllGlobals()
})

describe('language and theme', () => {
  it("are the system's until they are chosen: the first of its languages that the lab speaks", () => {
    expect([appearance.language, appearance.theme]).toEqual(['ru', 'light'])
    expect(appearance.format.language).toBe('ru')
  })

  it('are stored, and said not to be where that was refused', async () => {
    const chosen = appearance.choose({ theme: 'dark' })
    await until(() => writes.asked.length === 1)
    writes.refuse(0)
    await chosen
    expect(appearance.problem).toEqual(refusal.problem)
    const again = appearance.choose({ theme: 'dark' })
    await until(() => writes.asked.length === 2)
    writes.give(1, { ...usualPreferences, theme: 'dark' })
    await again
    expect(appearance.problem).toBeNull()
  })

  it('keep a choice that is still being stored when another is made', async () => {
    const first = appearance.choose({ language: 'en' })
    const second = appearance.choose({ theme: 'dark' })
    await until(() => writes.asked.length === 2)
    expect(writes.asked[1]).toMatchObject({ language: 'en', theme: 'dark' })
    writes.give(1, { ...usualPreferences, language: 'en', theme: 'dark' })
    await second
    // The answer to the older choice says nothing about the newer one.
    writes.refuse(0)
    await first
    expect(appearance.problem).toBeNull()
  })
})
