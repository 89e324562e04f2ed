import type { Component } from 'svelte'
import type { LessonId } from '../../../core/lessons/lessonId.ts'
import ActivationFigure from './figures/ActivationFigure.svelte'
import BatchFigure from './figures/BatchFigure.svelte'
import ConvolutionFigure from './figures/ConvolutionFigure.svelte'
import DenseFigure from './figures/DenseFigure.svelte'
import DistortionFigure from './figures/DistortionFigure.svelte'
import ImageFigure from './figures/ImageFigure.svelte'
import LandscapeFigure from './figures/LandscapeFigure.svelte'
import NeuronFigure from './figures/NeuronFigure.svelte'
import SoftmaxFigure from './figures/SoftmaxFigure.svelte'
import SubsamplingFigure from './figures/SubsamplingFigure.svelte'
import TanhFigure from './figures/TanhFigure.svelte'
import TestSetFigure from './figures/TestSetFigure.svelte'
import WeightsFigure from './figures/WeightsFigure.svelte'

/** What one plays with in each lesson. */
export const lessonFigures: { readonly [Id in LessonId]: Component } = {
  image: ImageFigure,
  neuron: NeuronFigure,
  convolution: ConvolutionFigure,
  subsampling: SubsamplingFigure,
  activation: ActivationFigure,
  dense: DenseFigure,
  softmax: SoftmaxFigure,
  landscape: LandscapeFigure,
  batch: BatchFigure,
  weights: WeightsFigure,
  distortion: DistortionFigure,
  'test-set': TestSetFigure,
  tanh: TanhFigure,
}
