import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** How the learning rate changes during a run. */
export const scheduleTerms = {
  schedule: term(
    m.setting_schedule,
    {
      en: 'How the learning rate changes from step to step. Large steps at first get near the goal fast, small ones at the end come to rest there.',
      ru: 'Как скорость обучения меняется от шага к шагу. Крупные шаги вначале быстро приближают к цели, мелкие в конце дают в ней остановиться.',
    },
    'landscape',
  ),
  'constant-schedule': term(
    { en: 'Constant learning rate', ru: 'Постоянная скорость обучения' },
    {
      en: 'It stays the same from the first step to the last. That is simple to understand, but the loss goes on trembling at the end.',
      ru: 'Не меняется от первого шага до последнего. Так проще всего понять, что происходит, но в конце потери продолжают колебаться.',
    },
    'landscape',
  ),
  'step-schedule': term(
    { en: 'Step schedule', ru: 'Ступенчатое расписание' },
    {
      en: 'The learning rate falls by a factor after equal stretches. The loss usually drops at once with it.',
      ru: 'Через равные промежутки скорость обучения падает в несколько раз. Обычно вместе с ней сразу падают и потери.',
    },
    'landscape',
  ),
  'cosine-schedule': term(
    { en: 'Cosine schedule', ru: 'Косинусное расписание' },
    {
      en: 'The learning rate falls along half a wave of the cosine: slowly at first, fast in the middle, slowly at the end.',
      ru: 'Скорость обучения падает по половине волны косинуса: сначала медленно, в середине быстро, в конце снова медленно.',
    },
    'landscape',
  ),
  'one-cycle': term(
    m.schedule_one_cycle,
    {
      en: 'The learning rate rises to its largest value and then falls far below where it began. So large rates can be used that would be too much at the start; often it needs the fewest steps.',
      ru: 'Скорость обучения растёт до наибольшей, а затем падает намного ниже начальной. Так можно использовать скорости, слишком большие для начала; часто этому расписанию нужно меньше всего шагов.',
    },
    'landscape',
  ),
  'warm-up': term(
    m.setting_warm_up,
    {
      en: 'The first steps, in which the learning rate rises in a straight line. It keeps fresh weights from being thrown far off; too long, and steps are wasted.',
      ru: 'Первые шаги, на которых скорость обучения растёт по прямой. Это не даёт ещё не обученным весам уйти слишком далеко; если разогрев слишком долгий, шаги тратятся зря.',
    },
    'landscape',
  ),
  'warm-up-start': term(
    m.setting_warm_up_start,
    {
      en: 'What part of the learning rate the warm-up begins with. Near 1 there is hardly any warm-up, near 0 the first steps hardly move.',
      ru: 'С какой доли скорости обучения начинается разогрев. Около 1 разогрева почти нет, около 0 первые шаги почти ничего не меняют.',
    },
    'landscape',
  ),
  'schedule-length': term(
    m.setting_schedule_length,
    {
      en: 'Over how many steps the schedule runs its course. After that the last learning rate stays; a run that ends earlier never gets to the small ones.',
      ru: 'На сколько шагов рассчитано расписание. Потом остаётся последняя скорость; запуск, который кончится раньше, до малых скоростей не дойдёт.',
    },
    'landscape',
  ),
  'drop-every': term(
    m.setting_drop_every,
    {
      en: 'After how many steps the learning rate drops once more. Too early, and it is small before the large steps have done their work.',
      ru: 'Через сколько шагов скорость обучения снижается ещё раз. Если слишком рано, она станет малой раньше, чем крупные шаги сделают своё дело.',
    },
    'landscape',
  ),
  'drop-factor': term(
    m.setting_drop_factor,
    {
      en: 'What the learning rate is multiplied by at each drop. The smaller, the harder it brakes; 1 changes nothing.',
      ru: 'На что умножается скорость обучения при каждом снижении. Чем меньше, тем резче торможение; 1 ничего не меняет.',
    },
    'landscape',
  ),
  'end-rate': term(
    m.setting_end_rate,
    {
      en: 'The learning rate at which the cosine ends. At 0 the weights come to rest; larger, they go on moving to the last step.',
      ru: 'Скорость обучения в конце косинуса. При 0 веса останавливаются; если больше, они движутся до последнего шага.',
    },
    'landscape',
  ),
  'rise-share': term(
    m.setting_rise_share,
    {
      en: 'The part of all steps in which the learning rate rises. A longer rise is gentler and leaves fewer steps for the fall, where the best results come.',
      ru: 'На какой доле всех шагов скорость обучения растёт. Долгий подъём мягче, но оставляет меньше шагов на спад, а лучшие результаты приходят именно тогда.',
    },
    'landscape',
  ),
  'start-divisor': term(
    m.setting_start_divisor,
    {
      en: 'How many times smaller than the largest the first learning rate is. The larger this number, the gentler the start.',
      ru: 'Во сколько раз первая скорость обучения меньше наибольшей. Чем больше это число, тем мягче начало.',
    },
    'landscape',
  ),
  'end-divisor': term(
    m.setting_end_divisor,
    {
      en: 'How many times smaller than the first the last learning rate is. The larger this number, the quieter the end.',
      ru: 'Во сколько раз последняя скорость обучения меньше первой. Чем больше это число, тем спокойнее конец.',
    },
    'landscape',
  ),
  'cycled-momentum': term(
    { en: 'Cycled momentum', ru: 'Момент по циклу' },
    {
      en: 'Momentum moves against the learning rate: smallest where the rate is largest. So large steps do not add up to too much.',
      ru: 'Момент движется навстречу скорости обучения: он наименьший там, где скорость наибольшая. Поэтому крупные шаги не складываются в слишком большие.',
    },
    'landscape',
  ),
} as const satisfies Readonly<Record<string, Term>>
