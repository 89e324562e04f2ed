import type { Bilingual } from './language.ts'

/** What is wrong with something that the lab itself stores or runs. They stand in brackets or follow a colon. */
export const damagePhrases = {
  'file-altered': { en: '{file} has been altered', ru: 'файл {file} изменён' },
  'file-bytes-unlike': {
    en: '{file} has {bytes} bytes instead of {wanted}',
    ru: 'размер файла {file} в байтах: {bytes}, а должно быть {wanted}',
  },
  'file-unread': { en: '{file}: {why}', ru: 'файл {file} не читается: {why}' },
  'file-cut-short': { en: '{file} is cut short', ru: 'файл {file} обрывается' },
  'image-cut-short': { en: 'image {image} is cut short', ru: 'изображение {image} обрывается' },
  'image-absent': { en: 'there is no image {image}', ru: 'в нём нет изображения {image}' },
  'card-unread': { en: 'card.json is missing or unreadable', ru: 'файла card.json нет, или он не читается' },
  'card-contradicts-itself': {
    en: 'the hashes in card.json contradict each other',
    ru: 'хеши в card.json противоречат друг другу',
  },

  'pack-without-pictures': { en: 'it has no pictures', ru: 'в нём нет исходных изображений' },
  'pack-without-images': { en: 'it has no images', ru: 'в нём нет изображений' },
  'form-unlike-sum': { en: 'a form has another identity', ru: 'у одной из форм другая контрольная сумма' },
  'form-not-whole': { en: '{form} is not whole', ru: 'форма {form} неполна' },
  'not-of-a-set': { en: '{name} does not belong to a set', ru: '{name} не относится к набору' },
  'ends-too-early': { en: 'it ends too early', ru: 'он обрывается' },
  'sum-unlike': { en: '{name} has another sum', ru: 'у {name} другая контрольная сумма' },

  'exit-code': { en: 'exit code {code}', ru: 'код завершения {code}' },
  'exit-code-with-error': { en: 'exit code {code}, {error}', ru: 'код завершения {code}, {error}' },
  'umap-megabytes': { en: 'UMAP may take {megabytes} MB', ru: 'UMAP может занять {megabytes} МБ' },

  'value-refused': { en: 'the value {place} {what}', ru: 'запись {place} {what}' },
  'content-refused': { en: 'its content {what}', ru: 'запись {what}' },
  'and-more': { en: '{one}, and {others} more', ru: '{one}, и ещё {others}' },
  'configuration-of-run': {
    en: 'configuration of run {run}: {why}',
    ru: 'конфигурация запуска {run}: {why}',
  },

  'owner-electron': { en: 'the desktop window, process {pid}', ru: 'окно на компьютере, процесс {pid}' },
  'owner-browser': { en: 'the window in a browser, process {pid}', ru: 'окно в браузере, процесс {pid}' },
  'owner-cli': { en: 'the command line, process {pid}', ru: 'командная строка, процесс {pid}' },
  'owner-on-computer': { en: 'on the computer {host}', ru: 'на компьютере {host}' },
  'owner-ended-since': { en: 'it has ended since', ru: 'он уже завершил работу' },
  'owner-at': { en: '{owner}, {address}', ru: '{owner}, {address}' },

  'unread-with-code': { en: 'it cannot be read, {code}', ru: 'он не читается, {code}' },
  'header-lacks': { en: 'its header lacks what a checkpoint needs', ru: 'в его заголовке нет нужного' },
  'ends-in-length': { en: 'it ends within its first 8 bytes', ru: 'он обрывается на первых 8 байтах' },
  'header-length-impossible': {
    en: 'its header has an impossible length',
    ru: 'у его заголовка невозможная длина',
  },
  'ends-in-header': { en: 'it ends within its header', ru: 'он обрывается на заголовке' },
  'header-no-json': { en: 'its header is not JSON', ru: 'его заголовок — не JSON' },
  'header-no-tensors': { en: 'its header is not a list of tensors', ru: 'его заголовок — не список тензоров' },
  'metadata-no-strings': { en: 'its metadata are not strings', ru: 'его метаданные — не строки' },
  'tensor-undescribed': {
    en: 'its header does not describe {name} as a float32 tensor',
    ru: 'его заголовок не описывает {name} как тензор float32',
  },
  'tensor-range-unfit': {
    en: 'the range of {name} does not fit its shape and its neighbours',
    ru: 'место {name} в нём не согласуется с формой тензора и с соседями',
  },
  'data-bytes-unlike': {
    en: 'it has {bytes} bytes of data, but its header describes {described}',
    ru: 'байтов данных в нём {bytes}, а по заголовку {described}',
  },
  'tensor-values-unlike': {
    en: '{name} has {values} values, but its shape is {shape}',
    ru: 'значений в {name} {values}, а форма {shape}',
  },
} as const satisfies Record<string, Bilingual>
