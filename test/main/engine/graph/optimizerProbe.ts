import type { Tensor } from '@tensorflow/tfjs-node'
import type { Optimizer } from '../../../../core/run/run.ts'
import type { Pace } from '../../../../core/run/schedule.ts'
import { clippedGradients } from '../../../../main/engine/graph/clip.ts'
import { GraphBuilder, type Value } from '../../../../core/graph/graphBuilder.ts'
import { GraphSession } from '../../../../main/engine/graph/graphSession.ts'
import { decays, methodOf, slotName } from '../../../../main/engine/graph/optimizers.ts'
import { found } from '../../../../main/engine/graph/network.ts'
import { readSignature, variableHandles, writeSignature } from '../../../../main/engine/graph/variableSignatures.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'
import type { Values } from './layerProbe.ts'

/** Variables that follow gradients given from outside. */
export interface OptimizerProbe {
  step(gradients: Values, step: number, pace: Pace): void
  /** Variables and slots by name. */
  read(): Readonly<Record<string, number[]>>
  dispose(): void
}

/**
 * An optimizer alone, clipping included, on variables of these shapes.
 * @param start Their values; slots begin with 0.
 */
export function openOptimizer(
  optimizer: Optimizer,
  shapes: Readonly<Record<string, readonly number[]>>,
  start: Values,
): OptimizerProbe {
  const tf = loadTensorflow()
  const method = methodOf(optimizer)
  const graph = new GraphBuilder()
  const initial = { kind: 'constant', value: 0 } as const
  const trained = Object.entries(shapes).map(([name, shape]) => ({ name, shape, trained: true, initial }))
  const slots = trained.flatMap(({ name, shape }) =>
    method.slots.map((slot) => ({ name: slotName(optimizer, name, slot), shape, trained: false, initial })),
  )
  const variables = [...trained, ...slots]
  const handles = variableHandles(graph, variables)
  const gradients = new Map(
    trained.map(({ name, shape }) => [name, graph.placeholder(`gradients/${name}`, 'float32', shape)]),
  )
  const numbers = method.numbers.map((name): [string, Value] => [name, graph.placeholder(name, 'float32', [])])
  const clipped =
    optimizer.clipNorm === null ? gradients : clippedGradients(graph.within('clip'), gradients, optimizer.clipNorm)
  const update = method.updaterIn(
    graph,
    numbers.map(([, value]) => value),
  )
  const updated = trained.map((variable) => {
    const { name } = variable
    const gradient = found(clipped, name)
    return update({
      name: `update/${name}`,
      variable: found(handles, name),
      slots: method.slots.map((slot) => found(handles, slotName(optimizer, name, slot))),
      decays: decays(variable),
      gradient,
      after: [],
    })
  })
  const signatures = {
    step: {
      inputs: new Map([...gradients, ...numbers]),
      outputs: new Map([['done', graph.fetch('done', graph.number('one', 1), updated)]]),
    },
    read: readSignature(graph, variables, handles),
    write: writeSignature(graph, variables, handles),
  }
  const session = new GraphSession({ nodes: graph.nodes, signatures })
  const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1)
  session.run(
    'write',
    new Map(
      variables.map(({ name, shape }) => [name, tf.tensor(start[name] ?? new Float32Array(sizeOf(shape)), [...shape])]),
    ),
    () => undefined,
  )
  return {
    step(values, step, pace) {
      const fed = method.numbersAt(step, pace)
      const feeds = trained.map(({ name, shape }): [string, Tensor] => [name, tf.tensor(values[name], [...shape])])
      session.run(
        'step',
        new Map<string, Tensor>([
          ...feeds,
          ...method.numbers.map((name, index): [string, Tensor] => [name, tf.scalar(fed[index])]),
        ]),
        () => undefined,
      )
    },
    read() {
      const values = session.run('read', new Map(), (tensors) => tensors.map((tensor) => Array.from(tensor.dataSync())))
      return Object.fromEntries(variables.map(({ name }, index) => [name, values[index]]))
    },
    dispose: () => session.dispose(),
  }
}
