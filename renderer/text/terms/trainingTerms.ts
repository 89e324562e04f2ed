import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** What a run is, and how far it goes. */
export const trainingTerms = {
  step: term(
    { en: 'Step', ru: 'Шаг обучения' },
    {
      en: 'One change of the weights: the network sees a batch, and the gradient of its loss moves every weight a little. The length of a run is counted in steps.',
      ru: 'Одно изменение весов: сеть получает батч, и градиент потерь чуть сдвигает каждый вес. Длина запуска считается в шагах.',
    },
    'batch',
  ),
  epoch: term(
    m.tile_epoch,
    {
      en: 'One pass over all training images. It has as many steps as there are batches of them.',
      ru: 'Один проход по всем обучающим изображениям. Шагов в эпохе столько, на сколько батчей они делятся.',
    },
    'batch',
  ),
  batch: term(
    { en: 'Batch size', ru: 'Размер батча' },
    {
      en: 'How many images make one step. More of them give a less noisy gradient, but fewer steps an epoch, and take more memory.',
      ru: 'Сколько изображений обрабатывается за один шаг. Чем их больше, тем меньше шума в градиенте, но тем меньше шагов в эпохе и тем больше нужно памяти.',
    },
    'batch',
  ),
  goal: term(
    { en: 'Number of steps', ru: 'Число шагов' },
    {
      en: 'After how many steps the run is done. More steps learn more until test accuracy stands still; from there on the network mostly learns its training images by heart.',
      ru: 'Через сколько шагов запуск завершится. Больше шагов — лучше обучение, пока растёт точность на тестовой выборке; дальше сеть в основном заучивает обучающие изображения.',
    },
    'distortion',
  ),
  seed: term(
    m.setting_seed,
    {
      en: 'The number that all chance of a run comes from: initial weights, the order of the images, distortions. The same seed gives the same run bit for bit; another one shows how much of a result is luck.',
      ru: 'Число, из которого получается вся случайность запуска: начальные веса, порядок изображений, искажения. С тем же зерном запуск повторится бит в бит, а с другим видно, насколько результату повезло.',
    },
    'weights',
  ),
  'learning-rate': term(
    m.setting_learning_rate,
    {
      en: 'How far a step moves the weights against the gradient. Too large, and the loss jumps or explodes; too small, and training hardly gets on.',
      ru: 'Насколько далеко шаг сдвигает веса против градиента. Слишком большая — потери скачут или растут без предела; слишком малая — обучение почти не продвигается.',
    },
    'landscape',
  ),
  optimizer: term(
    m.setting_optimizer,
    {
      en: 'The rule by which gradients change the weights. SGD follows the gradient itself; Adam gives each weight a step of its own and needs a much smaller learning rate.',
      ru: 'Правило, по которому градиенты меняют веса. SGD следует самому градиенту, Adam задаёт каждому весу свой шаг и требует намного меньшей скорости обучения.',
    },
    'landscape',
  ),
  sgd: term(
    m.optimizer_sgd,
    {
      en: 'Stochastic gradient descent: each step goes against the gradient of one batch, with a share of the last step added. With a good schedule it often ends best, but it is choosy about the learning rate.',
      ru: 'Стохастический градиентный спуск: каждый шаг идёт против градиента одного батча, и к нему добавляется доля прошлого шага. С хорошим расписанием часто даёт лучший результат, но скорость обучения нужно подбирать.',
    },
    'landscape',
  ),
  adam: term(
    m.optimizer_adam,
    {
      en: 'Divides each weight’s mean gradient by its usual size, so all weights move at about the same pace. A learning rate of 0.001 suits most networks.',
      ru: 'Делит средний градиент каждого веса на его обычную величину, поэтому все веса движутся примерно в одном темпе. Скорость обучения 0,001 подходит большинству сетей.',
    },
    'landscape',
  ),
  adamw: term(
    m.optimizer_adamw,
    {
      en: 'Adam that also shrinks the kernels a little at each step, whatever their gradients are. This weight decay works against overfitting.',
      ru: 'Adam, который на каждом шаге ещё и немного уменьшает веса ядер, какими бы ни были градиенты. Такое затухание весов сдерживает переобучение.',
    },
    'landscape',
  ),
  momentum: term(
    { en: 'Momentum', ru: 'Момент' },
    {
      en: 'The share of the last step that is kept, as a rolling ball keeps its speed. Near 1 it is fast along a valley but overshoots; 0 is plain gradient descent. Adam keeps a share of its mean gradient likewise (β₁).',
      ru: 'Какая доля прошлого шага сохраняется, как скорость у катящегося шара. Ближе к 1 — быстрее вдоль долины, но шаг проскакивает мимо; 0 — обычный градиентный спуск. У Adam так же сохраняется доля среднего градиента (β₁).',
    },
    'landscape',
  ),
  nesterov: term(
    m.setting_nesterov,
    {
      en: 'Takes the gradient where momentum is about to lead, not where the weights are now. So it brakes earlier and overshoots less.',
      ru: 'Учитывает градиент там, куда вот-вот приведёт момент, а не там, где веса сейчас. Поэтому раньше тормозит и меньше проскакивает.',
    },
    'landscape',
  ),
  beta2: term(
    { en: 'β₂ of the optimizer', ru: 'β₂ оптимизатора' },
    {
      en: 'How long Adam remembers the usual size of a gradient. Near 1 it remembers long and steps are steady; smaller, it follows changes faster.',
      ru: 'Как долго Adam помнит обычную величину градиента. Ближе к 1 — память длинная и шаги ровные; меньше — быстрее подстраивается под изменения.',
    },
    'landscape',
  ),
  'optimizer-epsilon': term(
    m.setting_epsilon,
    {
      en: 'A small number that Adam adds before it divides, so that tiny gradients make no huge steps. Larger, it makes Adam more like SGD.',
      ru: 'Малое число, которое Adam прибавляет перед делением, чтобы крошечные градиенты не давали огромных шагов. Чем оно больше, тем сильнее Adam похож на SGD.',
    },
    'landscape',
  ),
  'weight-decay': term(
    m.setting_weight_decay,
    {
      en: 'Pulls the kernels a little towards 0 at each step. More of it keeps the network simpler and overfitting smaller; too much, and it cannot learn the images at all.',
      ru: 'На каждом шаге немного приближает веса ядер к нулю. Чем оно сильнее, тем проще сеть и меньше переобучение; слишком сильное не даёт ей выучить даже обучающие изображения.',
    },
    'distortion',
  ),
  'gradient-clipping': term(
    m.setting_clip_norm,
    {
      en: 'The largest length that all gradients together may have; longer ones are shortened to it. A small limit tames jumps of the loss but slows down.',
      ru: 'Наибольшая длина всех градиентов, взятых вместе; более длинные укорачиваются до неё. Малый предел сглаживает скачки потерь, но замедляет обучение.',
    },
    'landscape',
  ),
  gradient: term(
    { en: 'Gradient', ru: 'Градиент' },
    {
      en: 'For each weight, how much the loss would grow if the weight grew a little. A step goes the other way.',
      ru: 'Для каждого веса — насколько выросли бы потери, если бы вес немного увеличился. Шаг идёт в обратную сторону.',
    },
    'landscape',
  ),
  overfitting: term(
    { en: 'Overfitting', ru: 'Переобучение' },
    {
      en: 'The network learns its training images by heart instead of what they have in common: training accuracy rises, test accuracy does not. More images and distortions work against it.',
      ru: 'Сеть заучивает обучающие изображения вместо того, что в них общего: точность на обучающих батчах растёт, а на тестовой выборке нет. Помогают дополнительные изображения и искажения.',
    },
    'distortion',
  ),
  'early-stopping': term(
    m.setting_early_stopping,
    {
      en: 'Ends the run after so many tests without a better result. A small number saves time but may end during a mere pause of progress.',
      ru: 'Завершает запуск, если столько проверок подряд не дали лучшего результата. Малое число экономит время, но может прервать обучение во время временной заминки.',
    },
    'test-set',
  ),
  'evaluate-every': term(
    { en: 'How often it is tested', ru: 'Частота проверок' },
    {
      en: 'After how many steps the test set is measured again. Often gives a finer curve and a better best checkpoint, but takes time from training.',
      ru: 'Через сколько шагов снова проверяется тестовая выборка. Чем чаще, тем подробнее кривая и точнее выбор лучшей контрольной точки, но тем больше уходит времени.',
    },
    'test-set',
  ),
  'time-budget': term(
    { en: 'Time for training', ru: 'Время на обучение' },
    {
      en: 'The minutes that training may take. The lab measures how long a step takes here and enters as many steps as fit.',
      ru: 'Сколько минут может занять обучение. Программа измерит время одного шага на этом компьютере и подставит, сколько шагов успеет пройти.',
    },
    null,
  ),
  checkpoint: term(
    { en: 'Checkpoint', ru: 'Контрольная точка' },
    {
      en: 'All weights of the network at one step, kept in a file, with all that is needed to go on from there. Look inside and Errors show the network as it was then.',
      ru: 'Все веса сети на одном из шагов, записанные в файл вместе со всем, что нужно для продолжения. «Взгляд внутрь» и «Ошибки» показывают сеть, какой она была на этом шаге.',
    },
    null,
  ),
  branch: term(
    { en: 'First weights of a run', ru: 'Исходные веса запуска' },
    {
      en: 'The weights that a run begins with: random ones, or those of a checkpoint of another run. Trained weights know the images already, so compare such runs with care.',
      ru: 'С каких весов начинается запуск: со случайных или с весов контрольной точки другого запуска. Обученные веса уже знакомы с изображениями, поэтому сравнивать такие запуски нужно с осторожностью.',
    },
    'weights',
  ),
  preset: term(
    m.column_preset,
    {
      en: 'A network with settings that suit it, ready to train. Each of its settings can be changed.',
      ru: 'Готовая сеть с подходящими для неё настройками. Любую из них можно изменить.',
    },
    null,
  ),
  'training-time': term(
    { en: 'Training time', ru: 'Время обучения' },
    {
      en: 'The time of the steps alone, without tests, loading and pauses. It can be compared between runs on one computer.',
      ru: 'Время одних только шагов, без проверок, загрузки и пауз. Его можно сравнивать у запусков на одном компьютере.',
    },
    null,
  ),
  'evaluation-time': term(
    { en: 'Testing time', ru: 'Время проверок' },
    {
      en: 'The time in which whole sets were measured and nothing was learned. Rarer tests make it shorter.',
      ru: 'Время, когда проверялись целые выборки и сеть ничему не училась. Чем реже проверки, тем оно меньше.',
    },
    'test-set',
  ),
  'waiting-time': term(
    { en: 'Waiting time', ru: 'Время ожидания' },
    {
      en: 'The time in which a run could not compute: it started, read data, or wrote a checkpoint.',
      ru: 'Время, когда запуск не мог вычислять: он начинался, читал данные или записывал контрольную точку.',
    },
    null,
  ),
  'images-per-second': term(
    m.tile_rate,
    {
      en: 'How many training images are learned from in a second of training. Larger batches and smaller networks make it larger; it says nothing of how well is learned.',
      ru: 'Сколько обучающих изображений обрабатывается за секунду обучения. Оно растёт с размером батча и падает с размером сети; о качестве обучения не говорит ничего.',
    },
    'batch',
  ),
  threads: term(
    m.settings_threads,
    {
      en: 'How many parts of a computation run at the same time. More are faster up to the number of cores and leave less room for other programs.',
      ru: 'Сколько частей вычисления выполняется одновременно. Чем их больше, тем быстрее — пока хватает ядер процессора, — но тем меньше остаётся другим программам.',
    },
    null,
  ),
} as const satisfies Readonly<Record<string, Term>>
