// @module-tag slow
import { describe, expect, it } from 'vitest'
import type { SearchEvent } from '../../../../core/inspect/imageSearch.ts'
import { firstWrong } from '../../../../main/engine/inspect/firstWrong.ts'
import { brightnessWeights, byBrightness, tinySubject } from './tinySubject.ts'

async function eventsOf(parts: AsyncGenerator<SearchEvent>): Promise<SearchEvent[]> {
  const events: SearchEvent[] = []
  for await (const event of parts) events.push(event)
  return events
}

describe('the search for a wrong answer', () => {
  it('finds the first one from a place on, and after the last image goes on with the first', async () => {
    const { subject, dataFolder, tools } = await tinySubject(byBrightness, brightnessWeights(2))
    const from = async (number: number, label: number | null = null): Promise<SearchEvent | undefined> => {
      const search = { ...subject, dataFolder, split: 'test' as const, from: number, label }
      return (await eventsOf(firstWrong(tools, search))).at(-1)
    }
    expect(await from(0)).toEqual({ kind: 'found', number: 2 })
    expect(await from(3)).toEqual({ kind: 'found', number: 5 })
    expect(await from(299)).toEqual({ kind: 'found', number: 299 })
    expect(await from(300)).toEqual({ kind: 'found', number: 2 })
    expect(await from(300, 2)).toEqual({ kind: 'found', number: 2 })
    expect(await from(3, 1)).toEqual({ kind: 'found', number: null })
  })

  it('tells its progress, also when all answers are right', async () => {
    const { subject, dataFolder, tools } = await tinySubject(byBrightness, brightnessWeights())
    const search = { ...subject, dataFolder, split: 'train' as const, from: 100, label: null }
    const events = await eventsOf(firstWrong(tools, search))
    expect(events.at(-1)).toEqual({ kind: 'found', number: null })
    expect(events.at(-2)).toMatchObject({ kind: 'progress', done: 130, total: 130 })
    expect(events.length).toBeGreaterThan(3)
  })

  it('takes an answer that is no number as wrong', async () => {
    const weights = new Map([
      ...brightnessWeights(),
      ['classes/bias', { shape: [3], data: Float32Array.of(0, NaN, 0) }],
    ])
    const { subject, dataFolder, tools } = await tinySubject(byBrightness, weights)
    const search = { ...subject, dataFolder, split: 'test' as const, from: 7, label: null }
    expect(await eventsOf(firstWrong(tools, search))).toEqual([{ kind: 'found', number: 7 }])
  })

  it('ends when nobody listens any more', async () => {
    const { subject, dataFolder, tools } = await tinySubject(byBrightness, brightnessWeights())
    const search = { ...subject, dataFolder, split: 'test' as const, from: 0, label: null }
    const listening = new AbortController()
    const parts = firstWrong(tools, search, listening.signal)
    expect((await parts.next()).value).toMatchObject({ kind: 'progress', total: 300 })
    listening.abort()
    expect(await eventsOf(parts)).toEqual([])
  })
})
