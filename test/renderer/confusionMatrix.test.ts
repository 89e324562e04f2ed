import { describe, expect, it } from 'vitest'
import { figureSvg } from '../../renderer/charts/figureSvg.ts'
import { fittedText, inks, type Inks, titled } from '../../renderer/charts/shapes.ts'
import { confusedPairs } from '../../renderer/pages/Errors/confusedPairs.ts'
import { confusionLooks, differenceLooks, rowShares } from '../../renderer/panels/errors/matrix/cellLooks.ts'
import {
  behindNumbers,
  matrixFigure,
  matrixLayout,
  type MatrixPicture,
  placeAt,
} from '../../renderer/panels/errors/matrix/matrixFigure.ts'
import {
  movedPlace,
  wholeWindow,
  windowOf,
  withPlace,
  zoomedIn,
  zoomedOut,
} from '../../renderer/panels/errors/matrix/matrixWindow.ts'
import { formatsFor } from '../../renderer/text/formats.ts'

const english = formatsFor('en')
const confusion = [
  [90, 10, 0],
  [4, 6, 0],
  [0, 0, 0],
]
const named = Object.fromEntries(inks.map((ink) => [ink, ink])) as Inks

function pictureOf(classes: number, change: Partial<MatrixPicture> = {}): MatrixPicture {
  return {
    order: Array.from({ length: classes }, (_, label) => label),
    nameOf: (label) => `class ${label}`,
    lookOf: (label, predicted) => ({ ink: 'series-1', weight: label === predicted ? 1 : 0, text: '7' }),
    widest: '7',
    words: { truth: 'True', answer: 'Answer' },
    window: wholeWindow(classes),
    room: 500,
    behindNumbers: behindNumbers.light,
    ...change,
  }
}

describe('the block of a matrix in view', () => {
  it('halves around the cursor, and stays within the matrix', () => {
    const whole = wholeWindow(369)
    const closer = zoomedIn(whole, { row: 200, column: 0 }, 369)
    expect(closer).toEqual({ row: 108, column: 0, span: 185 })
    expect(zoomedOut(closer, { row: 200, column: 0 }, 369)).toEqual(whole)
  })

  it('is never smaller than four cells, or than the matrix', () => {
    expect(zoomedIn({ row: 0, column: 0, span: 5 }, { row: 2, column: 2 }, 9).span).toBe(4)
    expect(zoomedIn(wholeWindow(2), { row: 0, column: 0 }, 2)).toEqual(wholeWindow(2))
  })

  it('is the square that a drag spans, either way', () => {
    const block = { row: 10, column: 40, span: 21 }
    expect(windowOf({ row: 10, column: 40 }, { row: 30, column: 45 }, 100)).toEqual(block)
    expect(windowOf({ row: 30, column: 45 }, { row: 10, column: 40 }, 100)).toEqual(block)
    expect(windowOf({ row: 99, column: 99 }, { row: 98, column: 99 }, 100)).toEqual({ row: 96, column: 96, span: 4 })
  })

  it('follows the cursor by as little as it takes', () => {
    const block = { row: 10, column: 10, span: 5 }
    expect(withPlace(block, { row: 12, column: 14 })).toEqual(block)
    expect(withPlace(block, { row: 9, column: 16 })).toEqual({ row: 9, column: 12, span: 5 })
  })

  it('has a cursor that the keys move, and that stops at the edges', () => {
    const at = { row: 0, column: 8 }
    expect(movedPlace(at, 'ArrowRight', 9, 9)).toEqual(at)
    expect(movedPlace(at, 'ArrowUp', 9, 9)).toEqual(at)
    expect(movedPlace(at, 'Home', 9, 9)).toEqual({ row: 0, column: 0 })
    expect(movedPlace(at, 'PageDown', 4, 9)).toEqual({ row: 4, column: 8 })
    expect(movedPlace(at, 'x', 9, 9)).toBeNull()
  })
})

