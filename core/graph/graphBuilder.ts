/** Types of the elements of a tensor; `resource` is the handle of a variable. */
export type ElementType = 'float32' | 'int32' | 'uint8' | 'bool' | 'resource'

/** A tensor in the graph: one output of a node, which TensorFlow writes as `node:index`. */
export interface Value<Type extends ElementType = 'float32'> {
  readonly node: string
  readonly index: number
  readonly type: Type
  /** -1 where an extent is not known beforehand. The handle of a variable has the shape of what the variable holds. */
  readonly shape: readonly number[]
}

/** A tensor of any element type. */
export type AnyValue = Value<ElementType>

/** A tensor written into the graph itself, row by row. */
export interface Constant<Type extends 'float32' | 'int32' = 'float32' | 'int32'> {
  readonly type: Type
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
  readonly inputs: readonly AnyValue[]
  /** Nodes that must have run before this one. */
  readonly after: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** What one run of the graph takes and gives, by name. */
export interface Signature {
  readonly inputs: ReadonlyMap<string, AnyValue>
  readonly outputs: ReadonlyMap<string, AnyValue>
}

/** The attribute that says a node computes on float32. */
export const float32 = { type: 'float32' } as const satisfies Attribute
/** The attribute that says a node computes on int32. */
export const int32 = { type: 'int32' } as const satisfies Attribute

/**
 * Adds the nodes of a gradient.
 * @param graph Names them after the operation.
 * @param gradient Gradient of the loss by the operation's first output, shaped as the output.
 * @param wanted For each input whether its gradient is needed; at least one is.
 * @returns gradients of the loss by the inputs, each shaped as its input; null for those that are not wanted.
 */
export type Gradient = (graph: GraphBuilder, gradient: Value, wanted: readonly boolean[]) => readonly (Value | null)[]

/** An operation that was added, as a gradient needs to know it. */
export interface RecordedOperation {
  /** Names the nodes of its gradient. */
  readonly graph: GraphBuilder
  readonly name: string
  readonly inputs: readonly AnyValue[]
  readonly outputs: readonly AnyValue[]
  /** Null where the operation has none. */
  readonly gradient: Gradient | null
}

/** What every new node has. */
interface NewNode {
  /** Name of the operation in TensorFlow's registry. */
  readonly operation: string
  readonly inputs: readonly AnyValue[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** What must have run before. */
  readonly after?: readonly AnyValue[]
  /** Left out: the operation has no gradient, and asking for one is an error. */
  readonly gradient?: Gradient
}

/** A new node with one output. */
export interface NewOperation<Type extends ElementType> extends NewNode {
  readonly type: Type
  readonly shape: readonly number[]
}

/** A new node with several outputs, all float32. Only the first may have a gradient. */
export interface NewOperations extends NewNode {
  readonly shapes: readonly (readonly number[])[]
}

/**
 * Collects the nodes of a graph, and records which operation made which value, so that gradients can be found. Names
 * are unique, and inputs must be in the graph before what uses them.
 */
export class GraphBuilder {
  readonly #nodes: Map<string, GraphNode>
  readonly #records: RecordedOperation[]
  readonly #prefix: string

  constructor(nodes: Map<string, GraphNode> = new Map(), records: RecordedOperation[] = [], prefix = '') {
    this.#nodes = nodes
    this.#records = records
    this.#prefix = prefix
  }

