import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** Activation functions, initial weights, outputs and their losses. */
export const functionTerms = {
  'activation-function': term(
    { en: 'Activation function', ru: 'Функция активации' },
    {
      en: 'What is done to a neuron’s sum before it is handed on. Its slope decides how much of the gradient gets through to the layers before.',
      ru: 'Что делается с суммой нейрона, прежде чем передать её дальше. От наклона функции зависит, сколько градиента дойдёт до предыдущих слоёв.',
    },
    'activation',
  ),
  relu: term(
    m.function_relu,
    {
      en: 'Passes on what is above 0 and makes 0 of the rest. It is cheap and lets gradients through whole; a neuron that is below 0 for every image stays dead.',
      ru: 'Пропускает всё, что выше 0, а остальное превращает в 0. Вычисляется быстро и не ослабляет градиент; но нейрон, который ниже 0 на всех изображениях, уже не оживёт.',
    },
    'activation',
  ),
  'leaky-relu': term(
    m.function_leaky_relu,
    {
      en: 'Like ReLU, but with a small slope below 0, so that no neuron dies.',
      ru: 'Как ReLU, но с небольшим наклоном ниже 0, поэтому нейроны не умирают.',
    },
    'activation',
  ),
  'slope-below-zero': term(
    { en: 'Slope below 0', ru: 'Наклон ниже 0' },
    {
      en: 'How much of a negative value is passed on. 0 is plain ReLU; at 1 the function is a straight line and good for nothing.',
      ru: 'Какая доля отрицательного значения передаётся дальше. 0 — обычная ReLU; при 1 функция становится прямой и ничего не даёт.',
    },
    'activation',
  ),
  elu: term(
    m.function_elu,
    {
      en: 'Like ReLU above 0, and below it a curve that ends at −1. Its mean is nearer to 0, but it takes longer to compute.',
      ru: 'Выше 0 как ReLU, ниже — кривая, которая приближается к −1. Среднее ближе к 0, но вычисляется дольше.',
    },
    'activation',
  ),
  gelu: term(
    m.function_gelu,
    {
      en: 'A smooth ReLU: it bends around 0 instead of breaking off. Common in newer networks, and slower to compute.',
      ru: 'Гладкая ReLU: около 0 она изгибается, а не обрывается. Часто встречается в новых сетях, но вычисляется медленнее.',
    },
    'activation',
  ),
  sigmoid: term(
    { en: 'Sigmoid', ru: 'Сигмоида' },
    {
      en: 'Squeezes everything to between 0 and 1. Its slope is at most 0.25, so over many layers hardly any gradient is left.',
      ru: 'Сжимает любые значения до промежутка от 0 до 1. Её наклон не больше 0,25, поэтому через много слоёв градиента почти не остаётся.',
    },
    'activation',
  ),
  tanh: term(
    { en: 'Tanh', ru: 'Tanh' },
    {
      en: 'Squeezes everything to between −1 and 1. Its slope is 1 at 0 and fades away from it, so large values learn no more.',
      ru: 'Сжимает любые значения до промежутка от −1 до 1. В нуле наклон 1, дальше он угасает, поэтому при больших значениях обучение останавливается.',
    },
    'activation',
  ),
  linear: term(
    { en: 'Linear function', ru: 'Линейная функция' },
    {
      en: 'Changes nothing. Two layers with nothing else between them could be one.',
      ru: 'Ничего не меняет. Два слоя, между которыми больше ничего нет, можно заменить одним.',
    },
    'activation',
  ),
  'initial-weights': term(
    { en: 'Initial weights', ru: 'Начальные веса' },
    {
      en: 'The random numbers that the weights begin with. Too small, and values fade from layer to layer; too large, and they grow or the functions saturate.',
      ru: 'Случайные числа, с которых начинают веса. Слишком малые — значения гаснут от слоя к слою, слишком большие — растут, или функции насыщаются.',
    },
    'weights',
  ),
  glorot: term(
    { en: 'Glorot’s initial weights', ru: 'Начальные веса по Глоро' },
    {
      en: 'As large as keeps both values and gradients at their size, by the number of inputs and outputs of a neuron. Made for tanh and sigmoid.',
      ru: 'Такой величины, чтобы и значения, и градиенты сохраняли размах; она зависит от числа входов и выходов нейрона. Подходят для tanh и сигмоиды.',
    },
    'weights',
  ),
  he: term(
    { en: 'He’s initial weights', ru: 'Начальные веса по Хе' },
    {
      en: 'Somewhat larger than Glorot’s, by the number of inputs alone. Made for ReLU, which silences half of the values.',
      ru: 'Несколько больше, чем у Глоро, и зависят только от числа входов. Подходят для ReLU, которая обнуляет половину значений.',
    },
    'weights',
  ),
  'fixed-weights': term(
    { en: 'Initial weights of a fixed size', ru: 'Начальные веса постоянной величины' },
    {
      en: 'Equally large in every layer, however many inputs a neuron has. That suits few layers; in large ones values grow or fade.',
      ru: 'Одинаковой величины в любом слое, сколько бы входов ни было у нейрона. Годится не для всех слоёв: в больших значения растут или гаснут.',
    },
    'weights',
  ),
  'identity-weights': term(
    m.initializer_identity,
    {
      en: 'The first kernels pass their map on unchanged, the others begin as He’s. Training begins with a layer that spoils nothing.',
      ru: 'Первые ядра передают свою карту без изменений, остальные начинают по Хе. Обучение начинается со слоя, который ничего не портит.',
    },
    'weights',
  ),
  'whitening-weights': term(
    m.initializer_whitening,
    {
      en: 'Kernels computed from the training images: the patterns that vary most in them. They are not trained; the first layer begins with what others must learn first.',
      ru: 'Ядра, вычисленные по обучающим изображениям: рисунки, которые меняются в них сильнее всего. Они не обучаются; первый слой сразу знает то, чему иначе пришлось бы учиться.',
    },
    'weights',
  ),
  output: term(
    m.network_head_label,
    {
      en: 'How the last numbers become an answer: softmax for any number of classes, one tanh neuron for two.',
      ru: 'Как из последних чисел получается ответ: softmax — для любого числа классов, один нейрон tanh — для двух.',
    },
    'softmax',
  ),
  softmax: term(
    { en: 'Softmax', ru: 'Softmax' },
    {
      en: 'Makes probabilities of the last numbers: all above 0 and together 1. The largest number gets the largest share.',
      ru: 'Превращает последние числа в вероятности: все больше 0, а вместе дают 1. Чем больше число, тем больше его доля.',
    },
    'softmax',
  ),
  logits: term(
    { en: 'Logits', ru: 'Логиты' },
    {
      en: 'The last numbers of the network, one for each class, before softmax. Only their differences count.',
      ru: 'Последние числа сети, по одному на класс, до softmax. Важны только их разности.',
    },
    'softmax',
  ),
  'tanh-head': term(
    { en: 'One tanh neuron', ru: 'Один нейрон tanh' },
    {
      en: 'Tells two classes apart with one number between −1 and 1. Its distance from 0 says how sure it is.',
      ru: 'Различает два класса одним числом от −1 до 1. Удалённость от нуля говорит об уверенности.',
    },
    'tanh',
  ),
  'hinge-loss': term(
    { en: 'Hinge loss', ru: 'Кусочно-линейные потери' },
    {
      en: 'max(0, 1 − y·t), with the wanted answer y of 1 or −1. Surely right answers cost nothing, the others the more the further they are off.',
      ru: 'max(0, 1 − y·t), где y — нужный ответ, 1 или −1. Уверенный верный ответ ничего не стоит, остальные стоят тем больше, чем дальше они от нужного.',
    },
    'tanh',
  ),
  'squared-loss': term(
    { en: 'Squared loss', ru: 'Квадратичные потери' },
    {
      en: '(t − y)², the distance to the wanted answer squared. Large mistakes count much more than small ones.',
      ru: '(t − y)² — квадрат расстояния до нужного ответа. Большие ошибки весят намного больше малых.',
    },
    'tanh',
  ),
  'cross-entropy': term(
    { en: 'Cross-entropy', ru: 'Перекрёстная энтропия' },
    {
      en: '−ln p, with p the probability of the right class. Sure and right costs nearly nothing, sure and wrong costs much.',
      ru: '−ln p, где p — вероятность верного класса. Уверенный верный ответ почти ничего не стоит, уверенный неверный обходится дорого.',
    },
    'softmax',
  ),
  'label-smoothing': term(
    m.setting_label_smoothing,
    {
      en: 'The share of the label that is spread over all classes. The network is not pushed to be quite sure, so it is better calibrated; with much of it even right answers stay unsure, and the loss never gets near 0.',
      ru: 'Какая доля метки распределяется по всем классам. Сеть не подталкивают к полной уверенности, и её вероятности честнее; при большой доле даже верные ответы остаются неуверенными, а потери не приближаются к 0.',
    },
    'softmax',
  ),
} as const satisfies Readonly<Record<string, Term>>
