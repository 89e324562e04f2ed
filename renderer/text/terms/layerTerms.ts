import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** The layers of networks and their settings. */
export const layerTerms = {
  network: term(
    m.setting_network,
    {
      en: 'Layers one after the other that turn an image into one number for each class. More layers and neurons can learn more, take longer, and overfit sooner.',
      ru: 'Слои, которые один за другим превращают изображение в числа, по одному на класс. Чем больше слоёв и нейронов, тем больше сеть может выучить, но тем дольше обучение и ближе переобучение.',
    },
    'neuron',
  ),
  layer: term(
    m.network_col_layer,
    {
      en: 'One stage of the network: it takes numbers, computes new ones from them, and hands these on.',
      ru: 'Одна ступень сети: принимает числа, вычисляет по ним новые и передаёт их дальше.',
    },
    'neuron',
  ),
  neuron: term(
    { en: 'Neuron', ru: 'Нейрон' },
    {
      en: 'Multiplies each of its inputs by a weight, adds the products and a bias, and puts the sum through an activation function.',
      ru: 'Умножает каждый вход на свой вес, складывает произведения и смещение и пропускает сумму через функцию активации.',
    },
    'neuron',
  ),
  convolution: term(
    m.kind_conv,
    {
      en: 'Slides small kernels over the image or its maps. Each kernel looks for one pattern, wherever it lies, and makes one map of where it was found.',
      ru: 'Проводит небольшие ядра по изображению или картам. Каждое ядро ищет свой рисунок, где бы он ни был, и строит карту мест, где он нашёлся.',
    },
    'convolution',
  ),
  'depthwise-convolution': term(
    m.kind_depthwise_conv,
    {
      en: 'A convolution that looks at each map by itself, with kernels of its own. It has far fewer weights than a usual one, but mixes nothing between maps.',
      ru: 'Свёртка, которая рассматривает каждую карту отдельно, со своими ядрами. Весов намного меньше, чем у обычной, но карты между собой не смешиваются.',
    },
    'convolution',
  ),
  'batch-norm': term(
    m.kind_batch_norm,
    {
      en: 'Brings each map to mean 0 and deviation 1 over the batch, and then lets training scale and shift it. Larger learning rates become possible; very small batches make it noisy.',
      ru: 'Приводит каждую карту к среднему 0 и отклонению 1 по батчу, а затем масштабирует и сдвигает её обучаемыми числами. С ней можно брать большую скорость обучения; на очень маленьких батчах она шумит.',
    },
    'weights',
  ),
  activation: term(
    m.kind_activation,
    {
      en: 'Puts each value through a function that is no straight line. Without it, many layers could do no more than one.',
      ru: 'Пропускает каждое значение через нелинейную функцию. Без неё много слоёв умели бы не больше одного.',
    },
    'activation',
  ),
  'max-pool': term(
    m.kind_max_pool,
    {
      en: 'Keeps the largest value of each window: that the pattern was there counts, not exactly where. The map becomes smaller, and so does the work behind it.',
      ru: 'Оставляет от каждого окна наибольшее значение: важно, что рисунок был, а не где именно. Карта становится меньше, и вычислений дальше меньше.',
    },
    'subsampling',
  ),
  'average-pool': term(
    m.kind_average_pool,
    {
      en: 'Keeps the mean of each window. It is gentler than the largest value, but a weak background dilutes a strong pattern.',
      ru: 'Оставляет от каждого окна среднее. Это мягче, чем наибольшее значение, но слабый фон размывает сильный отклик.',
    },
    'subsampling',
  ),
  'global-pool': term(
    { en: 'Global pool', ru: 'Глобальный пулинг' },
    {
      en: 'Makes one number of each whole map, its largest or its mean. The layers behind need few weights, and images of any size fit.',
      ru: 'Превращает каждую карту целиком в одно число, наибольшее или среднее. Следующим слоям нужно мало весов, а размер изображения может быть любым.',
    },
    'subsampling',
  ),
  flatten: term(
    { en: 'Flatten', ru: 'Разворачивание в вектор' },
    {
      en: 'Lays all maps out as one long row of numbers, since a dense layer takes no maps. Nothing is computed.',
      ru: 'Выкладывает все карты в один длинный ряд чисел, потому что полносвязный слой карт не принимает. Ничего не вычисляется.',
    },
    'dense',
  ),
  dense: term(
    { en: 'Dense layer', ru: 'Полносвязный слой' },
    {
      en: 'Each of its neurons sees all numbers that come in. That needs many weights: most parameters of a small network lie here.',
      ru: 'Каждый нейрон слоя видит все входные числа. Для этого нужно много весов: у небольшой сети почти все параметры лежат здесь.',
    },
    'dense',
  ),
  dropout: term(
    m.kind_dropout,
    {
      en: 'In training, silences a random part of the values at each step, so that no neuron can rely on another. It works against overfitting; in tests all values count.',
      ru: 'При обучении на каждом шаге выключает случайную часть значений, чтобы ни один нейрон не полагался на другой. Сдерживает переобучение; при проверке работают все.',
    },
    'distortion',
  ),
  'dropout-rate': term(
    { en: 'Share that drops out', ru: 'Доля выключаемых значений' },
    {
      en: 'How much of the values is silenced at each step. More works harder against overfitting, too much leaves too little to learn from.',
      ru: 'Какая часть значений выключается на каждом шаге. Чем больше, тем сильнее защита от переобучения, но слишком большая доля мешает учиться.',
    },
    'distortion',
  ),
  'scale-layer': term(
    { en: 'Scale layer', ru: 'Слой-множитель' },
    {
      en: 'Multiplies all values by one fixed number. Before softmax a small one makes answers less sure and training calmer.',
      ru: 'Умножает все значения на одно постоянное число. Перед softmax малое число делает ответы менее уверенными, а обучение спокойнее.',
    },
    'softmax',
  ),
  add: term(
    { en: 'Sum of layers', ru: 'Сумма слоёв' },
    {
      en: 'Adds what several layers give, value by value; their shapes must be equal. Gradients pass through it unchanged, so very deep networks can be trained.',
      ru: 'Складывает выходы нескольких слоёв, значение за значением; их формы должны совпадать. Градиент проходит через неё без изменений, поэтому можно обучать очень глубокие сети.',
    },
    'activation',
  ),
  concat: term(
    { en: 'Concatenation', ru: 'Соединение карт' },
    {
      en: 'Puts the maps of several layers one behind the other. The layer behind sees them all.',
      ru: 'Ставит карты нескольких слоёв друг за другом. Следующий слой видит их все.',
    },
    'convolution',
  ),
  'residual-block': term(
    m.kind_residual,
    {
      en: 'Layers whose result is added to what came in. They only need to learn what is to change, and the gradient has a way around them.',
      ru: 'Слои, результат которых прибавляется ко входу. Им достаточно выучить, что нужно изменить, а градиент может их обойти.',
    },
    'activation',
  ),
  'conv-block': term(
    m.kind_conv_block,
    {
      en: 'A convolution, batch norm and ReLU together: the usual building block of image networks.',
      ru: 'Свёртка, батч-нормализация и ReLU вместе: обычный кирпичик сетей для изображений.',
    },
    'convolution',
  ),
  branches: term(
    m.kind_branches,
    {
      en: 'Several ways side by side over the same maps, joined again at the end. Each can look for patterns of another size.',
      ru: 'Несколько путей рядом над одними и теми же картами, в конце соединённые. Каждый может искать рисунки своего размера.',
    },
    'convolution',
  ),
  filters: term(
    { en: 'Number of kernels', ru: 'Число ядер' },
    {
      en: 'How many patterns the layer looks for; each kernel makes one map. More of them see more, and cost weights and time in proportion.',
      ru: 'Сколько рисунков ищет слой; каждое ядро даёт одну карту. Чем их больше, тем больше видит слой, и во столько же раз больше весов и вычислений.',
    },
    'convolution',
  ),
  kernel: term(
    m.layer_kernel,
    {
      en: 'Height and width of the little window of weights. A larger one sees more at once; its weights grow with its area, and two of 3 × 3 see as far as one of 5 × 5.',
      ru: 'Высота и ширина маленького окна весов. Большее ядро видит сразу больше, но число весов растёт с площадью; два ядра 3 × 3 подряд видят столько же, сколько одно 5 × 5.',
    },
    'convolution',
  ),
  stride: term(
    { en: 'Stride', ru: 'Шаг ядра' },
    {
      en: 'By how many pixels the window moves on. With 2 the map has half the side and a quarter of the work; what lies between may be missed.',
      ru: 'На сколько пикселей сдвигается окно. При 2 сторона карты вдвое меньше, а вычислений вчетверо; то, что между позициями, можно пропустить.',
    },
    'convolution',
  ),
  padding: term(
    { en: 'Padding', ru: 'Дополнение (поля)' },
    {
      en: 'Whether zeros are put around the map. “same” does so and keeps its size at stride 1; “valid” does not, and each layer cuts off an edge.',
      ru: 'Добавляются ли вокруг карты нули. «same» добавляет, и при шаге 1 размер не меняется; «valid» не добавляет, и каждый слой срезает край.',
    },
    'convolution',
  ),
  bias: term(
    { en: 'Bias', ru: 'Смещение' },
    {
      en: 'One number more for each neuron or kernel that is added to its sum, whatever comes in. Before batch norm it does nothing, since the mean is taken away.',
      ru: 'Ещё одно число у каждого нейрона или ядра, которое прибавляется к сумме при любом входе. Перед батч-нормализацией оно не нужно: среднее всё равно вычитается.',
    },
    'neuron',
  ),
  'frozen-layer': term(
    { en: 'Frozen layer', ru: 'Замороженный слой' },
    {
      en: 'Keeps its weights as they were when the run began. Steps take less time, and what another training has taught the first layers is not lost. A frozen batch norm keeps its mean and deviation too.',
      ru: 'Сохраняет веса такими, какими они были в начале запуска. Шаги идут быстрее, и не пропадает то, чему первые слои научились при прошлом обучении. Замороженная батч-нормализация не меняет и среднее с отклонением.',
    },
    'weights',
  ),
  'begin-with-weights': term(
    m.weights_begin,
    {
      en: 'Weights that another network has learned, in the place of random ones. What its first layers see helps with other images too, so less training is needed. Layers that do not fit, such as the last one for other classes, begin anew.',
      ru: 'Веса, которым уже научилась другая сеть, вместо случайных. То, что видят её первые слои, помогает и на других изображениях, поэтому обучать приходится меньше. Слои, которые не подходят, например последний при других классах, получают свои начальные веса.',
    },
    'weights',
  ),
  multiplier: term(
    { en: 'Kernels per map', ru: 'Число ядер на карту' },
    {
      en: 'How many maps are made of each map. With 2 there are twice as many, and twice the weights.',
      ru: 'Сколько карт получается из каждой карты. При 2 их становится вдвое больше, и весов тоже.',
    },
    'convolution',
  ),
  units: term(
    { en: 'Number of neurons', ru: 'Число нейронов' },
    {
      en: 'The number of neurons of the layer. More can tell more apart; weights grow with it, and overfitting comes sooner.',
      ru: 'Число нейронов слоя. Чем их больше, тем больше можно различить, но растёт число весов и ближе переобучение.',
    },
    'dense',
  ),
  'pool-window': term(
    { en: 'Window of a pool', ru: 'Окно пулинга' },
    {
      en: 'Side of the square of which one number is kept. A larger one makes the map smaller and forgets more of where things were.',
      ru: 'Сторона квадрата, от которого остаётся одно число. Чем она больше, тем меньше карта и тем меньше известно о том, где что было.',
    },
    'subsampling',
  ),
  'norm-epsilon': term(
    { en: 'Epsilon of batch norm', ru: 'Эпсилон батч-нормализации' },
    {
      en: 'A small number added to the variance, so that a map that is the same everywhere is not divided by 0. It seldom needs to be changed.',
      ru: 'Малое число, которое прибавляется к дисперсии, чтобы постоянную карту не пришлось делить на 0. Менять его почти никогда не нужно.',
    },
    null,
  ),
  'norm-momentum': term(
    m.layer_momentum,
    {
      en: 'How long the running mean and variance remember, which are used in tests. Near 1 they are steady but lag behind; in short runs a smaller number is better.',
      ru: 'Как долго помнят скользящие среднее и дисперсия, по которым идёт проверка. Ближе к 1 они устойчивее, но отстают; для коротких запусков лучше меньшее число.',
    },
    null,
  ),
  'scale-factor': term(
    { en: 'Factor', ru: 'Множитель' },
    {
      en: 'The number that all values are multiplied by. It is not trained.',
      ru: 'Число, на которое умножаются все значения. Оно не обучается.',
    },
    'softmax',
  ),
  'scale-and-shift': term(
    m.layer_scaling,
    {
      en: 'As in the lab’s text, a neuron follows the pool: f(a · pool(x) + b), with one a and one b for each map. Both are trained.',
      ru: 'Как в тексте лабораторной, после пулинга идёт нейрон f(a · pool(x) + b), у каждой карты свои a и b. Они обучаются.',
    },
    'subsampling',
  ),
  'layer-input': term(
    { en: 'Input of a layer', ru: 'Вход слоя' },
    {
      en: 'The layer, or the image, whose output enters here. Usually it is the layer before; another one makes a shortcut or a branch.',
      ru: 'Слой или изображение, чей выход поступает сюда. Обычно это предыдущий слой; если взять другой, получится обход или ветвь.',
    },
    null,
  ),
  'network-input': term(
    m.setting_input,
    {
      en: 'Height, width and channels of what enters the network. A larger image shows more and takes more work in every convolution.',
      ru: 'Высота, ширина и каналы того, что входит в сеть. На большем изображении видно больше, но и вычислений в каждой свёртке больше.',
    },
    'image',
  ),
  parameters: term(
    { en: 'Parameters', ru: 'Параметры' },
    {
      en: 'All numbers that training finds: weights and biases. More of them can learn more, and learn by heart sooner.',
      ru: 'Все числа, которые находит обучение: веса и смещения. Чем их больше, тем больше может выучить сеть и тем раньше начнёт заучивать.',
    },
    'dense',
  ),
  'multiply-adds': term(
    { en: 'Multiply-adds', ru: 'Умножения-сложения' },
    {
      en: 'How many products are computed and added up for one image. Training time grows roughly with them.',
      ru: 'Сколько произведений вычисляется и складывается для одного изображения. Время обучения растёт примерно вместе с этим числом.',
    },
    'dense',
  ),
  'receptive-field': term(
    { en: 'Receptive field', ru: 'Рецептивное поле' },
    {
      en: 'The part of the image that one value of the layer depends on. It grows with each kernel and each stride; what is larger than it cannot be seen whole.',
      ru: 'Часть изображения, от которой зависит одно значение слоя. Она растёт с каждым ядром и шагом; то, что больше неё, слой целиком не увидит.',
    },
    'convolution',
  ),
  'map-size': term(
    { en: 'Maps of a layer', ru: 'Карты слоя' },
    {
      en: 'Height, width and number of the maps that the layer gives. They are kept for the way back, so they decide how much memory a batch takes.',
      ru: 'Высота, ширина и число карт на выходе слоя. Они хранятся для обратного прохода, поэтому от них зависит память под батч.',
    },
    'batch',
  ),
  memory: term(
    { en: 'Memory of training', ru: 'Память при обучении' },
    {
      en: 'About how much memory training takes: weights, what the optimizer keeps, and all maps of a batch. It grows with the batch size.',
      ru: 'Сколько примерно памяти займёт обучение: веса, то, что хранит оптимизатор, и все карты батча. Она растёт с размером батча.',
    },
    'batch',
  ),
} as const satisfies Readonly<Record<string, Term>>
