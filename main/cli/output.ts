/** What the output needs of standard output. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string, whenTaken?: () => void): unknown
}

const clearLine = '\r\u001b[2K'
/** The width of a terminal that does not state one. */
const usualColumns = 80

/** Standard output of a command: one JSON value a line, or words for a person with a progress line at the bottom. */
export class Output {
  readonly json: boolean
  readonly #terminal: Terminal
  #progress = false

  constructor(terminal: Terminal, json: boolean) {
    this.#terminal = terminal
    this.json = json
  }

  /** Whether a progress line can be shown, which needs a terminal. */
  get live(): boolean {
    return !this.json && this.#terminal.isTTY === true
  }

  get columns(): number {
    return this.#terminal.columns ?? usualColumns
  }

  /** Reports something: the value with `--json`, otherwise the words, if there are any. */
  tell(value: object, words?: string): void {
    if (this.json) this.#terminal.write(`${JSON.stringify(value)}\n`)
    else if (words !== undefined) this.#terminal.write(`${this.#takeProgress()}${words}\n`)
  }

  /** Redraws the progress line; does nothing without a terminal. */
  progress(line: string): void {
    if (!this.live) return
    this.#progress = true
    this.#terminal.write(`${clearLine}${line}`)
  }

  /** Removes the progress line. */
  end(): void {
    this.#terminal.write(this.#takeProgress())
  }

  /** Resolves when everything was written or has failed. A failure comes as the terminal's `error`. */
  flushed(): Promise<void> {
    return new Promise((resolve) => this.#terminal.write('', () => resolve()))
  }

  #takeProgress(): string {
    if (!this.#progress) return ''
    this.#progress = false
    return clearLine
  }
}
