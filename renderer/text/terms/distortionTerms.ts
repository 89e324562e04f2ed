import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** How training images are changed at random. */
export const distortionTerms = {
  distortion: term(
    m.setting_distortion,
    {
      en: 'Each epoch shows every training image a little changed: cropped, mirrored, in other colours. So there is nothing to learn by heart; too much of it, and the images no longer show what they are.',
      ru: 'В каждой эпохе обучающее изображение чуть другое: обрезано, отражено, иначе окрашено. Поэтому заучивать нечего; но при слишком сильных искажениях по изображению уже не понять, что на нём.',
    },
    'distortion',
  ),
  pad: term(
    m.setting_pad,
    {
      en: 'How many pixels are added at each edge before cropping. More of them let the crop move further.',
      ru: 'Сколько пикселей добавляется к каждому краю перед вырезкой. Чем их больше, тем дальше может сдвинуться вырезка.',
    },
    'distortion',
  ),
  'pad-fill': term(
    m.setting_pad_fill,
    {
      en: 'What the added pixels show: black, or the image itself mirrored at its edge, which leaves no hard line.',
      ru: 'Что в добавленных пикселях: чёрный цвет или само изображение, отражённое от края, — тогда не видно резкой границы.',
    },
    'distortion',
  ),
  'random-crop': term(
    m.setting_random_crop,
    {
      en: 'The part that enters the network is cut out at a random place, so things stand elsewhere each time. Without it the middle is taken.',
      ru: 'Часть, которая входит в сеть, вырезается в случайном месте, и предметы каждый раз стоят иначе. Без этого берётся середина.',
    },
    'distortion',
  ),
  mirroring: term(
    m.setting_mirroring,
    {
      en: 'Half of the images are mirrored left to right. Good for animals and things; digits and letters become something else.',
      ru: 'Половина изображений отражается слева направо. Хорошо для животных и предметов, но цифры и буквы превращаются в другие знаки.',
    },
    'distortion',
  ),
  rotation: term(
    m.setting_rotation,
    {
      en: 'By at most how many degrees images are turned. A few make the network tolerant; at many a 6 becomes a 9.',
      ru: 'На сколько градусов, самое большее, поворачивается изображение. Небольшой поворот делает сеть терпимее, а при большом шестёрка становится девяткой.',
    },
    'distortion',
  ),
  shift: term(
    m.setting_shift,
    {
      en: 'By at most how many pixels images move up, down and sideways. What comes in from outside is black.',
      ru: 'На сколько пикселей, самое большее, сдвигается изображение по вертикали и горизонтали. То, что приходит из-за края, чёрное.',
    },
    'distortion',
  ),
  hue: term(
    m.setting_hue,
    {
      en: 'How far all colours are turned around the colour circle. A little imitates other light; more makes green of red.',
      ru: 'Насколько все цвета поворачиваются по цветовому кругу. Немного — как при другом освещении, сильнее — и красное становится зелёным.',
    },
    'distortion',
  ),
  contrast: term(
    { en: 'Distortion: contrast', ru: 'Искажение: контраст' },
    {
      en: 'Between which factors the differences of brightness are drawn. Below 1 images become duller, above 1 harder.',
      ru: 'Между какими множителями случайно выбирается контраст. Ниже 1 изображение бледнее, выше 1 — резче.',
    },
    'distortion',
  ),
  brightness: term(
    m.setting_brightness,
    {
      en: 'By at most how much all pixels become lighter or darker, on a scale of 0 to 1. It teaches the network to be at home in any light.',
      ru: 'Насколько, самое большее, все пиксели становятся светлее или темнее по шкале от 0 до 1. Так сеть привыкает к любому освещению.',
    },
    'distortion',
  ),
  saturation: term(
    { en: 'Distortion: saturation', ru: 'Искажение: насыщенность' },
    {
      en: 'Between which factors the strength of colours is drawn. Below 1 images become greyer, above 1 more colourful.',
      ru: 'Между какими множителями случайно выбирается сила цвета. Ниже 1 изображение серее, выше 1 — ярче.',
    },
    'distortion',
  ),
  cutout: term(
    m.setting_cutout,
    {
      en: 'A square of this side is blotted out at a random place. So the network must not rely on one part of a thing; too large, and nothing is left of it.',
      ru: 'В случайном месте закрашивается квадрат с такой стороной. Поэтому сеть не может полагаться на одну часть предмета; но слишком большой квадрат закроет его целиком.',
    },
    'distortion',
  ),
  mixup: term(
    m.setting_mixup,
    {
      en: 'Each image is mixed with another one of its batch, and so is what it is to be called. A large α mixes half and half, a small one leaves most images nearly as they are.',
      ru: 'Каждое изображение смешивается с другим из батча, а вместе с ним и верный ответ. При большом α смешивание почти поровну, при малом большинство изображений почти не меняется.',
    },
    'distortion',
  ),
  'mirrored-test': term(
    m.setting_flips,
    {
      en: 'Each image is also measured mirrored, and the mean of both answers counts. It is a little more accurate and takes twice as long; compare only runs that are measured alike.',
      ru: 'Каждое изображение проверяется ещё и отражённым, и засчитывается среднее двух ответов. Так чуть точнее, но вдвое дольше; сравнивайте только запуски с одинаковой проверкой.',
    },
    'test-set',
  ),
} as const satisfies Readonly<Record<string, Term>>
