/** What follows from the number in a field. */
export interface FieldNote {
  readonly text: string
  readonly warning: boolean
}
