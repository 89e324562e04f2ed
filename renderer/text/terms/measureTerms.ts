import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** How good a network is, and how that is drawn. */
export const measureTerms = {
  accuracy: term(
    { en: 'Accuracy', ru: 'Точность (доля верных ответов)' },
    {
      en: 'The share of images whose most probable class is the right one. By chance it is one divided by the number of classes.',
      ru: 'Доля изображений, для которых самый вероятный класс — верный. Наугад она равна единице, делённой на число классов.',
    },
    'test-set',
  ),
  'training-accuracy': term(
    m.metric_accuracy,
    {
      en: 'The share of right answers on the batch that is learned from. Far above test accuracy it tells of overfitting; below it, often only of distortions.',
      ru: 'Доля верных ответов на том батче, по которому идёт обучение. Намного выше, чем на тестовой выборке, — признак переобучения; ниже — часто всего лишь следствие искажений.',
    },
    'distortion',
  ),
  'test-accuracy': term(
    m.metric_test_accuracy,
    {
      en: 'The share of test images that are answered rightly: how the network does on images that it never learned from.',
      ru: 'Доля верных ответов на тестовых изображениях: как сеть справляется с теми, на которых не училась.',
    },
    'test-set',
  ),
  'validation-accuracy': term(
    m.metric_validation_accuracy,
    {
      en: 'The share of right answers on the images held out for validation. The best step is chosen by it.',
      ru: 'Доля верных ответов на изображениях, отложенных для валидации. По ней выбирается лучший шаг.',
    },
    'test-set',
  ),
  'best-accuracy': term(
    m.column_best,
    {
      en: 'The highest test accuracy of the run; with images held out for validation, that of the step which they chose. Without them it is a little too good: the luckiest test was picked.',
      ru: 'Наибольшая точность запуска на тестовой выборке; если есть валидационная — точность на том шаге, который выбрала она. Без неё число немного завышено: взята самая удачная проверка.',
    },
    'test-set',
  ),
  'last-accuracy': term(
    { en: 'Last accuracy', ru: 'Последняя точность' },
    {
      en: 'Test accuracy at the last test. Nothing was chosen here, so it is fairer to compare than the best.',
      ru: 'Точность на тестовой выборке в последней проверке. Здесь ничего не выбиралось, поэтому сравнивать по ней честнее, чем по лучшей.',
    },
    'test-set',
  ),
  'expected-accuracy': term(
    m.column_expected,
    {
      en: 'The test accuracy that you wrote down before the run began. It was locked then, so that it can be held against the result.',
      ru: 'Точность на тестовой выборке, которую вы записали до начала запуска. С началом запуска число зафиксировано, чтобы его можно было честно сравнить с результатом.',
    },
    'test-set',
  ),
  'off-by': term(
    m.column_off,
    {
      en: 'By how many percentage points the last test accuracy of a run that is done lies above what you expected of it; with a minus, below.',
      ru: 'На сколько процентных пунктов последняя проверка законченного запуска лучше вашего прогноза; с минусом — хуже.',
    },
    'test-set',
  ),
  loss: term(
    m.chart_loss,
    {
      en: 'The number that training makes smaller: how far answers are from the right ones. Sure and wrong costs most; with ten classes and no knowledge it begins near 2.3.',
      ru: 'Число, которое уменьшает обучение: насколько ответы далеки от верных. Дороже всего уверенная ошибка; при десяти классах без всяких знаний оно начинается около 2,3.',
    },
    'softmax',
  ),
  'training-loss': term(
    m.metric_loss,
    {
      en: 'The loss on the batch that is learned from. It jumps from step to step, since each batch has other images.',
      ru: 'Потери на том батче, по которому идёт обучение. Они скачут от шага к шагу, потому что в каждом батче другие изображения.',
    },
    'batch',
  ),
  'test-loss': term(
    m.metric_test_loss,
    {
      en: 'The loss on the test set. If it rises while accuracy stands still, the network grows too sure of its mistakes.',
      ru: 'Потери на тестовой выборке. Если они растут, а точность стоит на месте, сеть становится слишком уверенной в своих ошибках.',
    },
    'softmax',
  ),
  'validation-loss': term(
    m.metric_validation_loss,
    {
      en: 'The loss on the images held out for validation. It begins to rise where overfitting begins.',
      ru: 'Потери на изображениях, отложенных для валидации. Они начинают расти там, где начинается переобучение.',
    },
    'test-set',
  ),
  chance: term(
    { en: 'Chance', ru: 'Наугад' },
    {
      en: 'The accuracy of guessing: one divided by the number of classes. A curve that stays there has learned nothing.',
      ru: 'Точность угадывания: единица, делённая на число классов. Кривая, которая там и остаётся, ничему не научилась.',
    },
    'softmax',
  ),
  smoothing: term(
    m.smoothing_label,
    {
      en: 'Draws a running mean instead of each step. The more of it, the calmer the curve and the later it shows what has changed; stored values stay as they are.',
      ru: 'Вместо каждого шага рисуется скользящее среднее. Чем оно сильнее, тем спокойнее кривая, но тем позже видно изменения; сохранённые значения не меняются.',
    },
    'batch',
  ),
  'logarithmic-axis': term(
    { en: 'Logarithmic axis', ru: 'Логарифмическая ось' },
    {
      en: 'Equal distances are equal factors: from 1 to 10 it is as far as from 10 to 100. So small values can be told apart beside large ones.',
      ru: 'Равные расстояния — равные множители: от 1 до 10 столько же, сколько от 10 до 100. Так рядом с большими значениями различимы и малые.',
    },
    null,
  ),
  'chart-curve': term(
    { en: 'Curve', ru: 'Кривая' },
    {
      en: 'What the chart shows of each run: accuracy or loss, on the batches of training, on images held out, or on the test set.',
      ru: 'Что показывает график у каждого запуска: точность или потери — на обучающих батчах, на отложенных изображениях или на тестовой выборке.',
    },
    'test-set',
  ),
} as const satisfies Readonly<Record<string, Term>>
