/** A colour as `#rrggbb`. */
export type Hex = `#${string}`

/** Linear light of each channel, from lightness 0 to 1, chroma and hue in degrees (Ottosson 2020, "A perceptual color space"). */
function linearLight(lightness: number, chroma: number, hue: number): readonly [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

function hexOf(linear: readonly number[]): Hex {
  const channels = linear.map((light) => {
    const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055
    return Math.round(255 * Math.min(1, Math.max(0, value)))
  })
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/**
 * A colour of OKLCH in sRGB. Where a screen cannot show it, with as much chroma as it can.
 * @param lightness 0 (black) to 1 (white).
 * @param chroma 0 (grey) to about 0.3.
 * @param hue In degrees.
 */
export function oklch(lightness: number, chroma: number, hue: number): Hex {
  const fits = (linear: readonly number[]): boolean => linear.every((light) => light >= -1e-4 && light <= 1 + 1e-4)
  for (let less = chroma; less > 0; less -= 0.005) {
    const linear = linearLight(lightness, less, hue)
    if (fits(linear)) return hexOf(linear)
  }
  return hexOf(linearLight(lightness, 0, hue))
}
