import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** What a network gets wrong. */
export const errorTerms = {
  'confusion-matrix': term(
    m.confusion_title,
    {
      en: 'A row for each true class, a column for each answer. Right answers lie on the diagonal; a strong cell beside it names two classes that the network confuses.',
      ru: 'Строка — верный класс, столбец — ответ. Верные ответы лежат на диагонали; яркая клетка вне её называет два класса, которые сеть путает.',
    },
    'test-set',
  ),
  precision: term(
    { en: 'Precision', ru: 'Точность (precision)' },
    {
      en: 'Of the images that are answered with the class, the share that belongs to it. High where the network seldom names the class wrongly; it says nothing of images that were missed.',
      ru: 'Какая доля изображений с этим ответом действительно принадлежит классу. Высока, если сеть редко называет класс напрасно; о пропущенных изображениях не говорит.',
    },
    'test-set',
  ),
  recall: term(
    { en: 'Recall', ru: 'Полнота (recall)' },
    {
      en: 'Of the images of the class, the share that is answered with it. A network that always answers with one class has full recall there, and poor precision.',
      ru: 'Какая доля изображений класса найдена. У того, кто всегда отвечает одним классом, полнота для него полная, а точность низкая.',
    },
    'test-set',
  ),
  f1: term(
    m.f1,
    {
      en: 'High only if precision and recall both are: 2 · precision · recall / (precision + recall). With classes of unequal size it says more than accuracy.',
      ru: 'Высока, только если высоки и точность, и полнота: 2 · точность · полнота / (точность + полнота). При классах разного размера говорит больше, чем доля верных ответов.',
    },
    'test-set',
  ),
  support: term(
    { en: 'Support', ru: 'Изображений в классе' },
    {
      en: 'How many test images the class has. Of few, the other numbers of its row depend on luck.',
      ru: 'Сколько у класса тестовых изображений. Если мало, остальные числа строки зависят от везения.',
    },
    'test-set',
  ),
  'macro-mean': term(
    m.macro_mean,
    {
      en: 'The mean over the classes, each counting the same however many images it has. Far below accuracy, it tells of small classes that go wrong.',
      ru: 'Среднее по классам, где все весят одинаково, сколько бы изображений в них ни было. Если оно намного ниже доли верных ответов, плохо распознаются малые классы.',
    },
    'test-set',
  ),
  'top-k': term(
    { en: 'Top-k accuracy', ru: 'Верный среди первых k' },
    {
      en: 'How often the right class is among the k most probable ones. It grows with k; much above accuracy, the network is often nearly right.',
      ru: 'Как часто верный класс среди k самых вероятных. Растёт вместе с k; если намного выше доли верных ответов, сеть часто почти права.',
    },
    'softmax',
  ),
  calibration: term(
    m.calibration,
    {
      en: 'Whether probabilities mean what they say: of answers given with 80 %, 80 % should be right. The error is the mean distance from that; trained long, networks become too sure.',
      ru: 'Значат ли вероятности то, что говорят: из ответов с вероятностью 80 % верны должны быть 80 %. Ошибка — среднее отклонение от этого; после долгого обучения сети слишком уверены.',
    },
    'softmax',
  ),
  threshold: term(
    { en: 'Threshold', ru: 'Порог уверенности' },
    {
      en: 'The smallest probability with which an answer counts. Higher, more of the answers are right, and fewer images get one.',
      ru: 'Наименьшая вероятность, с которой ответ засчитывается. Чем она выше, тем больше верных среди ответов, но тем меньше изображений с ответом.',
    },
    'softmax',
  ),
  embedding: term(
    { en: 'Embedding', ru: 'Эмбеддинг' },
    {
      en: 'Each image is a point, by the numbers of the layer before the last; images that the network finds alike lie close together. Clear groups mean classes that are easy to tell apart.',
      ru: 'Каждое изображение — точка, поставленная по числам предпоследнего слоя; похожие для сети изображения лежат рядом. Чёткие группы — классы, которые легко различить.',
    },
    'dense',
  ),
  pca: term(
    m.plane_pca,
    {
      en: 'Looks at the points from the side from which they spread most. Distances are true as far as a plane can show them, and the same points always give the same picture.',
      ru: 'Смотрит на точки с той стороны, где их разброс наибольший. Расстояния верны, насколько это возможно на плоскости, и картина всегда одна и та же.',
    },
    null,
  ),
  umap: term(
    m.plane_umap,
    {
      en: 'Lays the points out so that neighbours stay neighbours. Groups show well, but how far they are apart and how large they are says little.',
      ru: 'Раскладывает точки так, чтобы соседи остались соседями. Группы видны хорошо, но расстояния между ними и их размер почти ничего не значат.',
    },
    null,
  ),
  neighbours: term(
    { en: 'Neighbours', ru: 'Соседи' },
    {
      en: 'How many images count as near to each. Few show small clumps, many the whole.',
      ru: 'Сколько ближайших изображений считаются соседями каждого. Немного — видны мелкие группы, много — общая картина.',
    },
    null,
  ),
  mcnemar: term(
    { en: 'McNemar’s test', ru: 'Критерий Мак-Немара' },
    {
      en: 'Asks whether two networks differ by more than luck on the same images. It counts those that only one of them gets right: the less even, the smaller p.',
      ru: 'Отличаются ли две сети на одних и тех же изображениях больше, чем дал бы случай. Считаются изображения, где права только одна: чем неравнее счёт, тем меньше p.',
    },
    'test-set',
  ),
} as const satisfies Readonly<Record<string, Term>>
