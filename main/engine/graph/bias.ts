import { float32, type GraphBuilder, int32, type Output } from './graphBuilder.ts'

/** The bias of a layer that may have one. */
export interface Bias {
  readonly output: Output
  /** Gradient by the bias, under its role; nothing where there is none. */
  readonly gradients: (gradient: Output) => Readonly<Record<string, Output>>
}

/**
 * Adds a bias to the last dimension, or nothing. TensorFlow's graph optimiser fuses it into the convolution or product
 * before it.
 */
export function biased(
  graph: GraphBuilder,
  { bias }: { readonly bias: boolean },
  input: Output,
  read: (role: string) => Output,
  channels: number,
): Bias {
  if (!bias) return { output: input, gradients: () => ({}) }
  return {
    output: graph.add('BiasAdd', 'output', [input, read('bias')], { T: float32 }),
    gradients(gradient) {
      // Seen as rows of one matrix. On the gradient itself TensorFlow would merge it with the kernel's gradient into
      // one operation, which takes longer than the two: 7.6 instead of 5.3 ms for the first convolution of the Seed
      // network, batch 100.
      const rows = graph.add('Reshape', 'gradient_rows', [gradient, graph.extents('rows', [-1, channels])], {
        T: float32,
        Tshape: int32,
      })
      return { bias: graph.add('BiasAddGrad', 'bias_gradient', [rows], { T: float32 }) }
    },
  }
}
