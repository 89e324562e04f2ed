import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '../../core/words/language.ts'

const labels = {
  file: { en: '&File', ru: '&Файл' },
  edit: { en: '&Edit', ru: '&Правка' },
  view: { en: '&View', ru: '&Вид' },
  window: { en: '&Window', ru: '&Окно' },
  about: { en: 'About Conv Lab', ru: 'О программе Conv Lab' },
  hide: { en: 'Hide Conv Lab', ru: 'Скрыть Conv Lab' },
  hideOthers: { en: 'Hide others', ru: 'Скрыть остальные' },
  unhide: { en: 'Show all', ru: 'Показать все' },
  quit: { en: 'Quit Conv Lab', ru: 'Завершить Conv Lab' },
  undo: { en: 'Undo', ru: 'Отменить' },
  redo: { en: 'Redo', ru: 'Повторить' },
  cut: { en: 'Cut', ru: 'Вырезать' },
  copy: { en: 'Copy', ru: 'Копировать' },
  paste: { en: 'Paste', ru: 'Вставить' },
  selectAll: { en: 'Select all', ru: 'Выделить всё' },
  resetZoom: { en: 'Actual size', ru: 'Исходный размер' },
  zoomIn: { en: 'Zoom in', ru: 'Крупнее' },
  zoomOut: { en: 'Zoom out', ru: 'Мельче' },
  togglefullscreen: { en: 'Full screen', ru: 'Во весь экран' },
  reload: { en: 'Reload', ru: 'Обновить' },
  toggleDevTools: { en: 'Developer tools', ru: 'Инструменты разработчика' },
  minimize: { en: 'Minimize', ru: 'Свернуть' },
  zoom: { en: 'Zoom', ru: 'Изменить масштаб' },
} as const satisfies Record<string, Record<Language, string>>

/** The labels of menus; the others are those of Electron's actions. */
type MenuName = 'file' | 'edit' | 'view' | 'window'

export interface MenuOptions {
  readonly language: Language
  /** Whether the menu belongs to the application and not to a window. */
  readonly ofApplication: boolean
  /** Whether to include reloading and the developer tools, for people who work on the lab. */
  readonly development: boolean
}

/** The application's menu: what the system expects, and nothing that the window already has. */
export function menuTemplate({ language, ofApplication, development }: MenuOptions): MenuItemConstructorOptions[] {
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const item = (role: Exclude<keyof typeof labels, MenuName>): MenuItemConstructorOptions => ({
    role,
    label: labels[role][language],
  })
  const menu = (name: MenuName, submenu: MenuItemConstructorOptions[]): MenuItemConstructorOptions => ({
    label: labels[name][language],
    submenu,
  })
  const first: MenuItemConstructorOptions = ofApplication
    ? {
        label: 'Conv Lab',
        submenu: [item('about'), separator, item('hide'), item('hideOthers'), item('unhide'), separator, item('quit')],
      }
    : menu('file', [item('about'), separator, item('quit')])
  return [
    first,
    menu('edit', [item('undo'), item('redo'), separator, item('cut'), item('copy'), item('paste'), item('selectAll')]),
    menu('view', [
      item('resetZoom'),
      item('zoomIn'),
      item('zoomOut'),
      separator,
      item('togglefullscreen'),
      ...(development ? [separator, item('reload'), item('toggleDevTools')] : []),
    ]),
    ...(ofApplication ? [menu('window', [item('minimize'), item('zoom')])] : []),
  ]
}
