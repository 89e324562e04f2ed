import { flushSync } from 'svelte'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../renderer/state/link.ts'
import { Requests } from '../../renderer/state/requests.svelte.ts'
import { deferred, refusal, settled } from './labEnd.ts'

const done: Answer<string> = { ok: true, value: 'done' }
const refused: Answer<string> = { ok: false, problem: refusal.problem }

describe('requests', () => {
  it('are pending by call and subject until they are answered', async () => {
    const requests = new Requests<'pause' | 'stop', number>()
    const first = deferred<Answer<string>>()
    const second = deferred<Answer<string>>()
    const sent = requests.send('pause', 1, () => first.promise)
    void requests.send('pause', 2, () => second.promise)
    expect(requests.isPending('pause', 1)).toBe(true)
    expect(requests.isPending('stop', 1)).toBe(false)
    first.resolve(done)
    expect(await sent).toEqual(done)
    expect(requests.pendingOf(1)).toBeNull()
    expect(requests.pendingOf(2)).toBe('pause')
  })

  it('are not sent while the same one is under way', async () => {
    const requests = new Requests<'start'>()
    const first = deferred<Answer<string>>()
    let sent = 0
    const ask = (): Promise<Answer<string>> => {
      sent += 1
      return first.promise
    }
    const answer = requests.send('start', null, ask)
    expect(await requests.send('start', null, ask)).toBeNull()
    expect(sent).toBe(1)
    first.resolve(done)
    await answer
    expect(await requests.send('start', null, ask)).toEqual(done)
    expect(sent).toBe(2)
  })

  it('keep a refusal until its subject is asked something again', async () => {
    const requests = new Requests<'pause' | 'stop', number>()
    await requests.send('pause', 1, () => Promise.resolve(refused))
    await requests.send('pause', 2, () => Promise.resolve(done))
    expect(requests.problemOf(1)).toEqual(refusal.problem)
    expect(requests.problemOf(1, 'stop')).toBeNull()
    expect(requests.problemOf(2)).toBeNull()
    expect(requests.refusedSubjects('pause')).toEqual([1])
    await requests.send('stop', 1, () => Promise.resolve(done))
    expect(requests.problemOf(1)).toBeNull()
    expect(requests.problem).toBeNull()
  })

  it('are over when the call throws', async () => {
    const requests = new Requests<'pause', number>()
    await expect(requests.send('pause', 1, () => Promise.reject(new Error('thrown')))).rejects.toThrow('thrown')
    expect(requests.pendingOf(1)).toBeNull()
  })

  it('tell who shows them, and do not wake the effect that sends them', async () => {
    const requests = new Requests<'read'>()
    const answer = deferred<Answer<string>>()
    let runs = 0
    const shown: boolean[] = []
    const stop = $effect.root(() => {
      $effect(() => {
        runs += 1
        void requests.send('read', null, () => answer.promise)
      })
      $effect(() => {
        shown.push(requests.isPending('read', null))
      })
    })
    flushSync()
    answer.resolve(refused)
    await settled()
    flushSync()
    stop()
    expect(runs).toBe(1)
    expect(shown.at(-1)).toBe(false)
    expect(shown).toContain(true)
  })
})
