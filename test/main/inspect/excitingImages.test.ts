// @module-tag slow
import { describe, expect, test } from 'vitest'
import type { ExciteEvent } from '../../../core/inspect/exciting.ts'
import { inspectedLab } from './inspectedLab.ts'

describe('the images that excite a map most', () => {
  test('are told with their place, and for other maps of the layer at once', async () => {
    const { client, run } = await inspectedLab()
    const question = { run, checkpoint: 'last' as const }
    const excite = async (layer: string, map: number): Promise<ExciteEvent[]> => {
      const events: ExciteEvent[] = []
      for await (const event of await client.look.excite({ ...question, layer, map })) events.push(event)
      return events
    }
    const events = await excite('conv_2', 5)
    const found = events.at(-1)
    if (found?.kind !== 'found') throw new Error('nothing was found')
    expect(events.length).toBeGreaterThan(1)
    expect(events[0]).toMatchObject({ kind: 'progress', total: 100 })
    expect(found.images).toHaveLength(9)
    const [first, second] = found.images
    expect(first.value).toBeGreaterThanOrEqual(second.value)
    expect(first.label).toBe(first.number % 10)
    const image = { kind: 'stored' as const, split: 'test' as const, number: first.number }
    const { width, values } = await client.look.map({ ...question, image, layer: 'conv_2', map: 5 })
    expect(values[first.y * width + first.x]).toBeCloseTo(first.value, 4)

    expect((await excite('conv_2', 6)).map(({ kind }) => kind)).toEqual(['found'])
    await expect(excite('conv_2', 64)).rejects.toMatchObject({ data: { code: 'map-unknown' } })
    await expect(excite('conv_3', 0)).rejects.toMatchObject({ data: { code: 'layer-unknown' } })
  })

  test('can be left, and a quick question is answered meanwhile', async () => {
    const { client, run } = await inspectedLab()
    const question = { run, checkpoint: 'last' as const }
    const events = await client.look.excite({ ...question, layer: 'conv_1', map: 0 })
    expect((await events.next()).value).toMatchObject({ kind: 'progress' })
    const image = { kind: 'stored' as const, split: 'test' as const, number: 1 }
    expect(await client.look.predict({ ...question, image })).toMatchObject({ label: 1 })
    await events.return?.()
    expect(await client.look.predict({ ...question, image })).toMatchObject({ label: 1 })
  })
})
