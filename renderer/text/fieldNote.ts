/** A note about what the number in a field implies. */
export interface FieldNote {
  readonly text: string
  readonly warning: boolean
}
