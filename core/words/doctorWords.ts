import { filled, type Bilingual, type Language, type ParameterNames } from './language.ts'

/** What the doctor says of a part in which nothing is amiss, and at its end. */
const words = {
  'files-whole': {
    en: 'Files: none is missing or altered ({count} checked).',
    ru: 'Файлы: все на месте и не изменены (проверено: {count}).',
  },
  'files-of-clone': {
    en: 'Files: this Conv Lab is started from its sources; “npm start” checks its parts.',
    ru: 'Файлы: этот Conv Lab запущен из исходного кода; его части проверяет «npm start».',
  },
  system: { en: 'System: {system}.', ru: 'Система: {system}.' },
  home: {
    en: 'Home folder: {home} can be written, and its history is sound.',
    ru: 'Домашняя папка: в {home} можно писать, история в порядке.',
  },
  'home-open': {
    en: 'Home folder: {home} is open in another Conv Lab now.',
    ru: 'Домашняя папка: {home} сейчас открыта в другом Conv Lab.',
  },
  space: { en: 'Disk: {free} MB are free there.', ru: 'Диск: там свободно {free} МБ.' },
  tensorflow: {
    en: 'TensorFlow {version}: loads, and computes on {processor} (threads: {threads}).',
    ru: 'TensorFlow {version}: загружается и считает на {processor} (потоков: {threads}).',
  },
  window: { en: 'Window: opens by {program}.', ru: 'Окно: открывает {program}.' },
  'window-by-hand': {
    en: 'Window: there is no screen or no browser here. “Conv Lab” prints an address to open by hand.',
    ru: 'Окно: здесь нет экрана или браузера. «Conv Lab» напечатает адрес, который можно открыть самому.',
  },
  checking: { en: 'Checking files: {read} of {count}', ru: 'Проверка файлов: {read} из {count}' },
  sound: { en: 'Nothing hinders Conv Lab here.', ru: 'Conv Lab здесь ничто не мешает.' },
  amiss: {
    en: 'Problems found: {count}. The lines above say what to do.',
    ru: 'Найдено проблем: {count}. Что делать, сказано выше.',
  },
} as const satisfies Record<string, Bilingual>

export type DoctorWord = keyof typeof words

export type DoctorParameters<Word extends DoctorWord> = Readonly<
  Record<ParameterNames<(typeof words)[Word]['en']>, string | number>
>

/** A sentence of the doctor. */
export function doctorSentence<Word extends DoctorWord>(
  word: Word,
  parameters: DoctorParameters<Word>,
  language: Language,
): string {
  const values = new Map<string, string | number>(Object.entries(parameters))
  return filled(words[word][language], (name) => values.get(name)?.toString())
}
