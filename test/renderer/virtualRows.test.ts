import { describe, expect, it } from 'vitest'
import { cellSide } from '../../renderer/ui/cellSide.ts'
import { columnsIn, moved, rowsInView, scrollTo } from '../../renderer/ui/virtualRows.ts'

describe('a list of 100,000 images', () => {
  const rows = 10_000
  const rowHeight = 90

  it('has in the document what is in view and a few rows beside, wherever it is scrolled', () => {
    for (const scroll of [0, 45, 123_456, rows * rowHeight - 700]) {
      const { first, end } = rowsInView(scroll, 700, rowHeight, rows, 3)
      expect(end - first).toBeLessThanOrEqual(15)
      expect(first * rowHeight).toBeLessThanOrEqual(scroll)
      expect(end * rowHeight).toBeGreaterThanOrEqual(Math.min(scroll + 700, rows * rowHeight))
    }
  })

  it('shows nothing where there is nothing, and its end when it became shorter than it was scrolled', () => {
    expect(rowsInView(0, 700, rowHeight, 0, 3)).toEqual({ first: 0, end: 0 })
    const { first, end } = rowsInView(90_000, 700, rowHeight, 5, 3)
    expect([first, end]).toEqual([5, 5])
  })

  it('scrolls no further than a row needs to be in view', () => {
    expect(scrollTo(2, 90, 0, 700)).toBe(0)
    expect(scrollTo(9, 90, 0, 700)).toBe(200)
    expect(scrollTo(1, 90, 500, 700)).toBe(90)
  })
})

describe('the cursor of a grid', () => {
  const grid = { columns: 4, total: 10, page: 2 }

  it.each([
    ['ArrowRight', 1, 2],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 7, 7],
    ['ArrowUp', 2, 2],
    ['ArrowUp', 6, 2],
    ['PageDown', 1, 9],
    ['PageUp', 9, 1],
    ['Home', 7, 0],
    ['End', 0, 9],
  ])('goes with %s from %i to %i', (key, from, to) => {
    expect(moved(from, key, grid)).toBe(to)
  })

  it('leaves other keys, and any in an empty list', () => {
    expect(moved(0, 'a', grid)).toBeNull()
    expect(moved(0, 'ArrowDown', { ...grid, total: 0 })).toBeNull()
  })
})

it('fits as many columns as are wide enough', () => {
  expect(columnsIn(800, 76, 6)).toEqual({ columns: 9, column: (800 - 48) / 9 })
  expect(columnsIn(10, 76, 6).columns).toBe(1)
})

it('enlarges every pixel of an image by one whole number', () => {
  for (const side of [24, 28, 32, 48, 64, 96, 100]) expect(cellSide(side) % side).toBe(0)
  for (const side of [24, 28, 32, 48, 64, 96, 128]) expect(cellSide(side)).toBeGreaterThanOrEqual(64)
  expect(cellSide(128)).toBeLessThanOrEqual(96)
  // Enlarged two or three times, pixels are equally large all the same.
  for (const times of [2, 3] as const)
    for (const side of [24, 28, 32, 48, 64, 96, 100]) {
      expect(cellSide(side, times) % side).toBe(0)
      expect(cellSide(side, times)).toBeGreaterThan(cellSide(side))
    }
})
