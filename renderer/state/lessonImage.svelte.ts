import { untrack } from 'svelte'
import { drawnPicture, type LessonPicture } from '../../core/lessons/drawnPicture.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { nextRun } from './nextRun.svelte.ts'

/** Images of a set that a student can go through in the lessons. */
const count = 20

interface Shown {
  readonly picture: LessonPicture
  /** What the page shows it by. */
  readonly address: string
  /** The name of its set; null for a picture that the program draws. */
  readonly dataset: string | null
}

/** Draws a picture on a canvas, a pixel a pixel. */
export function drawPicture(canvas: HTMLCanvasElement, { height, width, channels, pixels }: LessonPicture): void {
  Object.assign(canvas, { height, width })
  const data = new ImageData(width, height)
  for (let index = 0; index < height * width; index += 1) {
    for (let channel = 0; channel < 3; channel += 1)
      data.data[4 * index + channel] = pixels[index * channels + Math.min(channel, channels - 1)]
    data.data[4 * index + 3] = 255
  }
  canvas.getContext('2d')?.putImageData(data, 0, 0)
}

function addressOf(picture: LessonPicture): string {
  const canvas = document.createElement('canvas')
  drawPicture(canvas, picture)
  return canvas.toDataURL()
}

/** The pixels of the picture at an address. */
async function pictureAt(address: string, channels: 1 | 3): Promise<LessonPicture | null> {
  const image = new Image()
  image.src = address
  try {
    await image.decode()
  } catch {
    return null
  }
  const { naturalHeight: height, naturalWidth: width } = image
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { height, width })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return null
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  const pixels = Uint8Array.from(
    { length: height * width * channels },
    (_, index) => data[4 * Math.floor(index / channels) + (index % channels)],
  )
  return { height, width, channels, pixels }
}

/**
 * The image that the lessons play with: one of the set that the student has chosen, or one that the program draws where
 * there is none on this computer.
 */
export class LessonImage {
  shown = $state.raw<Shown | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>
  #place = 0

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /** Shows the first image of the chosen set. */
  begin(): Promise<void> {
    return untrack(() => {
      this.#place = 0
      return this.next()
    })
  }

  /** Shows an image of the chosen set; another one at each call. */
  async next(): Promise<void> {
    const dataset = nextRun.dataset
    this.#place += 1
    const place = this.#place
    const own = dataset === null ? null : await this.#ofSet(dataset, place)
    if (place !== this.#place) return
    const drawn = drawnPicture()
    this.shown = own ?? { picture: drawn, address: addressOf(drawn), dataset: null }
  }

  async #ofSet(entry: DatasetEntry, place: number): Promise<Shown | null> {
    if (entry.state !== 'ready') return null
    const answer = await this.#lab.ask((client) =>
      client.datasets.samples({ dataset: entry.id, split: 'train', count, seed: 0 }),
    )
    if (!answer.ok || answer.value.length === 0) return null
    const { url } = answer.value[(place - 1) % answer.value.length]
    const picture = await pictureAt(url, entry.image.channels)
    return picture === null ? null : { picture, address: url, dataset: entry.name }
  }
}

export const lessonImage = new LessonImage()
