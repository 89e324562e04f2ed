/** Under an image: what is answered for it, and whether that is right. */
export interface Caption {
  readonly text: string
  readonly right: boolean
}
