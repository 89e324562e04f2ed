import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** Runs beside each other, and sweeps over settings. */
export const comparisonTerms = {
  repeats: term(
    { en: 'Repeats', ru: 'Повторы запуска' },
    {
      en: 'Runs that are equal but for the seed. How much they differ shows what chance does; a difference between settings must be larger than that.',
      ru: 'Запуски, которые отличаются только зерном. Их разброс показывает, что делает случай; разница между настройками должна быть больше него.',
    },
    'weights',
  ),
  deviation: term(
    { en: 'Standard deviation', ru: 'Стандартное отклонение' },
    {
      en: 'How far values usually lie from their mean. Of runs that differ in the seed alone, it is the size of chance; it does not shrink with more runs, it only becomes better known.',
      ru: 'Насколько значения обычно отстоят от среднего. У запусков, которые отличаются только зерном, это размер случайности; с новыми запусками оно не уменьшается, а лишь становится точнее известно.',
    },
    'test-set',
  ),
  interval: term(
    m.repeats_column_interval,
    {
      en: 'Where the true mean probably lies: of a hundred such intervals, about 95 contain it. It becomes narrower with more runs or images.',
      ru: 'Где, вероятно, лежит истинное среднее: из ста таких интервалов примерно 95 его содержат. С новыми запусками или изображениями он сужается.',
    },
    'test-set',
  ),
  'p-value': term(
    { en: 'p value', ru: 'Значение p' },
    {
      en: 'How often chance alone would give so large a difference, if there were none. Small, it is hard to believe in chance; it does not say how large or important the difference is.',
      ru: 'Как часто один только случай дал бы такую разницу, если бы её не было. Если p мало, в случайность поверить трудно; о величине и важности разницы оно не говорит.',
    },
    'test-set',
  ),
  'equal-training': term(
    m.footing_title,
    {
      en: 'All runs are measured where they have had equally much: steps, images or time. A run that trained longer is no better for that alone.',
      ru: 'Все запуски сравниваются там, где они получили поровну: шагов, изображений или времени. Запуск не лучше только потому, что обучался дольше.',
    },
    'test-set',
  ),
  fairness: term(
    m.fair_title,
    {
      en: 'Whether the runs were measured alike: on the same test images, in the same way, after as much training. Otherwise a difference may come from that.',
      ru: 'Одинаково ли проверялись запуски: на тех же тестовых изображениях, тем же способом, после такого же обучения. Иначе разница может возникнуть из-за этого.',
    },
    'test-set',
  ),
  sweep: term(
    m.column_sweep,
    {
      en: 'Many runs that differ in chosen settings, to see which values are best. The best of many is also the luckiest: try it once more under other seeds.',
      ru: 'Много запусков, которые отличаются выбранными настройками, — чтобы увидеть, какие значения лучше. Лучший из многих ещё и самый везучий: повторите его с другими зёрнами.',
    },
    'test-set',
  ),
  'ray-cluster': term(
    m.cluster_ray,
    {
      en: 'Computers that share work through Ray, a free program that somebody has set up there. Conv Lab sends the sweep; each run trains on one of them and comes home with its curves and checkpoints.',
      ru: 'Компьютеры, которые делят между собой работу с помощью Ray — свободной программы, которую там установили. Conv Lab отправляет перебор; каждый запуск обучается на одном из узлов, а его графики и контрольные точки приходят сюда.',
    },
    null,
  ),
  'sweep-grid': term(
    { en: 'Grid of values', ru: 'Перебор по сетке' },
    {
      en: 'Every combination of the values. With each setting more the number of runs is multiplied.',
      ru: 'Все сочетания значений. С каждой новой настройкой число запусков умножается.',
    },
    null,
  ),
  'sweep-random': term(
    { en: 'Random points', ru: 'Случайные точки' },
    {
      en: 'So many points at random. Each gives every setting another value, so a setting that matters is tried at more values than a grid would.',
      ru: 'Столько случайных точек. В каждой у всех настроек новые значения, поэтому важная настройка проверяется в большем числе значений, чем по сетке.',
    },
    null,
  ),
  'sweep-halving': term(
    { en: 'Stopping poor runs early (ASHA)', ru: 'Раннее завершение слабых запусков (ASHA)' },
    {
      en: 'All runs train a little, only the best go on, again and again. It saves most of the time, but what starts slowly is lost.',
      ru: 'Все запуски обучаются немного, дальше идут только лучшие, и так несколько раз. Экономит большую часть времени, но то, что начинает медленно, теряется.',
    },
    'test-set',
  ),
  'sweep-first-steps': term(
    { en: 'Steps at first', ru: 'Шагов вначале' },
    {
      en: 'After how many steps the first runs are ended. Few are cheap, but at the beginning luck counts for much.',
      ru: 'Через сколько шагов заканчиваются первые запуски. Чем меньше, тем дешевле, но вначале многое решает везение.',
    },
    null,
  ),
  'sweep-factor': term(
    { en: 'Keep 1 of …', ru: 'Оставлять 1 из …' },
    {
      en: 'Of so many runs one goes on, with so many times the steps. A larger number is faster and drops more good runs by mistake.',
      ru: 'Из стольких запусков продолжается один, и шагов у него во столько же раз больше. Чем число больше, тем быстрее, но тем чаще по ошибке отбрасывается хороший запуск.',
    },
    null,
  ),
  'sweep-seeds': term(
    { en: 'Seeds for each point', ru: 'Число зёрен на точку' },
    {
      en: 'How often each point is trained, each time under another seed. More of them tell luck from merit, at as many times the cost.',
      ru: 'Сколько раз обучается каждая точка, каждый раз с новым зерном. Чем больше, тем лучше видно, где везение, а где заслуга, но и времени нужно во столько же раз больше.',
    },
    'weights',
  ),
  'effect-share': term(
    { en: 'Share of the differences', ru: 'Доля различий' },
    {
      en: 'How much of the differences between results goes with this setting alone. Near 0 it hardly mattered, near 1 it decided nearly everything.',
      ru: 'Какая часть различий между результатами связана с одной этой настройкой. Около 0 она почти не важна, около 1 решила почти всё.',
    },
    null,
  ),
  'rank-correlation': term(
    m.sweep_effect_correlation,
    {
      en: 'Whether larger values of the setting go with better results: 1 always, −1 never, 0 no trend. Only the order counts, so a curve with a top in the middle may give 0.',
      ru: 'Дают ли большие значения настройки лучшие результаты: 1 — всегда, −1 — наоборот, 0 — тенденции нет. Важен только порядок, поэтому кривая с вершиной посередине может дать 0.',
    },
    null,
  ),
  'best-on-average': term(
    { en: 'Best on average', ru: 'Лучшее в среднем' },
    {
      en: 'The value whose runs did best on average over all other settings. The best single run may have another one.',
      ru: 'Значение, запуски с которым в среднем по остальным настройкам лучше всех. У лучшего отдельного запуска оно может быть другим.',
    },
    null,
  ),
} as const satisfies Readonly<Record<string, Term>>
