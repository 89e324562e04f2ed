/** A layer that is dragged by its grip to another place in the list. */
export class LayerDrag {
  name = $state<string | null>(null)
  /** The place where it would be put, counted with it: before the row of this number. */
  #target = $state<number | null>(null)
  #from = 0
  readonly #move: (name: string, place: number) => boolean

  /** @param move Moves a layer to a place that is counted without it. */
  constructor(move: (name: string, place: number) => boolean) {
    this.#move = move
  }

  begin(event: PointerEvent & { readonly currentTarget: HTMLElement }, name: string, place: number): void {
    event.currentTarget.setPointerCapture(event.pointerId)
    this.name = name
    this.#from = place
    this.#target = null
  }

  follow(event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
    if (this.name === null) return
    const rows = [
      ...(event.currentTarget.closest('[role="grid"]')?.querySelectorAll<HTMLElement>('[data-place]') ?? []),
    ]
    const before = rows.findIndex((row) => {
      const box = row.getBoundingClientRect()
      return event.clientY < box.top + box.height / 2
    })
    const target = before < 0 ? rows.length : before
    this.#target = target === this.#from || target === this.#from + 1 ? null : target
  }

  end(event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
    this.follow(event)
    const [name, target] = [this.name, this.#target]
    this.cancel()
    if (name !== null && target !== null) this.#move(name, target > this.#from ? target - 1 : target)
  }

  cancel(): void {
    this.name = null
    this.#target = null
  }

  /** Whether the line that shows where it would be put is above the row of a place; the head has the place after the last. */
  showsAbove(place: number): boolean {
    return this.#target === place
  }
}
