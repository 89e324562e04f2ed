// @module-tag slow
import { describe, expect, test } from 'vitest'
import type { SearchEvent } from '../../../core/inspect/imageSearch.ts'
import type { ImageSearch } from '../../../core/inspect/looking.ts'
import { inspectedLab } from './inspectedLab.ts'

describe('a search for an image', () => {
  test('goes by class, and by what the checkpoint answers', async () => {
    const { client, run, engines } = await inspectedLab()
    const every: ImageSearch = { run, checkpoint: 'last', split: 'test', from: 0, label: null, wrong: false }
    const search = async (change: Partial<ImageSearch>): Promise<SearchEvent | undefined> => {
      let last: SearchEvent | undefined
      for await (const event of await client.look.find({ ...every, ...change })) last = event
      return last
    }
    expect(await search({ from: 12 })).toEqual({ kind: 'found', number: 12 })
    expect(await search({ from: 12, label: 5 })).toEqual({ kind: 'found', number: 15 })
    expect(await search({ from: 96, label: 5 })).toEqual({ kind: 'found', number: 5 })
    // Nothing was computed for that, so only the engine that trains is there.
    expect(engines).toHaveLength(1)

    const found = await search({ from: 20, wrong: true })
    const predictions = await Promise.all(
      Array.from({ length: 20 }, (_, place) =>
        client.look.predict({ run, checkpoint: 'last', image: { kind: 'stored', split: 'test', number: 20 + place } }),
      ),
    )
    const place = predictions.findIndex(({ label, predicted }) => label !== predicted)
    expect(found).toEqual({ kind: 'found', number: 20 + place })

    await expect(search({ label: 10 })).rejects.toMatchObject({
      data: { code: 'class-number-unknown', parameters: { class: 10, last: 9 } },
    })
    await expect(search({ wrong: true, checkpoint: 3 })).rejects.toMatchObject({ data: { code: 'checkpoint-unknown' } })
  })

  test('can be left, and other questions are answered', async () => {
    const { client, run } = await inspectedLab()
    const question = { run, checkpoint: 'last' as const }
    const leaving = new AbortController()
    const search = { ...question, split: 'train' as const, from: 0, label: null, wrong: true }
    const events = await client.look.find(search, { signal: leaving.signal })
    leaving.abort()
    await events.return?.()
    const image = { kind: 'stored' as const, split: 'test' as const, number: 1 }
    expect(await client.look.predict({ ...question, image })).toMatchObject({ label: 1 })
  })
})
