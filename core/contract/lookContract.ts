import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { BatchOfStep, BatchQuestion, DistortionsQuestion, DrawnDistortions } from '../inspect/distorting.ts'
import {
  CamQuestion,
  FgsmAnswer,
  HeatMap,
  OcclusionEvent,
  OcclusionQuestion,
  SaliencyQuestion,
} from '../inspect/explaining.ts'
import {
  GivenImage,
  ImageSearch,
  LayerMaps,
  LayerQuestion,
  LookImage,
  LookQuestion,
  MapQuestion,
  MapValues,
  Prediction,
} from '../inspect/looking.ts'
import { AscentEvent, AscentQuestion } from '../inspect/ascending.ts'
import { ExciteEvent, ExciteQuestion } from '../inspect/exciting.ts'
import { SearchEvent } from '../inspect/imageSearch.ts'
import { ImageChoice } from '../inspect/imageChoice.ts'
import { KernelsQuestion, LayerKernels } from '../inspect/layerKernels.ts'
import { ValueQuestion, ValueSum } from '../inspect/valueSum.ts'
import { PictureOptions, PictureQuestion } from '../inspect/pictureQuestion.ts'
import { RunId } from '../run/run.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/**
 * Looking inside networks. Answered by an engine of its own, so that no question waits for a run that trains. Pictures
 * have addresses (`core/inspect/pictureQuestion.ts`); here are numbers.
 */
export const lookContract = {
  /**
   * Takes the file of a picture to look at, in parts that come one after another under one name. Answers null until
   * the last part. The picture is kept in memory alone.
   */
  give: call
    .input(z.strictObject({ upload: z.uuid(), part: z.base64().max(800_000), last: z.boolean() }))
    .output(GivenImage.nullable()),
  /** What is known of an image without the network. */
  image: call.input(z.strictObject({ run: RunId, image: ImageChoice })).output(LookImage),
  /** Looks for an image; who stops listening ends it. Computes only where wrong answers are wanted. */
  find: call.input(ImageSearch).output(eventIterator(SearchEvent)),
  predict: call.input(LookQuestion).output(Prediction),
  /** The maps of a layer in figures: its own output, for a convolution before its activation. */
  maps: call.input(LayerQuestion).output(LayerMaps),
  /** All values of one map. */
  map: call.input(MapQuestion).output(MapValues),
  /** The kernels of a layer in figures. */
  kernels: call.input(KernelsQuestion).output(LayerKernels),
  /** How one value of a map was computed. */
  value: call.input(ValueQuestion).output(ValueSum),
  /** What of an image speaks for a class. */
  saliency: call.input(SaliencyQuestion).output(HeatMap),
  /** Where the maps of a layer speak for a class. */
  cam: call.input(CamQuestion).output(HeatMap),
  /** What becomes of an answer where a part of the image is covered; who stops listening ends it. */
  occlusion: call.input(OcclusionQuestion).output(eventIterator(OcclusionEvent)),
  /** The smallest step along the sign of the loss's gradient that changes the answer. */
  fgsm: call.input(LookQuestion).output(FgsmAnswer),
  /** The test images that excite a map most, from a pass over all of them; who stops listening ends it. */
  excite: call.input(ExciteQuestion).output(eventIterator(ExciteEvent)),
  /** Makes an image that excites a map or speaks for a class, by gradient ascent; who stops listening ends it. */
  ascent: call.input(AscentQuestion).output(eventIterator(AscentEvent)),
  /** What is drawn to distort an image, in a run or with settings that no run has yet. */
  distortions: call.input(DistortionsQuestion).output(DrawnDistortions),
  /** Which images the batch of a step has, and what is drawn for them. */
  batch: call.input(BatchQuestion).output(BatchOfStep),
  /** A picture as a file, for who has no window: base64. */
  picture: call
    .input(z.strictObject({ question: PictureQuestion, options: PictureOptions }))
    .output(z.strictObject({ type: z.string(), bytes: z.base64() })),
}
