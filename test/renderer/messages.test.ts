import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import * as compiled from '../../renderer/messages/compiled/messages.js'
import en from '../../renderer/messages/en.json'
import ru from '../../renderer/messages/ru.json'

type Message = string | readonly { readonly match: Readonly<Record<string, string>> }[]

function textsOf(message: Message): string[] {
  return typeof message === 'string' ? [message] : message.flatMap((variant) => Object.values(variant.match))
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
}

const english = Object.entries<Message>(en)
const russian = new Map(Object.entries<Message>(ru))

const renderer = path.join(import.meta.dirname, '..', '..', 'renderer')

describe('messages', () => {
  it('are all said somewhere', () => {
    const sources = globSync('**/*.{ts,svelte}', { cwd: renderer, exclude: ['messages/**'] })
    const said = new Set(
      sources.flatMap((source) =>
        [...readFileSync(path.join(renderer, source), 'utf8').matchAll(/\bm\.(\w+)/g)].map(([, key]) => key),
      ),
    )
    expect(english.map(([key]) => key).filter((key) => !said.has(key))).toEqual([])
  })

  it('are the same in both languages', () => {
    expect([...russian.keys()].sort()).toEqual(english.map(([key]) => key).sort())
  })

  it('say something everywhere, with the same placeholders', () => {
    for (const [key, message] of english) {
      const [wanted] = textsOf(message).map(placeholders)
      for (const text of [...textsOf(message), ...textsOf(russian.get(key) ?? '')]) {
        expect(text.trim(), key).not.toBe('')
        expect(placeholders(text), key).toEqual(wanted)
      }
    }
  })

  it('have all the plural forms of their language', () => {
    for (const [key, message] of english) {
      if (typeof message === 'string') continue
      const other = russian.get(key) ?? ''
      expect(typeof other === 'string' ? [] : other.flatMap((variant) => Object.keys(variant.match)), key).toEqual([
        'plural=one',
        'plural=few',
        'plural=many',
        'plural=other',
      ])
    }
  })

  it('are compiled whole: with a wrong path to its plugin the compiler succeeds and writes none', () => {
    expect(
      Object.keys(compiled)
        .filter((name) => name !== 'm')
        .sort(),
    ).toEqual(english.map(([key]) => key).sort())
    expect(compiled.start({}, { locale: 'ru' })).toBe('Начать')
    expect(compiled.start({}, { locale: 'en' })).toBe('Start')
  })

  it('count in Russian as Russian does', () => {
    const said = [1, 2, 5, 11, 21, 2.5].map((count) =>
      compiled.epochs({ count, text: String(count) }, { locale: 'ru' }),
    )
    expect(said).toEqual(['1 эпоха', '2 эпохи', '5 эпох', '11 эпох', '21 эпоха', '2.5 эпохи'])
  })
})
