/** Which name or note is being written in the table; one at a time. */
class Editing {
  run = $state<number | null>(null)
  field = $state<'name' | 'note'>('name')

  begin(run: number, field: 'name' | 'note'): void {
    this.run = run
    this.field = field
  }

  end(): void {
    this.run = null
  }

  isAt(run: number, field: 'name' | 'note'): boolean {
    return this.run === run && this.field === field
  }
}

export const editing = new Editing()
