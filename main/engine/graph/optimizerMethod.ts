import type { AnyValue, GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import type { Pace } from '../../../core/run/schedule.ts'

/** One variable to be updated. */
export interface VariableUpdate {
  readonly name: string
  /** Handles of the variable and of its slots, in the order of the method's slots. */
  readonly variable: Value<'resource'>
  readonly slots: readonly Value<'resource'>[]
  /** Whether weight decay takes hold of it. */
  readonly decays: boolean
  /** Shaped as the variable. */
  readonly gradient: Value
  /** What must have run before the update. */
  readonly after: readonly AnyValue[]
}

/** How variables follow their gradients. */
export interface OptimizerMethod {
  /** What is kept beside each trained variable, shaped as it and 0 at first. */
  readonly slots: readonly string[]
  /** Names of the numbers that are fed at each step. */
  readonly numbers: readonly string[]
  /** Their values for a step (from 1 on), computed in double precision. */
  readonly numbersAt: (step: number, pace: Pace) => readonly number[]
  /** Adds what all updates share; the function that it returns adds one variable's update. */
  readonly updaterIn: (graph: GraphBuilder, numbers: readonly Value[]) => (update: VariableUpdate) => AnyValue
}
