// @module-tag slow
import { describe, expect, test } from 'vitest'
import type { AscentAim, AscentEvent } from '../../../core/inspect/ascending.ts'
import type { PictureQuestion } from '../../../core/inspect/pictureQuestion.ts'
import { inspectedLab } from './inspectedLab.ts'

describe('an image made by gradient ascent', () => {
  test('is told of with progress, and then a picture', async () => {
    const { client, lab, run } = await inspectedLab()
    const ascend = async (aim: AscentAim): Promise<AscentEvent[]> => {
      const events: AscentEvent[] = []
      for await (const event of await client.look.ascent({ run, checkpoint: 4, aim, seed: 3, steps: 8 }))
        events.push(event)
      return events
    }
    const aim: AscentAim = { kind: 'map', layer: 'conv_2', map: 7 }
    const events = await ascend(aim)
    const last = events.at(-1)
    if (last?.kind !== 'reached') throw new Error('the ascent reached nothing')
    expect(events).toHaveLength(9)
    expect(last.after).toBeGreaterThan(last.before)
    expect(await ascend(aim)).toEqual([last])

    const sha256 = lab.history.checkpoint(run, 4).sha256.slice(0, 12)
    const picture: PictureQuestion = { what: 'ascent', run, step: 4, sha256, aim, seed: 3, steps: 8 }
    const plain = { format: 'png', scale: 1, title: null } as const
    expect(await client.look.picture({ question: picture, options: plain })).toMatchObject({ type: 'image/png' })

    await expect(ascend({ kind: 'map', layer: 'conv_2', map: 64 })).rejects.toMatchObject({
      data: { code: 'map-unknown', parameters: { layer: 'conv_2', map: 64, last: 63 } },
    })
    await expect(ascend({ kind: 'map', layer: 'input', map: 0 })).rejects.toMatchObject({
      data: { code: 'layer-unknown' },
    })
    await expect(ascend({ kind: 'class', label: 10 })).rejects.toMatchObject({
      data: { code: 'class-number-unknown' },
    })
  })
})
