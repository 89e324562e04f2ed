import { z } from 'zod'
import { filled, type Bilingual, type Language, type ParameterNames } from './language.ts'

/**
 * What fills a problem's sentence where a name or a number would not do, in both languages. It crosses processes and is stored as
 * a problem is: as its code and parameters.
 */
const phrases = {
  'setting-batch': { en: 'batch', ru: 'пакет' },
  'setting-learning-rate': { en: 'learning rate', ru: 'скорость обучения' },
  'setting-steps': { en: 'steps', ru: 'число шагов' },
  'setting-seed': { en: 'seed', ru: 'зерно' },
  'setting-evaluate-every': { en: 'evaluate every', ru: 'число шагов между тестами' },
  'setting-validation-share': { en: 'validation share', ru: 'доля для валидации' },
  'setting-patience': { en: 'patience', ru: 'терпение ранней остановки' },
  'setting-momentum': { en: 'momentum', ru: 'момент' },
  'setting-weight-decay': { en: 'weight decay', ru: 'затухание весов' },
  'setting-clip-norm': { en: 'clip norm', ru: 'наибольшая норма градиента' },
  'setting-warm-up': { en: 'warm-up', ru: 'разогрев' },
  'setting-break-at': { en: 'break at', ru: 'шаг прерывания' },
  'setting-classes': { en: 'classes', ru: 'классы' },
  'setting-split': { en: 'split', ru: 'разбиение' },
  'setting-padding': { en: 'padding', ru: 'поля' },
  'setting-cut': { en: 'cut', ru: 'вырезка' },

  'class-without-images': {
    en: 'no image of “{name}” is here',
    ru: 'здесь нет ни одного изображения класса «{name}»',
  },
  'classes-too-few': {
    en: 'there must be two or more to tell apart',
    ru: 'нужно хотя бы два, чтобы их различать',
  },
  'nothing-to-test': {
    en: 'it leaves no image to test with',
    ru: 'для теста не остаётся ни одного изображения',
  },
  'reflected-too-far': {
    en: 'images of {height} x {width} can be reflected by {most} pixels at most, not {pixels}',
    ru: 'изображения {height} x {width} отражаются не дальше чем на {most} пикс., а указано {pixels}',
  },
  'warm-up-too-long': {
    en: 'it has {warmUp} steps of a run of {steps}; make it shorter',
    ru: 'шагов в нём {warmUp}, а во всём обучении {steps}; сделайте его короче',
  },
  'adam-without-decay': {
    en: 'Adam has none; choose AdamW',
    ru: 'у Adam его нет; выберите AdamW',
  },
  'cut-not-offered': {
    en: 'of {dataset} there is only {cuts}',
    ru: 'у набора {dataset} есть только {cuts}',
  },

  'no-own-size': {
    en: 'its images have no size of their own',
    ru: 'у его изображений нет своего размера',
  },
  'only-whole-pictures': {
    en: 'its images are whole pictures',
    ru: 'его изображения — целые снимки',
  },
  'only-objects': {
    en: 'its images are objects cut out of pictures',
    ru: 'его изображения — предметы, вырезанные из снимков',
  },
} as const satisfies Record<string, Bilingual>

export type PhraseCode = keyof typeof phrases

const phraseCodes = Object.keys(phrases) as [PhraseCode, ...PhraseCode[]]

/** A phrase as it crosses a process boundary or is stored: its code and what fills it. */
export const Phrase = z.strictObject({
  phrase: z.enum(phraseCodes),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Phrase = z.infer<typeof Phrase>

/** Builds a phrase; the compiler checks that every parameter is given. */
export function phrase<Code extends PhraseCode>(code: Code, parameters: Record<ParameterNames<(typeof phrases)[Code]['en']>, string | number>): Phrase {
  return { phrase: code, parameters }
}

/** The words of a phrase. */
export function phraseText(of: Phrase, language: Language): string {
  return filled(phrases[of.phrase][language], (name) => of.parameters[name]?.toString())
}
