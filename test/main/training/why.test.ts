import { expect, test } from 'vitest'
import { openLab, reached, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

test('a rate of 0.1 with Adam is noticed while the run trains, and the remedy begins a run that learns', async () => {
  const { lab, client } = await openLab(await smallHome())
  const request = smallRequest(lab, { goal: 100_000, evaluateEvery: 100_000, learningRate: 0.1, distort: false })
  const { id: run } = await client.runs.start(request)
  await reached(lab, run, 20)
  const { hints } = await client.runs.why({ run })
  expect(lab.history.run(run).state).toBe('training')
  const [{ kind, evidence, remedies }] = hints
  expect({ kind, evidence }).toMatchObject({ kind: 'rate-too-high', evidence: { rate: 0.1 } })
  // It diverged from the beginning: only the initial weights are sound.
  const [remedy] = remedies
  if (remedy.kind !== 'branch') throw new Error('the remedy is no branch')
  await client.runs.pause({ run })

  const changed = await client.runs.changed({ run, at: remedy.at, changes: { ...remedy.changes, goal: 60 } })
  expect(changed.config.from).toMatchObject({ run, step: 0 })
  expect(changed.config.schedule.learningRate).toBeLessThan(0.1)
  const { id: sound } = await client.runs.start({ ...changed, evaluateEvery: 60 })
  await lab.runs.atRest()
  // Far from what guessing gives, 0.1; how far differs between processors.
  expect(lab.history.run(sound).last?.accuracy).toBeGreaterThan(0.3)
  const said = (await client.runs.why({ run: sound })).hints.map((hint) => hint.kind)
  expect(said).not.toContain('rate-too-high')
  await expect(client.runs.why({ run: 99 })).rejects.toMatchObject({ data: { code: 'run-unknown' } })
})
