// @module-tag slow
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkTrained, classesOf, measure } from '../../../core/network/geometry.ts'
import type { Model } from '../../../core/network/model.ts'
import { LabError } from '../../../core/words/problems.ts'
import { randomNetwork } from '../../core/network/randomNetworks.ts'
import { type OpenLab, openLab, rested, smallRequest } from '../openLab.ts'
import { smallCard, smallHome } from '../smallHome.ts'

/** Whether a network can be trained on the small set. */
function fits(model: Model): boolean {
  try {
    checkTrained(measure(model))
  } catch (thrown) {
    if (thrown instanceof LabError) return false
    throw thrown
  }
  return model.input.channels === smallCard.image.channels && classesOf(model) === smallCard.classes.length
}

/** Trains a network for two steps, with an evaluation, health and checkpoints, and asks all that can be asked of it. */
async function live({ client, lab }: OpenLab, model: Model): Promise<void> {
  const request = smallRequest(lab, { goal: 2, evaluateEvery: 1, healthEvery: 1, batch: 10 })
  const from = lab.events.sequence
  const { id: run } = await client.runs.start({ ...request, config: { ...request.config, model } })
  const { state, problem } = await rested(lab, run, from)
  expect([state, problem]).toEqual(['done', null])
  expect((await client.runs.evaluate({ run })).images).toBe(smallCard.sizes.test)
  const folder = path.join(lab.home.folder, `exported-${run}`)
  const question = { run, checkpoint: 'last', format: 'saved-model', input: 'uint8', folder, live: false } as const
  const kinds = new Set<string>()
  for await (const { kind } of await client.runs.export(question)) kinds.add(kind)
  expect([...kinds].at(-1)).toBe('done')

  const subject = { run, checkpoint: 'last', image: { kind: 'stored', split: 'test', number: 3 } } as const
  const { classes } = await client.look.predict(subject)
  expect(classes).toHaveLength(smallCard.classes.length)
  for (const { name: layer } of model.layers) {
    expect((await client.look.maps({ ...subject, layer })).maps.length).toBeGreaterThan(0)
    await client.look.value({ ...subject, layer, map: 0, y: 0, x: 0, inputChannel: 0 })
  }
  await client.look.saliency({ ...subject, label: 0 })
  await client.look.fgsm(subject)
}

describe('random networks', () => {
  const models = Array.from({ length: 250 }, (_, index) => randomNetwork(index + 1)).filter(fits)

  test('train, are measured, exported and looked into', async () => {
    expect(models.length).toBeGreaterThan(12)
    const open = await openLab(await smallHome())
    for (const model of models.slice(0, 12)) await live(open, model)
  })
})
