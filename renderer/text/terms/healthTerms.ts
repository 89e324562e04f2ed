import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** How a network is doing inside while it trains. */
export const healthTerms = {
  health: term(
    m.health_title,
    {
      en: 'Whether gradients reach all layers, how large steps are, and which neurons have fallen silent. It tells early why a run does not learn.',
      ru: 'Доходит ли градиент до всех слоёв, насколько велики шаги и какие нейроны замолчали. Рано подсказывает, почему запуск не учится.',
    },
    'activation',
  ),
  'health-every': term(
    { en: 'How often health is measured', ru: 'Частота измерений состояния' },
    {
      en: 'After how many steps the inside of the network is measured. More often shows more and takes a little time; it changes no bit of the run.',
      ru: 'Через сколько шагов измеряется, что происходит внутри сети. Чаще — подробнее, но требует немного времени; на результат запуска не влияет.',
    },
    'activation',
  ),
  'silent-units': term(
    { en: 'Silent units', ru: 'Молчащие нейроны' },
    {
      en: 'Neurons or maps that give nothing above 0 for any image. A few are usual; many mean that the learning rate is too high, for they seldom come back.',
      ru: 'Нейроны или карты, которые ни на одном изображении не дают ничего выше 0. Немного таких бывает всегда; много — признак слишком большой скорости обучения: оживают они редко.',
    },
    'activation',
  ),
  'gradient-norm': term(
    m.health_gradient_norm,
    {
      en: 'The length of the gradient of a layer. If it falls from layer to layer towards the image, the gradient vanishes; if it grows without end, it explodes.',
      ru: 'Длина градиента слоя. Если к началу сети она падает от слоя к слою, градиент затухает; если растёт без предела — взрывается.',
    },
    'activation',
  ),
  'update-ratio': term(
    m.health_update_ratio,
    {
      en: 'How long a step is, measured by the weights that it changes. About 0.001 is usual; much more is restless, much less hardly learns.',
      ru: 'Насколько велик шаг по сравнению с весами, которые он меняет. Обычно около 0,001; намного больше — обучение неспокойно, намного меньше — почти не движется.',
    },
    'landscape',
  ),
  histogram: term(
    { en: 'Histogram', ru: 'Гистограмма' },
    {
      en: 'How often values of each size occur. If they gather at 0 or at the ends, something fades or saturates.',
      ru: 'Как часто встречаются значения каждой величины. Если они собираются у нуля или у краёв, что-то угасает или насыщается.',
    },
    'weights',
  ),
  weights: term(
    m.health_weights,
    {
      en: 'The numbers by which inputs are multiplied. Training finds them; all that a network knows is in them.',
      ru: 'Числа, на которые умножаются входы. Их находит обучение, и в них всё, что знает сеть.',
    },
    'neuron',
  ),
  activations: term(
    m.health_activations,
    {
      en: 'What the neurons of a layer give for an image.',
      ru: 'То, что выдают нейроны слоя на изображении.',
    },
    'activation',
  ),
} as const satisfies Readonly<Record<string, Term>>
