import type { Bilingual } from './language.ts'

/** Why a request, a file of the history or a network cannot be used. They follow a colon, or stand in brackets. */
export const requestPhrases = {
  'no-such-labels': {
    en: '{dataset} has no labels “{labels}”; there are {known}',
    ru: 'у набора {dataset} нет меток «{labels}»; есть {known}',
  },
  'no-such-class-number': {
    en: '{dataset} has no class number {number}; it has {classes}',
    ru: 'у набора {dataset} нет класса с номером {number}; классов в нём {classes}',
  },
  'choice-of-everything': {
    en: '{setting} takes everything as published, which is said by leaving it out',
    ru: '{setting} берёт всё как опубликовано, а для этого её не указывают',
  },
  'data-of-others': {
    en: '{setting} is not that of the {dataset} on this computer',
    ru: '{setting} не от набора {dataset} на этом компьютере',
  },
  'means-unlike-channels': {
    en: '{setting} has {means} means, but the images have {channels} channels',
    ru: '{setting}: средних {means}, а каналов у изображений {channels}',
  },
  'path-not-absolute': { en: 'the folder {folder} is not an absolute path', ru: 'путь папки {folder} не абсолютный' },
  'disk-is-full': { en: 'the disk is full', ru: 'диск заполнен' },
  'folder-of-run': { en: 'run {run} is written there', ru: 'туда записывается запуск {run}' },
  'not-that-version': {
    en: '{setting} is not version {version} of the network “{name}”',
    ru: '{setting} — не версия {version} сети «{name}»',
  },
  'option-needs-folder': { en: '{option} needs a folder', ru: 'для {option} нужна папка' },
  'image-outside-batch': { en: 'image {image} of a batch of {batch}', ru: 'изображение {image} батча из {batch}' },
  'image-of-bytes': {
    en: 'an image of {extents} with {bytes} bytes',
    ru: 'изображение {extents}, а байтов в нём {bytes}',
  },
  'no-such-edition': {
    en: '{dataset} has no edition “{edition}”; there are {known}',
    ru: 'у набора {dataset} нет варианта «{edition}»; есть {known}',
  },
  'no-editions': {
    en: '{dataset} has no edition “{edition}”; there are none',
    ru: 'у набора {dataset} нет вариантов, и «{edition}» тоже',
  },
  'reads-itself': {
    en: '{dataset} says itself how it is read; only your own images can be read in several ways',
    ru: 'набор {dataset} сам определяет, как его читать; по-разному читаются только свои изображения',
  },
  'picture-too-large': {
    en: '{extents} pixels; choose a smaller scale',
    ru: 'пикселей {extents}; выберите меньший масштаб',
  },
  'address-of-picture': { en: 'the address of a picture', ru: 'адрес изображения' },
  'more-files': { en: 'more than {most} files', ru: 'больше {most} файлов' },
  'step-needs-memory': {
    en: 'a step takes about {needed} GB, this computer has {there} GB',
    ru: 'на шаг нужно около {needed} ГБ, а на этом компьютере {there} ГБ',
  },
  'kernel-needs-memory': {
    en: 'one kernel takes {needed} GB, this computer has {there} GB',
    ru: 'на одно ядро нужно {needed} ГБ, а на этом компьютере {there} ГБ',
  },
  'no-tensor-of': { en: 'it is no tensor [{extents}]', ru: 'это не тензор [{extents}]' },
  'tensor-absent': { en: 'no {name}', ru: 'в нём нет {name}' },
  'only-wal-left': { en: 'only {file} is left of it', ru: 'от неё остался только {file}' },
  'other-database': { en: 'it is a database of another program', ru: 'это база данных другой программы' },
  'file-locked': { en: '{file} is locked', ru: 'файл {file} занят' },
} as const satisfies Record<string, Bilingual>
