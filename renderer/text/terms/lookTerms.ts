import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** What is seen inside of a network, and why it answers as it does. */
export const lookTerms = {
  'feature-map': term(
    m.tab_maps,
    {
      en: 'What one kernel found, and where: bright where its pattern fits. Maps near the image show edges and colours, later ones parts of things.',
      ru: 'Что и где нашло одно ядро: ярко там, где подходит его рисунок. Карты в начале сети показывают края и цвета, дальше — части предметов.',
    },
    'convolution',
  ),
  prediction: term(
    m.prediction_card,
    {
      en: 'The probabilities that the network gives to the classes. The largest is its answer; how large it is says how sure it is, not how right.',
      ru: 'Вероятности, которые сеть даёт классам. Наибольшая — её ответ; насколько она велика, говорит об уверенности, а не о правоте.',
    },
    'softmax',
  ),
  entropy: term(
    { en: 'Entropy', ru: 'Энтропия' },
    {
      en: 'How undecided the network is, in bits. 0: all of its probability is on one class; the largest possible: all classes are equal to it.',
      ru: 'Насколько сеть колеблется, в битах. 0 — вся вероятность у одного класса, наибольшее значение — все классы для неё равны.',
    },
    'softmax',
  ),
  saliency: term(
    m.saliency,
    {
      en: 'The gradient of the answer by each pixel. Where it is large, a small change there would change the answer most.',
      ru: 'Градиент ответа по каждому пикселю. Где он велик, малое изменение сильнее всего изменило бы ответ.',
    },
    'landscape',
  ),
  'grad-cam': term(
    m.cam,
    {
      en: 'Adds up the maps of a layer, each by how much it speaks for the class. The result shows where the network looks; late layers are coarse, early ones fine and less to the point.',
      ru: 'Складывает карты слоя с весом, насколько каждая говорит за класс. Видно, куда смотрит сеть; у последних слоёв карта грубая, у первых — подробная, но менее точная по смыслу.',
    },
    'convolution',
  ),
  occlusion: term(
    m.occlusion,
    {
      en: 'Covers the image place by place and asks the network anew each time. Where its probability falls, it had seen something that it needs. A large patch is faster and coarser.',
      ru: 'Закрывает изображение место за местом и каждый раз снова спрашивает сеть. Где вероятность падает, там было что-то нужное. Большой квадрат быстрее, но грубее.',
    },
    null,
  ),
  'adversarial-step': term(
    m.fgsm,
    {
      en: 'Moves all pixels a little in the direction that makes the loss grow. A change that no eye notices is often enough: the network sees otherwise than we do.',
      ru: 'Чуть сдвигает все пиксели в сторону, где растут потери. Часто хватает изменения, которого глаз не заметит: сеть видит иначе, чем мы.',
    },
    'landscape',
  ),
  exciters: term(
    { en: 'Images that excite a neuron most', ru: 'Изображения, сильнее всего возбуждающие нейрон' },
    {
      en: 'The images on which a map or neuron gives its largest values. What they have in common is what it looks for.',
      ru: 'Изображения, на которых карта или нейрон дают наибольшие значения. Общее у них — то, что нейрон ищет.',
    },
    'convolution',
  ),
  'activation-maximisation': term(
    { en: 'Activation maximisation', ru: 'Максимизация активации' },
    {
      en: 'An image that was changed pixel by pixel until a neuron answered as strongly as it can. It shows what the neuron looks for, not what there is in the world.',
      ru: 'Изображение, которое меняли пиксель за пикселем, пока нейрон не ответил как можно сильнее. Оно показывает, что нейрон ищет, а не то, что бывает на самом деле.',
    },
    'landscape',
  ),
} as const satisfies Readonly<Record<string, Term>>
