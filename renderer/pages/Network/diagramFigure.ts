import { type Figure, fittedText, type Shape } from '../../charts/shapes.ts'
import type { Diagram, DiagramEdge, DiagramNode } from '../../../core/network/diagram/layout.ts'

/** What stands in the box of a layer. */
export interface BoxWords {
  readonly name: string
  /** Kind and settings. */
  readonly about: string
  /** Shape of what it gives. */
  readonly shape: string
}

const box = { width: 290, height: 38 }
const gap = { across: 26, down: 20 }
const margin = 8
const arrow = 5

function leftOf({ lane }: Pick<DiagramNode, 'lane'>): number {
  return margin + lane * (box.width + gap.across)
}

function topOf({ row }: Pick<DiagramNode, 'row'>): number {
  return margin + row * (box.height + gap.down)
}

function middleOf(lane: number): number {
  return leftOf({ lane }) + box.width / 2
}

function boxShapes(node: DiagramNode, { name, about, shape }: BoxWords): Shape[] {
  const [x, y] = [leftOf(node), topOf(node)]
  const [right, bottom] = [x + box.width, y + box.height]
  const text = { kind: 'text', turned: false } as const
  return [
    { kind: 'rect', x, y, width: box.width, height: box.height, ink: 'panel', alpha: 1 },
    {
      kind: 'line',
      points: [
        [x, y],
        [right, y],
        [right, bottom],
        [x, bottom],
        [x, y],
      ],
      ink: 'edge',
      width: 1,
      dash: [],
    },
    { ...text, x: x + 10, y: y + 13, text: name, size: 13, anchor: 'start', ink: 'text' },
    { ...text, x: right - 10, y: y + 13, text: shape, size: 12, anchor: 'end', ink: 'text' },
    {
      ...text,
      x: x + 10,
      y: y + 28,
      text: fittedText(about, 11, box.width - 20),
      size: 11,
      anchor: 'start',
      ink: 'text-soft',
    },
  ]
}

/** From the bottom of one box to the top of another, past what lies between in the lane that the layout gave. */
function edgeShapes({ from, to, lane }: DiagramEdge): Shape[] {
  const [start, end] = [topOf(from) + box.height, topOf(to)]
  const [x, passing, target] = [middleOf(from.lane), middleOf(lane), middleOf(to.lane)]
  const points: (readonly [number, number])[] = [
    [x, start],
    [x, start + gap.down / 2],
    [passing, start + gap.down / 2],
    [passing, end - gap.down / 2],
    [target, end - gap.down / 2],
    [target, end],
  ]
  const head: (readonly [number, number])[] = [
    [target - arrow, end - arrow],
    [target, end],
    [target + arrow, end - arrow],
  ]
  return [points, head].map((line): Shape => ({ kind: 'line', points: line, ink: 'text-soft', width: 1, dash: [] }))
}

/** The network as a drawing of boxes and arrows, from the image down. */
export function diagramFigure({ nodes, edges, lanes }: Diagram, wordsOf: (node: DiagramNode) => BoxWords): Figure {
  const rows = Math.max(...nodes.map(({ row }) => row)) + 1
  return {
    width: 2 * margin + lanes * box.width + (lanes - 1) * gap.across,
    height: 2 * margin + rows * box.height + (rows - 1) * gap.down,
    shapes: [...edges.flatMap(edgeShapes), ...nodes.flatMap((node) => boxShapes(node, wordsOf(node)))],
  }
}
