import * as m from '../../messages/compiled/messages.js'
import { plain, productsText, rounded, term, type TextsOf } from './questionText.ts'

type MapQuestions =
  | 'convolution-sum'
  | 'convolution-size'
  | 'convolution-padded'
  | 'subsampling-mean'
  | 'subsampling-neuron'
  | 'subsampling-size'

/** A window of two by two. */
function windowOf(values: readonly number[]) {
  return { label: m.lesson_window(), values, columns: 2 }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Of convolution and subsampling. */
export const mapTexts: TextsOf<MapQuestions> = {
  'convolution-sum': {
    ask: ({ bias }, format) => m.ask_convolution_sum({ bias: plain(bias, format) }),
    grids: ({ patch, kernel }) => [
      { label: m.lesson_patch(), values: patch, columns: 3 },
      { label: m.lesson_kernel(), values: kernel, columns: 3 },
    ],
    working: ({ patch, kernel, bias }, answer, format) => {
      const pairs = patch.map((value, index) => [value, kernel[index]] as const).filter(([, weight]) => weight !== 0)
      const products = pairs.length === 0 ? '0' : productsText(pairs, format)
      return `${products} + ${term(bias, format)} ${rounded(answer, 0, format)}`
    },
  },
  'convolution-size': {
    ask: (given) => m.ask_convolution_size(given),
    working: ({ extent, kernel, stride }, answer, format) =>
      `⌊(${extent} − ${kernel}) / ${stride}⌋ + 1 ${rounded(answer, 0, format)}`,
  },
  'convolution-padded': {
    ask: (given) => m.ask_convolution_padded(given),
    working: ({ extent, stride }, answer, format) => `⌈${extent} / ${stride}⌉ ${rounded(answer, 0, format)}`,
  },
  'subsampling-mean': {
    ask: ({ takes }) => (takes === 'largest' ? m.ask_subsampling_largest() : m.ask_subsampling_mean()),
    grids: ({ window }) => [windowOf(window)],
    working: ({ window, takes }, answer, format) =>
      takes === 'largest'
        ? `max(${window.join('; ')}) ${rounded(answer, 2, format)}`
        : `(${window.join(' + ')}) / 4 ${rounded(answer, 2, format)}`,
  },
  'subsampling-neuron': {
    ask: ({ scale, shift }, format) =>
      m.ask_subsampling_neuron({ scale: plain(scale, format), shift: plain(shift, format) }),
    grids: ({ window }) => [windowOf(window)],
    working: ({ window, scale, shift }, answer, format) => {
      const mean = sumOf(window) / window.length
      const inner = `${term(scale, format)} · ${plain(mean, format)} + ${term(shift, format)}`
      return `f(${inner}) = max(0; ${plain(scale * mean + shift, format)}) ${rounded(answer, 2, format)}`
    },
  },
  'subsampling-size': {
    ask: (given) => m.ask_subsampling_size(given),
    working: ({ extent, maps }, answer, format) =>
      `(${extent} / 2) · (${extent} / 2) · ${maps} ${rounded(answer, 0, format)}`,
  },
}
