import type { Language } from '../words/language.ts'
import type { ExampleKey } from './recordedRun.ts'

/** What the runs of the example are called and tagged, and what their notes say. A person may change all of it. */
export const exampleWords: Record<
  Language,
  { readonly tag: string; readonly runs: Record<ExampleKey, { readonly name: string; readonly note: string }> }
> = {
  en: {
    tag: 'example',
    runs: {
      good: {
        name: 'Example: a good rate',
        note: 'The training images are distorted, so the network never sees the same image twice. Accuracy on the test images keeps rising together with that on the training images.',
      },
      fast: {
        name: 'Example: the rate is too high',
        note: 'The same, but the learning rate is 0.05. The first steps were so large that the ReLUs fell silent: see the health of the network. It answers no better than chance.',
      },
      undistorted: {
        name: 'Example: no distortions',
        note: 'The same, but the training images are shown as they are. The network knows them by heart soon, and its test loss rises: overfitting.',
      },
    },
  },
  ru: {
    tag: 'пример',
    runs: {
      good: {
        name: 'Пример: удачная скорость',
        note: 'Обучающие изображения искажаются, поэтому сеть никогда не видит одно и то же изображение дважды. Точность на тестовой выборке растёт вместе с точностью на обучающей.',
      },
      fast: {
        name: 'Пример: скорость слишком велика',
        note: 'То же самое, но скорость обучения 0,05. Первые шаги были так велики, что нейроны ReLU замолчали: посмотрите на здоровье сети. Она отвечает не лучше, чем наугад.',
      },
      undistorted: {
        name: 'Пример: без искажений',
        note: 'То же самое, но обучающие изображения показаны без искажений. Сеть быстро запоминает их наизусть, а потери на тестовой выборке растут: это переобучение.',
      },
    },
  },
}
