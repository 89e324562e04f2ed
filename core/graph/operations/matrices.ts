/** Products of matrices, and the bias that is added to them. */
import { float32, type GraphBuilder, type Value } from '../graphBuilder.ts'

/** Which of two matrices is transposed first. */
export interface Transposed {
  readonly left?: boolean
  readonly right?: boolean
}

/** Rows and columns of a matrix, or of each in a row of matrices, as the product sees it. */
function sidesOf({ shape }: Value, transposed: boolean): readonly [rows: number, columns: number] {
  const [rows, columns] = shape.slice(-2)
  return transposed ? [columns, rows] : [rows, columns]
}

/** Extents of a product. @throws Error when the inner extents differ. */
function productSides(name: string, left: Value, right: Value, transposed: Transposed): readonly number[] {
  const [rows, inner] = sidesOf(left, transposed.left === true)
  const [other, columns] = sidesOf(right, transposed.right === true)
  if (inner !== other && inner !== -1 && other !== -1)
    throw new Error(`${name}: no product of [${left.shape.join()}] and [${right.shape.join()}]`)
  return [rows, columns]
}

type Product = (graph: GraphBuilder, name: string, left: Value, right: Value, transposed?: Transposed) => Value

/** The gradients of a product, which are products too. */
function productGradients(
  product: Product,
  { left = false, right = false }: Transposed,
  one: Value,
  other: Value,
): (graph: GraphBuilder, gradient: Value, wanted: readonly boolean[]) => (Value | null)[] {
  return (graph, gradient, [wantsLeft, wantsRight]) => [
    !wantsLeft
      ? null
      : left
        ? product(graph, 'left', other, gradient, { left: right, right: true })
        : product(graph, 'left', gradient, other, { right: !right }),
    !wantsRight
      ? null
      : right
        ? product(graph, 'right', gradient, one, { left: true, right: left })
        : product(graph, 'right', one, gradient, { left: !left }),
  ]
}

/** The product of two matrices: `[rows, inner]` by `[inner, columns]` gives `[rows, columns]`. */
export function matMul(
  graph: GraphBuilder,
  name: string,
  left: Value,
  right: Value,
  transposed: Transposed = {},
): Value {
  return graph.add(name, {
    operation: 'MatMul',
    inputs: [left, right],
    attributes: {
      T: float32,
      transpose_a: { bool: transposed.left ?? false },
      transpose_b: { bool: transposed.right ?? false },
    },
    type: 'float32',
    shape: productSides(name, left, right, transposed),
    gradient: productGradients(matMul, transposed, left, right),
  })
}

/**
 * The products of two rows of matrices, `[..., rows, inner]` by `[..., inner, columns]`, or of one matrix with each of
 * a row. The gradients are known for two rows of equal length only.
 */
export function batchMatMul(
  graph: GraphBuilder,
  name: string,
  left: Value,
  right: Value,
  transposed: Transposed = {},
): Value {
  const [ofLeft, ofRight] = [left, right].map(({ shape }) => shape.slice(0, -2))
  const gradient = productGradients(batchMatMul, transposed, left, right)
  return graph.add(name, {
    operation: 'BatchMatMulV2',
    inputs: [left, right],
    attributes: {
      T: float32,
      adj_x: { bool: transposed.left ?? false },
      adj_y: { bool: transposed.right ?? false },
    },
    type: 'float32',
    shape: [...(ofLeft.length >= ofRight.length ? ofLeft : ofRight), ...productSides(name, left, right, transposed)],
    ...(ofLeft.join() === ofRight.join() ? { gradient } : {}),
  })
}

/** `[..., channels]` plus a bias `[channels]`. */
export function biasAdd(graph: GraphBuilder, name: string, values: Value, bias: Value): Value {
  return graph.add(name, {
    operation: 'BiasAdd',
    inputs: [values, bias],
    attributes: { T: float32 },
    type: 'float32',
    shape: values.shape,
    gradient: (within, gradient, [, wantsBias]) => [gradient, wantsBias ? biasAddGrad(within, 'bias', gradient) : null],
  })
}

/** The sum of `[..., channels]`, of two dimensions or more, over all but the last: `[channels]`. */
export function biasAddGrad(graph: GraphBuilder, name: string, values: Value): Value {
  return graph.add(name, {
    operation: 'BiasAddGrad',
    inputs: [values],
    attributes: { T: float32 },
    type: 'float32',
    shape: values.shape.slice(-1),
  })
}
