import type { KernelTensor } from './kernelPlanes.ts'
import type { Picture } from './mapGrid.ts'

/**
 * A kernel that takes red, green and blue, as a picture in these colours. The scale is the kernel's own: its largest
 * absolute weight is 0 or 255, and a weight of zero is mid grey (128) in its channel.
 * @param kernel `[height, width, 3, out]`.
 */
export function colourKernel({ shape, data }: KernelTensor, number: number): Picture {
  const [height, width, channels, outputs] = shape
  const weightAt = (place: number, channel: number): number => data[(place * channels + channel) * outputs + number]
  let largest = 0
  for (let index = number; index < data.length; index += outputs) largest = Math.max(largest, Math.abs(data[index]))
  const pixels = new Uint8Array(height * width * 4).fill(255)
  for (let place = 0; place < height * width; place += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const share = largest === 0 ? 0 : weightAt(place, channel) / largest
      pixels[place * 4 + channel] = Math.round(127.5 + 127.5 * share)
    }
  }
  return { height, width, pixels }
}
