import { imageName } from '../../layers/parts/fields.ts'
import type { Layer } from '../../layers/registry.ts'
import { isMerging, type WiredLayer, wired } from '../edit/wiring.ts'

/** The image or a layer in a diagram. */
export interface DiagramNode {
  readonly name: string
  /** From 0, the image, on: its place in the list of layers and one. */
  readonly row: number
  /** From 0, the leftmost, on. */
  readonly lane: number
}

/** The way of one layer's output to a layer that takes it. */
export interface DiagramEdge {
  readonly from: DiagramNode
  readonly to: DiagramNode
  /** The lane in which it passes the rows between the two. */
  readonly lane: number
}

/** A network as a picture: a row for each layer, and lanes side by side for branches. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[]
  readonly edges: readonly DiagramEdge[]
  readonly lanes: number
}

/** Which rows of which lanes are taken, so that nothing is drawn over anything else. */
class Lanes {
  readonly #taken: Set<number>[] = []

  isFree(lane: number, first: number, end: number): boolean {
    const rows = this.#taken.at(lane)
    for (let row = first; row < end; row += 1) if (rows?.has(row) === true) return false
    return true
  }

  take(lane: number, first: number, end: number): void {
    while (this.#taken.length <= lane) this.#taken.push(new Set())
    for (let row = first; row < end; row += 1) this.#taken[lane].add(row)
  }

  /** The leftmost lane from `least` on whose rows are free. */
  find(least: number, first: number, end: number): number {
    let lane = least
    while (!this.isFree(lane, first, end)) lane += 1
    return lane
  }

  get count(): number {
    return Math.max(1, this.#taken.length)
  }
}

/**
 * The lane of a layer: that of the layer right before it where it takes that, for one that merges the leftmost that is
 * free down to it, and otherwise a lane of its own from the beginning of its branch on.
 */
function laneFor({ layer }: WiredLayer, row: number, sources: readonly DiagramNode[], lanes: Lanes): number {
  const direct = sources.find((source) => source.row === row - 1)
  if (isMerging(layer)) {
    const free = sources.filter((source) => lanes.isFree(source.lane, source.row + 1, row + 1))
    if (free.length > 0) return Math.min(...free.map(({ lane }) => lane))
  } else if (direct !== undefined) return direct.lane
  const highest = Math.min(row, ...sources.map((source) => source.row + 1))
  return lanes.find(0, highest, row + 1)
}

/**
 * Lays out a network: a row for the image and for each layer in the order of the list, and lanes in which nothing
 * crosses a layer. An input that is not before its layer is left out.
 */
export function layOut(layers: readonly Layer[]): Diagram {
  const image: DiagramNode = { name: imageName, row: 0, lane: 0 }
  const nodes = new Map([[imageName, image]])
  const edges: DiagramEdge[] = []
  const lanes = new Lanes()
  lanes.take(0, 0, 1)
  for (const [index, one] of wired(layers).entries()) {
    const row = index + 1
    const sources = one.inputs.flatMap((input) => nodes.get(input) ?? [])
    const lane = laneFor(one, row, sources, lanes)
    const node: DiagramNode = { name: one.layer.name, row, lane }
    lanes.take(lane, row, row + 1)
    for (const from of sources) {
      const own = [from.lane, lane].find((straight) => lanes.isFree(straight, from.row + 1, row))
      const passing = own ?? lanes.find(0, from.row + 1, row)
      lanes.take(passing, from.row + 1, row)
      edges.push({ from, to: node, lane: passing })
    }
    nodes.set(node.name, node)
  }
  return { nodes: [...nodes.values()], edges, lanes: lanes.count }
}
