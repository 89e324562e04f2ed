import { describe, expect, it } from 'vitest'
import { addressOf, exportAddress, routeOf } from '../../renderer/state/routes.ts'

describe('routes', () => {
  it.each([
    ['', { page: 'data', run: null }],
    ['#/start', { page: 'start', run: null }],
    ['#/train', { page: 'train', run: null }],
    ['#/train/7', { page: 'train', run: 7 }],
    ['#/train/7/export', { page: 'train', run: 7, exports: { step: null } }],
    ['#/train/7/export/0', { page: 'train', run: 7, exports: { step: 0 } }],
    ['#/train/7/export/x', { page: 'train', run: 7, exports: { step: null } }],
    ['#/train/x/export', { page: 'train', run: null }],
    ['#/look/7/export', { page: 'look', run: 7 }],
    ['#/train/x', { page: 'train', run: null }],
    ['#/look', { page: 'look', run: null }],
    ['#/look/3', { page: 'look', run: 3 }],
    ['#/errors/3', { page: 'errors', run: 3 }],
    ['#/compare/7', { page: 'compare', run: null }],
    ['#/sweeps', { page: 'sweeps', run: null }],
    ['#/sweeps/4', { page: 'sweeps', run: null, sweep: 4 }],
    ['#/elsewhere', { page: 'data', run: null }],
    ['#/lessons', { page: 'lessons', run: null }],
    ['#/lessons/test-set', { page: 'lessons', run: null, lesson: 'test-set' }],
    ['#/lessons/unknown', { page: 'lessons', run: null }],
  ])('%j', (hash, route) => {
    expect(routeOf(hash)).toEqual(route)
  })

  it('come back from their own addresses', () => {
    expect(routeOf(addressOf('train', 12))).toEqual({ page: 'train', run: 12 })
    expect(routeOf(exportAddress(12))).toEqual({ page: 'train', run: 12, exports: { step: null } })
    expect(routeOf(exportAddress(12, 300))).toEqual({ page: 'train', run: 12, exports: { step: 300 } })
    expect(routeOf(addressOf('compare'))).toEqual({ page: 'compare', run: null })
  })
})
