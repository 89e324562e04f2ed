import type { Diagram, DiagramEdge, DiagramNode } from './layout.ts'

/** The lowest row of each layer: below all that it takes, and below the layer before it in its lane. */
function lowestRows({ nodes, edges }: Diagram): ReadonlyMap<string, number> {
  const rows = new Map<string, number>()
  const ends = new Map<number, number>()
  for (const { name, lane } of nodes) {
    const sources = edges.filter(({ to }) => to.name === name).map(({ from }) => rows.get(from.name) ?? 0)
    const row = Math.max(ends.get(lane) ?? 0, ...sources.map((source) => source + 1))
    rows.set(name, row)
    ends.set(lane, row + 1)
  }
  return rows
}

/** Every place of a lane that a layer or a way takes, as often as it is taken. */
function places({ nodes, edges }: Diagram): string[] {
  return [
    ...nodes.map(({ row, lane }) => `${row} ${lane}`),
    ...edges.flatMap(({ from, to, lane }) =>
      Array.from({ length: Math.max(0, to.row - from.row - 1) }, (_, index) => `${from.row + 1 + index} ${lane}`),
    ),
  ]
}

/**
 * The diagram with branches beside each other, each layer as high as it can be, for a drawing on paper. Where something
 * would then lie over something else it stays as it is: a row a layer.
 */
export function compacted(diagram: Diagram): Diagram {
  const rows = lowestRows(diagram)
  const at = (node: DiagramNode): DiagramNode => ({ ...node, row: rows.get(node.name) ?? node.row })
  const moved: Diagram = {
    ...diagram,
    nodes: diagram.nodes.map(at),
    edges: diagram.edges.map(({ from, to, lane }): DiagramEdge => ({ from: at(from), to: at(to), lane })),
  }
  const taken = places(moved)
  return new Set(taken).size === taken.length ? moved : diagram
}
