/** The column of the table that is being moved by pointer; one at a time. */
class ColumnMove {
  /** Pixels that a pressed pointer goes before it moves the column: less is a click. */
  readonly threshold = 6
  #from = $state<number | null>(null)
  #to = $state<number | null>(null)

  /** Takes the column at a place to another; null: the pointer is at none. */
  over(from: number, to: number | null): void {
    this.#from = from
    this.#to = to
  }

  end(): void {
    this.#from = null
    this.#to = null
  }

  /** By how many places the column moves when it is let go now. */
  get by(): number {
    return this.#from === null || this.#to === null ? 0 : this.#to - this.#from
  }

  /** On which side of the column at a place the moved one will stand; null where it goes elsewhere. */
  edgeAt(place: number): 'before' | 'after' | null {
    if (place !== this.#to || this.by === 0) return null
    return this.by < 0 ? 'before' : 'after'
  }
}

export const columnMove = new ColumnMove()
