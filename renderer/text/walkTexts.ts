import type { WalkStep } from '../../core/start/walk.ts'
import * as m from '../messages/compiled/messages.js'

/** What a step of the walk is called, what to do at it, and what to notice. */
export const walkTexts: Readonly<
  Record<WalkStep, { readonly title: () => string; readonly todo: () => string; readonly notice: () => string }>
> = {
  data: { title: m.walk_data, todo: m.walk_data_do, notice: m.walk_data_notice },
  images: { title: m.walk_images, todo: m.walk_images_do, notice: m.walk_images_notice },
  network: { title: m.walk_network, todo: m.walk_network_do, notice: m.walk_network_notice },
  train: { title: m.walk_train, todo: m.walk_train_do, notice: m.walk_train_notice },
  look: { title: m.walk_look, todo: m.walk_look_do, notice: m.walk_look_notice },
  compare: { title: m.walk_compare, todo: m.walk_compare_do, notice: m.walk_compare_notice },
}
