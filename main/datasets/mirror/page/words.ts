import { filled, type Bilingual, type Language } from '../../../../core/words/language.ts'

/** What the pages of a mirror say. */
const words = {
  title: { en: 'Conv Lab for this class', ru: 'Conv Lab для вашей группы' },
  languages: { en: 'Language', ru: 'Язык' },
  address: { en: 'Address', ru: 'Адрес' },
  code: { en: 'Code', ru: 'Код' },
  'code-asked': {
    en: 'Type the code that your teacher shows',
    ru: 'Введите код, который показывает преподаватель',
  },
  'code-enter': { en: 'Open', ru: 'Открыть' },
  'code-wrong': {
    en: 'This is not the code of this class. Look at the board again: six letters and digits.',
    ru: 'Это не код вашей группы. Сверьтесь с доской: шесть букв и цифр.',
  },
  'code-wait': {
    en: 'Too many wrong codes came from this computer. Wait {seconds} s, then try again.',
    ru: 'С этого компьютера пришло слишком много неверных кодов. Подождите {seconds} с и попробуйте снова.',
  },
  program: { en: '1. The program', ru: '1. Программа' },
  'download-for': {
    en: 'Download Conv Lab {version} for {system} ({size})',
    ru: 'Скачать Conv Lab {version} для {system} ({size})',
  },
  unpack: {
    en: 'Unpack it into a new folder and start “Conv Lab” there. Nothing is installed. An update is a new folder too: your runs stay, because they are in your home folder.',
    ru: 'Распакуйте архив в новую папку и запустите в ней «Conv Lab». Ничего не устанавливается. Обновление — тоже новая папка: ваши запуски останутся, они хранятся в вашей домашней папке.',
  },
  'apple-silicon': { en: 'Macs with Apple silicon', ru: 'Mac с процессором Apple' },
  'none-for-you': {
    en: 'None of these archives is for the system of this computer; they are for others.',
    ru: 'Для системы этого компьютера архива нет, есть только для других.',
  },
  'none-at-all': {
    en: 'There is no archive of the program here. Ask your teacher to put one into the folder “portable”.',
    ru: 'Архива программы здесь нет. Попросите преподавателя положить его в папку «portable».',
  },
  archives: { en: 'All archives', ru: 'Все архивы' },
  file: { en: 'File', ru: 'Файл' },
  system: { en: 'System', ru: 'Система' },
  version: { en: 'Version', ru: 'Версия' },
  size: { en: 'Size', ru: 'Размер' },
  data: { en: '2. Data sets and updates', ru: '2. Наборы данных и обновления' },
  'data-how': {
    en: 'In Conv Lab, open Settings, “Classroom”, and enter this as the mirror. Then data sets are loaded from here, and “Look for an update” asks here:',
    ru: 'Откройте в Conv Lab настройки, раздел «Учебный класс», и введите этот адрес как зеркало. Тогда наборы данных будут загружаться отсюда и кнопка «Проверить обновления» будет обращаться сюда:',
  },
  'data-none': { en: 'There are no data sets here yet.', ru: 'Наборов данных здесь пока нет.' },
  set: { en: 'Data set', ru: 'Набор данных' },
  templates: { en: '3. Templates', ru: '3. Шаблоны' },
  'templates-how': {
    en: 'Networks and sweeps that your teacher hands out.',
    ru: 'Сети и переборы от преподавателя.',
  },
  template: { en: 'Template', ru: 'Шаблон' },
  kind: { en: 'How to use it', ru: 'Как использовать' },
  network: {
    en: 'Network: on the page Network, “Begin with”, “A file…”',
    ru: 'Сеть: на странице «Сеть» — «Начать с», «Файл…»',
  },
  sweep: { en: 'Sweep: lab sweep {file}', ru: 'Перебор: lab sweep {file}' },
} as const satisfies Record<string, Bilingual>

/** A text of the pages in a language. */
export function say(
  language: Language,
  code: keyof typeof words,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  return filled(words[code][language], (name) => parameters[name]?.toString())
}

/** Bytes in decimal units, as the language writes them: `240 MB`, `1.2 GB`. */
export function sizeText(bytes: number, language: Language): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** power
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value)
}