describe('the picture of a matrix', () => {
  it('has names and numbers where there is room', () => {
    expect(matrixLayout(pictureOf(2))).toMatchObject({ named: true, numbered: true, turned: false })
    expect(matrixLayout(pictureOf(10))).toMatchObject({ named: true, numbered: true, turned: true })
    expect(matrixLayout(pictureOf(28))).toMatchObject({ named: true, numbered: false })
    expect(matrixLayout(pictureOf(369))).toMatchObject({ named: false, numbered: false })
  })

  it('has no numbers where the longest does not fit', () => {
    expect(matrixLayout(pictureOf(16, { widest: '10,000' })).numbered).toBe(false)
  })

  it('stays within its room for any number of classes', () => {
    for (const classes of [2, 3, 10, 35, 100, 369]) {
      const { width, height } = matrixFigure(pictureOf(classes))
      expect(Math.max(width, height), `${classes} classes`).toBeLessThanOrEqual(504)
      expect(Math.max(width, height), `${classes} classes`).toBeGreaterThan(440)
    }
  })

  it('draws each cell that is not empty, at least a pixel large and without overlap', () => {
    const { shapes } = matrixFigure(pictureOf(369))
    const cells = shapes.flatMap((shape) => (shape.kind === 'rect' ? [shape] : []))
    expect(cells).toHaveLength(369)
    expect(Math.min(...cells.map(({ width, height }) => Math.min(width, height)))).toBeGreaterThanOrEqual(1)
    for (const [index, cell] of cells.slice(1).entries()) expect(cell.x).toBe(cells[index].x + cells[index].width)
  })

  it('knows the cell under a point', () => {
    const picture = pictureOf(10, { window: { row: 4, column: 2, span: 5 } })
    const layout = matrixLayout(picture)
    const { left, top, cell } = layout
    expect(placeAt(layout, picture.window, left + 1, top + 1)).toEqual({ row: 4, column: 2 })
    expect(placeAt(layout, picture.window, left + 4.5 * cell, top + 0.5 * cell)).toEqual({ row: 4, column: 6 })
    expect(placeAt(layout, picture.window, left - 1, top + 1)).toBeNull()
    expect(placeAt(layout, picture.window, left + 5.1 * cell, top + 1)).toBeNull()
  })

  it('is written as SVG, with the signs of names escaped and its title above', () => {
    const svg = figureSvg(titled(matrixFigure(pictureOf(2, { nameOf: () => '<a & b>' })), 'One < two'), named)
    expect(svg).toContain('One &#60; two')
    expect(svg).toContain('&#60;a &#38; b&#62;')
    expect(svg).toMatch(/^<svg [^>]*width="\d/)
    expect(svg).not.toContain('NaN')
  })

  it('cuts names off that are too long', () => {
    expect(fittedText('short', 11, 100)).toBe('short')
    expect(fittedText('a very long name of a class', 10, 60)).toBe('a very lo…')
  })
})

describe('the cells of a matrix', () => {
  it('have a scale of their own beside the diagonal', () => {
    const { lookOf, widest } = confusionLooks(confusion, 'counts', english)
    expect(lookOf(0, 0)).toEqual({ ink: 'series-1', weight: 1, text: '90' })
    expect(lookOf(0, 1)).toEqual({ ink: 'series-2', weight: 1, text: '10' })
    expect(lookOf(1, 0)).toEqual({ ink: 'series-2', weight: 0.4, text: '4' })
    expect(lookOf(2, 2)).toEqual({ ink: 'series-1', weight: 0, text: '' })
    expect(widest).toBe('90')
  })

  it('say shares of a class, of one without images none', () => {
    expect(rowShares(confusion)).toEqual([
      [0.9, 0.1, 0],
      [0.4, 0.6, 0],
      [0, 0, 0],
    ])
    expect(confusionLooks(confusion, 'shares', english).lookOf(1, 0)).toMatchObject({ weight: 1, text: '40' })
  })

  it('of a difference are red for more and blue for fewer', () => {
    const { lookOf } = differenceLooks(
      [
        [5, -5],
        [0, 2],
      ],
      english,
    )
    expect(lookOf(0, 0)).toEqual({ ink: 'danger', weight: 1, text: '+5' })
    expect(lookOf(0, 1)).toEqual({ ink: 'series-1', weight: 1, text: '−5' })
    expect(lookOf(1, 0)).toMatchObject({ weight: 0, text: '' })
  })
})

describe('the most confused pairs', () => {
  it('come by number or by share of the class', () => {
    expect(confusedPairs(confusion, 'counts', 5)).toEqual([
      { label: 0, predicted: 1, count: 10, share: 0.1 },
      { label: 1, predicted: 0, count: 4, share: 0.4 },
    ])
    expect(confusedPairs(confusion, 'shares', 1)).toEqual([{ label: 1, predicted: 0, count: 4, share: 0.4 }])
  })

  it('are none where all is right', () => {
    expect(
      confusedPairs(
        [
          [3, 0],
          [0, 3],
        ],
        'counts',
        5,
      ),
    ).toEqual([])
  })
})
