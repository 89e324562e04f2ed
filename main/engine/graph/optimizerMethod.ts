import type { AnyValue, GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import type { Pace } from '../../../core/run/schedule.ts'

/** One variable to be updated. */
export interface VariableUpdate {
  readonly name: string
  /** Handles of the variable and of its slots, in the order of the method's slots. */
  readonly variable: Value<'resource'>
  readonly slots: readonly Value<'resource'>[]
  /** Whether weight decay applies to it. */
  readonly decays: boolean
  /** In the shape of the variable. */
  readonly gradient: Value
  /** What must have run before the update. */
  readonly after: readonly AnyValue[]
}

/** An optimizer's update rule. */
export interface OptimizerMethod {
  /** The state kept for each trained variable, in its shape, initially 0. */
  readonly slots: readonly string[]
  /** Names of the numbers fed at each step. */
  readonly numbers: readonly string[]
  /** Their values for a step (from 1 on), computed in double precision. */
  readonly numbersAt: (step: number, pace: Pace) => readonly number[]
  /** Adds the nodes that all updates share. The returned function adds the update of one variable. */
  readonly updaterIn: (graph: GraphBuilder, numbers: readonly Value[]) => (update: VariableUpdate) => AnyValue
}
