import { describe, expect, it } from 'vitest'
import { RecentAnswers } from '../../../../main/engine/shared/recentAnswers.ts'

/** Answers of as many bytes as they say, with the keys that were looked for. */
function recent(most: number): {
  answers: RecentAnswers<number>
  found: string[]
  ask: (key: string) => Promise<number>
} {
  const found: string[] = []
  const answers = new RecentAnswers<number>(most, (bytes) => bytes)
  const ask = (key: string): Promise<number> =>
    answers.of(key, () => {
      found.push(key)
      return Promise.resolve(Number(key.slice(1)))
    })
  return { answers, found, ask }
}

describe('answers that are kept', () => {
  it('are found once, also for several who ask at the same time', async () => {
    const { found, ask } = recent(10)
    expect(await Promise.all([ask('a1'), ask('a1')])).toEqual([1, 1])
    expect(await ask('a1')).toBe(1)
    expect(found).toEqual(['a1'])
  })

  it('make room, those that were unused for longest first', async () => {
    const { answers, found, ask } = recent(10)
    await ask('a4')
    await ask('b4')
    await ask('a4')
    await ask('c4')
    expect(answers.known('b4')).toBeNull()
    expect(await answers.known('a4')).toBe(4)
    answers.keep('d9', 9)
    expect([answers.known('a4'), answers.known('c4')]).toEqual([null, null])
    expect(await ask('d9')).toBe(9)
    await ask('e20')
    await ask('e20')
    expect(found).toEqual(['a4', 'b4', 'c4', 'e20'])
  })

  it('are looked for again after a failure', async () => {
    const { answers } = recent(10)
    const failing = answers.of('a', () => Promise.reject(new Error('not now')))
    await expect(failing).rejects.toThrow('not now')
    expect(await answers.of('a', () => Promise.resolve(3))).toBe(3)
  })
})
