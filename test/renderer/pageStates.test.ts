import { describe, expect, it } from 'vitest'
import { DataPageView } from '../../renderer/state/dataPage.svelte.ts'
import { Ticks } from '../../renderer/state/ticks.svelte.ts'
import { sampleRun, sampleView } from './sampleRuns.ts'

describe('what of the Data page is in view', () => {
  it('closes the large image when other images are listed', () => {
    const page = new DataPageView()
    page.opened = 7
    page.list(3)
    expect([page.listed, page.opened]).toEqual([3, null])
    page.opened = 7
    page.showSplit('test')
    expect([page.split, page.opened, page.listed]).toEqual(['test', null, 3])
  })

  it('begins anew for another set', () => {
    const page = new DataPageView()
    page.tab = 'twins'
    page.showSplit('test')
    page.list('taken')
    page.opened = 1
    page.addsOwn = true
    page.begin()
    expect(page).toMatchObject({ tab: 'images', split: 'train', listed: 'all', opened: null, addsOwn: false })
    page.openWithOwn()
    page.begin()
    expect(page.addsOwn).toBe(true)
    page.begin()
    expect(page.addsOwn).toBe(false)
  })
})

describe('the runs that are ticked', () => {
  const view = sampleView([sampleRun(4, {}, { state: 'queued' }), sampleRun(3), sampleRun(2), sampleRun(1)])

  it('are the two newest that have begun, where nothing is ticked', () => {
    const ticks = new Ticks({ view })
    ticks.offer()
    expect(ticks.runs).toEqual([3, 2])
    ticks.set(3, false)
    ticks.offer()
    expect(ticks.runs).toEqual([2])
  })

  it('are joined by a new run that has begun, not by one that waits', () => {
    const ticks = new Ticks({ view })
    ticks.offer()
    ticks.addBegun([
      { id: 7, state: 'training' },
      { id: 8, state: 'queued' },
    ])
    expect(ticks.runs).toEqual([3, 2, 7])
  })

  it('are none before the lab is known', () => {
    const ticks = new Ticks({ view: null })
    ticks.offer()
    expect(ticks.runs).toEqual([])
  })

  it('have each run once', () => {
    const ticks = new Ticks({ view })
    ticks.set(1, true)
    ticks.set(1, true)
    expect([ticks.runs, ticks.has(1), ticks.has(2)]).toEqual([[1], true, false])
    ticks.setAll([2, 3])
    expect(ticks.runs).toEqual([2, 3])
  })
})
