import { describe, expect, it } from 'vitest'
import { beginHistory, closed, edited, redone, undone } from '../../../../core/network/edit/editHistory.ts'

describe('the history of edits', () => {
  it('goes back to the beginning and forth to the end', () => {
    let history = beginHistory(0)
    for (let step = 1; step <= 1000; step += 1) history = edited(history, step)
    for (let step = 999; step >= 0; step -= 1) {
      history = undone(history)
      expect(history.now).toBe(step)
    }
    expect(undone(history)).toEqual(history)
    for (let step = 1; step <= 1000; step += 1) history = redone(history)
    expect(history.now).toBe(1000)
    expect(redone(history)).toEqual(history)
  })

  it('takes what is typed into one field as one step', () => {
    let history = beginHistory('')
    for (const text of ['6', '64']) history = edited(history, text, 'conv_1 filters')
    history = edited(history, '64 3', 'conv_1 stride')
    expect(history.past).toEqual(['', '64'])
    history = edited(closed(history), '64 31', 'conv_1 stride')
    expect(history.past).toEqual(['', '64', '64 3'])
  })

  it('forgets what was undone once something else is done', () => {
    const history = edited(undone(edited(edited(beginHistory('a'), 'b'), 'c')), 'd')
    expect([history.past, history.now, history.future]).toEqual([['a', 'b'], 'd', []])
  })

  it('counts no step where nothing changed', () => {
    expect(edited(beginHistory('a'), 'a').past).toEqual([])
  })
})
