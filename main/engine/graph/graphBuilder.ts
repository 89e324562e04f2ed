/** Types of the elements of a tensor; `resource` is the handle of a variable. */
export type ElementType = 'float32' | 'int32' | 'uint8' | 'bool' | 'resource'

/** One output of a node, which TensorFlow writes as `node:index`. */
export interface Output {
  readonly node: string
  readonly index: number
}

/** A tensor written into the graph itself. */
export interface Constant {
  readonly type: 'float32' | 'int32'
  readonly shape: readonly number[]
  readonly values: ArrayLike<number>
}

/** A setting of a node, by the kind that the operation's definition asks for. */
export type Attribute =
  | { readonly type: ElementType }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  /** -1 where an extent is not known beforehand. */
  | { readonly shape: readonly number[] }
  | { readonly constant: Constant }

/** A node of the graph: an operation of TensorFlow with its inputs and settings. */
export interface GraphNode {
  readonly name: string
  /** Name of the operation in TensorFlow's registry, for example `Conv2D`. */
  readonly operation: string
  readonly inputs: readonly Output[]
  /** Nodes that must have run before this one. */
  readonly after: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** A way into or out of the graph. */
export interface Port {
  readonly output: Output
  readonly type: ElementType
  /** -1 where an extent is free. */
  readonly shape: readonly number[]
}

/** What one run of the graph takes and gives, by name. */
export interface Signature {
  readonly inputs: ReadonlyMap<string, Port>
  readonly outputs: ReadonlyMap<string, Port>
}

/** The attribute that says a node computes on float32. */
export const float32 = { type: 'float32' } as const satisfies Attribute
/** The attribute that says a node computes on int32. */
export const int32 = { type: 'int32' } as const satisfies Attribute

/** The output of a node with that index; most nodes have one, with index 0. */
export function outputOf(node: string, index = 0): Output {
  return { node, index }
}

/** Collects the nodes of a graph; names are unique, and inputs must be there before what uses them. */
export class GraphBuilder {
  readonly #nodes: Map<string, GraphNode>
  readonly #prefix: string

  constructor(nodes: Map<string, GraphNode> = new Map(), prefix = '') {
    this.#nodes = nodes
    this.#prefix = prefix
  }

  /** The same graph, with `name/` before the names of what is added through it. */
  within(name: string): GraphBuilder {
    return new GraphBuilder(this.#nodes, `${this.#prefix}${name}/`)
  }

  /** All nodes, in the order in which they were added. */
  get nodes(): readonly GraphNode[] {
    return [...this.#nodes.values()]
  }

  /**
   * Adds a node.
   * @returns its first output.
   * @throws Error when the name is taken or an input is not in the graph.
   */
  add(
    operation: string,
    name: string,
    inputs: readonly Output[],
    attributes: Readonly<Record<string, Attribute>>,
    after: readonly Output[] = [],
  ): Output {
    const full = this.#prefix + name
    if (this.#nodes.has(full)) throw new Error(`the graph has a node ${full} already`)
    for (const { node } of [...inputs, ...after]) {
      if (!this.#nodes.has(node)) throw new Error(`node ${full} comes after ${node}, which is not in the graph`)
    }
    this.#nodes.set(full, { name: full, operation, inputs, after: after.map(({ node }) => node), attributes })
    return outputOf(full)
  }

  /** Adds a tensor of fixed values, row by row. */
  constant(name: string, constant: Constant): Output {
    return this.add('Const', name, [], { dtype: { type: constant.type }, value: { constant } })
  }

  /** Adds a float32 number. */
  number(name: string, value: number): Output {
    return this.constant(name, { type: 'float32', shape: [], values: [value] })
  }

  /** Adds a vector of int32, such as the shape that an operation asks for. */
  extents(name: string, values: readonly number[]): Output {
    return this.constant(name, { type: 'int32', shape: [values.length], values })
  }

  /** Adds a way in, with -1 in `shape` where an extent is free. */
  placeholder(name: string, type: ElementType, shape: readonly number[]): Port {
    return { output: this.add('Placeholder', name, [], { dtype: { type }, shape: { shape } }), type, shape }
  }

  /** Adds a way out that is given only after the nodes in `after` have run. */
  fetch(
    name: string,
    output: Output,
    type: ElementType,
    shape: readonly number[],
    after: readonly Output[] = [],
  ): Port {
    return { output: this.add('Identity', name, [output], { T: { type } }, after), type, shape }
  }
}