  /** The same graph, with `name/` before the names of what is added through it. */
  within(name: string): GraphBuilder {
    return new GraphBuilder(this.#nodes, this.#records, `${this.#prefix}${name}/`)
  }

  /** All nodes, in the order in which they were added. */
  get nodes(): readonly GraphNode[] {
    return [...this.#nodes.values()]
  }

  /** All operations, in the order in which they were added. */
  get records(): readonly RecordedOperation[] {
    return [...this.#records]
  }

  /**
   * Adds a node with one output.
   * @throws Error when the name is taken or an input is not in the graph.
   */
  add<Type extends ElementType>(name: string, { type, shape, ...node }: NewOperation<Type>): Value<Type> {
    const output = { node: this.#addNode(name, node), index: 0, type, shape }
    this.#record(name, node.inputs, [output], node.gradient)
    return output
  }

  /**
   * Adds a node with several outputs.
   * @throws Error when the name is taken or an input is not in the graph.
   */
  addAll(name: string, { shapes, ...node }: NewOperations): readonly Value[] {
    const full = this.#addNode(name, node)
    const outputs = shapes.map((shape, index): Value => ({ node: full, index, type: 'float32', shape }))
    this.#record(name, node.inputs, outputs, node.gradient)
    return outputs
  }

  /**
   * Several operations with one gradient, where a better one is known than the gradients of each.
   * @param inputs What gradients may be asked by; everything else that `compute` uses is constant to them.
   * @param compute Adds the operations and returns their output, which must be a new value.
   */
  compose(name: string, inputs: readonly Value[], compute: () => Value, gradient: Gradient): Value {
    const before = this.#records.length
    const output = compute()
    this.#records.length = before
    this.#record(name, inputs, [output], gradient)
    return output
  }

  /** The same tensor as a value of its own, whose gradients are summed up before they are passed on. Adds no node. */
  passOn(name: string, input: Value): Value {
    return this.compose(
      name,
      [input],
      () => ({ ...input }),
      (_, gradient) => [gradient],
    )
  }

  /** Adds a tensor of fixed values, row by row. */
  constant<Type extends 'float32' | 'int32'>(name: string, constant: Constant<Type>): Value<Type> {
    const { type, shape } = constant
    return this.add(name, {
      operation: 'Const',
      inputs: [],
      attributes: { dtype: { type }, value: { constant } },
      type,
      shape,
    })
  }

  /** Adds a float32 number. */
  number(name: string, value: number): Value {
    return this.constant(name, { type: 'float32', shape: [], values: [value] })
  }

  /** Adds an int32 number. */
  integer(name: string, value: number): Value<'int32'> {
    return this.constant(name, { type: 'int32', shape: [], values: [value] })
  }

  /** Adds a vector of int32, such as the shape that an operation asks for. */
  extents(name: string, values: readonly number[]): Value<'int32'> {
    return this.constant(name, { type: 'int32', shape: [values.length], values })
  }

  /** Adds a way in, with -1 in `shape` where an extent is free. */
  placeholder<Type extends ElementType>(name: string, type: Type, shape: readonly number[]): Value<Type> {
    return this.add(name, {
      operation: 'Placeholder',
      inputs: [],
      attributes: { dtype: { type }, shape: { shape } },
      type,
      shape,
    })
  }

  /** Adds a way out that is given only after the nodes in `after` have run. */
  fetch<Type extends ElementType>(name: string, output: Value<Type>, after: readonly AnyValue[] = []): Value<Type> {
    const { type, shape } = output
    return this.add(name, {
      operation: 'Identity',
      inputs: [output],
      attributes: { T: { type } },
      after,
      type,
      shape,
      gradient: (_, gradient) => [gradient],
    })
  }

  #addNode(name: string, { operation, inputs, attributes, after = [] }: NewNode): string {
    const full = this.#prefix + name
    if (this.#nodes.has(full)) throw new Error(`the graph has a node ${full} already`)
    for (const { node } of [...inputs, ...after]) {
      if (!this.#nodes.has(node)) throw new Error(`node ${full} comes after ${node}, which is not in the graph`)
    }
    this.#nodes.set(full, { name: full, operation, inputs, after: after.map(({ node }) => node), attributes })
    return full
  }

  #record(
    name: string,
    inputs: readonly AnyValue[],
    outputs: readonly AnyValue[],
    gradient: Gradient | null = null,
  ): void {
    this.#records.push({ graph: this.within(`${name}/gradient`), name: this.#prefix + name, inputs, outputs, gradient })
  }
}
