/** A tensor by value, outside TensorFlow: float32 in row-major order. */
export interface TensorValue {
  readonly shape: readonly number[]
  readonly data: Float32Array
}
