import type { LessonId } from '../../../core/lessons/lessonId.ts'
import * as m from '../../messages/compiled/messages.js'

/** What a lesson says, and where one does in the lab what it is about. */
interface LessonText {
  readonly title: () => string
  readonly paragraphs: readonly (() => string)[]
  /** What to try with its figure. */
  readonly play: () => string
  /** What the way to the page in the lab is called. */
  readonly todo: () => string
  readonly page: 'data' | 'network' | 'train' | 'look' | 'compare'
}

export const lessonTexts: { readonly [Id in LessonId]: LessonText } = {
  image: {
    title: m.lesson_image_title,
    paragraphs: [m.lesson_image_1, m.lesson_image_2],
    play: m.lesson_image_try,
    todo: m.lesson_image_do,
    page: 'data',
  },
  neuron: {
    title: m.lesson_neuron_title,
    paragraphs: [m.lesson_neuron_1, m.lesson_neuron_2],
    play: m.lesson_neuron_try,
    todo: m.lesson_neuron_do,
    page: 'look',
  },
  convolution: {
    title: m.lesson_convolution_title,
    paragraphs: [m.lesson_convolution_1, m.lesson_convolution_2],
    play: m.lesson_convolution_try,
    todo: m.lesson_convolution_do,
    page: 'look',
  },
  subsampling: {
    title: m.lesson_subsampling_title,
    paragraphs: [m.lesson_subsampling_1, m.lesson_subsampling_2],
    play: m.lesson_subsampling_try,
    todo: m.lesson_subsampling_do,
    page: 'network',
  },
  activation: {
    title: m.lesson_activation_title,
    paragraphs: [m.lesson_activation_1, m.lesson_activation_2],
    play: m.lesson_activation_try,
    todo: m.lesson_activation_do,
    page: 'train',
  },
  dense: {
    title: m.lesson_dense_title,
    paragraphs: [m.lesson_dense_1, m.lesson_dense_2],
    play: m.lesson_dense_try,
    todo: m.lesson_dense_do,
    page: 'network',
  },
  softmax: {
    title: m.lesson_softmax_title,
    paragraphs: [m.lesson_softmax_1, m.lesson_softmax_2],
    play: m.lesson_softmax_try,
    todo: m.lesson_softmax_do,
    page: 'look',
  },
  landscape: {
    title: m.lesson_landscape_title,
    paragraphs: [m.lesson_landscape_1, m.lesson_landscape_2],
    play: m.lesson_landscape_try,
    todo: m.lesson_landscape_do,
    page: 'train',
  },
  batch: {
    title: m.lesson_batch_title,
    paragraphs: [m.lesson_batch_1, m.lesson_batch_2],
    play: m.lesson_batch_try,
    todo: m.lesson_batch_do,
    page: 'train',
  },
  weights: {
    title: m.lesson_weights_title,
    paragraphs: [m.lesson_weights_1, m.lesson_weights_2],
    play: m.lesson_weights_try,
    todo: m.lesson_weights_do,
    page: 'network',
  },
  distortion: {
    title: m.lesson_distortion_title,
    paragraphs: [m.lesson_distortion_1, m.lesson_distortion_2],
    play: m.lesson_distortion_try,
    todo: m.lesson_distortion_do,
    page: 'look',
  },
  'test-set': {
    title: m.lesson_test_set_title,
    paragraphs: [m.lesson_test_set_1, m.lesson_test_set_2],
    play: m.lesson_test_set_try,
    todo: m.lesson_test_set_do,
    page: 'data',
  },
  tanh: {
    title: m.lesson_tanh_title,
    paragraphs: [m.lesson_tanh_1, m.lesson_tanh_2],
    play: m.lesson_tanh_try,
    todo: m.lesson_tanh_do,
    page: 'network',
  },
}
