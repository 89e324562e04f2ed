/** The peaks of all maps of a layer over many images: for each map the images whose largest value in it is highest. */
export interface Peaks {
  /** `[maps, most]`, descending; NaN where there were not so many images with a finite value. */
  readonly values: Float32Array
  /** Number of the image of each. */
  readonly numbers: Uint32Array
  /** Place of the value in its map, row by row. */
  readonly places: Uint32Array
}

/** Collects the highest peaks of each map, image by image. Of equal ones the earlier images stay. */
export class HighestPeaks implements Peaks {
  readonly values: Float32Array
  readonly numbers: Uint32Array
  readonly places: Uint32Array
  readonly #most: number

  /** @param most Images that are kept for each map. */
  constructor(maps: number, most: number) {
    this.#most = most
    this.values = new Float32Array(maps * most).fill(NaN)
    this.numbers = new Uint32Array(maps * most)
    this.places = new Uint32Array(maps * most)
  }

  /**
   * Takes an image into account.
   * @param peaks The largest value of each map; one that is not finite does not count.
   */
  add(number: number, peaks: Float32Array): void {
    peaks.forEach((value, map) => {
      if (Number.isFinite(value)) this.#insert(map, number, value)
    })
  }

  /** The images that are kept for some map, each once, ascending. */
  images(): Uint32Array {
    return new Uint32Array(new Set(this.numbers.filter((_, at) => !Number.isNaN(this.values[at])))).sort()
  }

  /** Tells where the peaks of an image are. @param places For each map. */
  locate(number: number, places: Int32Array): void {
    this.numbers.forEach((one, at) => {
      if (one === number) this.places[at] = places[Math.floor(at / this.#most)]
    })
  }

  #insert(map: number, number: number, value: number): void {
    const [first, last] = [map * this.#most, (map + 1) * this.#most - 1]
    // A comparison with NaN is false, so an empty place is always taken.
    if (this.values[last] >= value) return
    let at = last
    while (at > first && !(this.values[at - 1] >= value)) {
      this.values[at] = this.values[at - 1]
      this.numbers[at] = this.numbers[at - 1]
      at -= 1
    }
    this.values[at] = value
    this.numbers[at] = number
  }
}
