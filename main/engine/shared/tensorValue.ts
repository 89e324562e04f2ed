/** A tensor by value: float32 in row-major order, outside of TensorFlow. */
export interface TensorValue {
  readonly shape: readonly number[]
  readonly data: Float32Array
}
