import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { menuTemplate } from '../../../main/electron/menu.ts'

function itemsOf(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []))
}

describe('the menu', () => {
  test('has the same items in both languages, each with its own label', () => {
    for (const ofApplication of [false, true]) {
      const [english, russian] = (['en', 'ru'] as const).map((language) =>
        itemsOf(menuTemplate({ language, ofApplication, development: true })),
      )
      expect(russian?.map((item) => item.role)).toEqual(english?.map((item) => item.role))
      for (const item of russian ?? []) if (item.type !== 'separator') expect(item.label).toMatch(/[а-я]/i)
      for (const item of english ?? []) if (item.type !== 'separator') expect(item.label).toMatch(/^[a-z ]+$/i)
    }
  })

  test('has copying and quitting everywhere, and the tools of a developer only in development', () => {
    for (const ofApplication of [false, true]) {
      const roles = itemsOf(menuTemplate({ language: 'en', ofApplication, development: false })).map(
        (item) => item.role,
      )
      expect(roles).toEqual(expect.arrayContaining(['copy', 'paste', 'quit', 'togglefullscreen']))
      expect(roles).not.toContain('toggleDevTools')
      expect(roles).not.toContain('reload')
    }
    expect(
      itemsOf(menuTemplate({ language: 'en', ofApplication: false, development: true })).map((item) => item.role),
    ).toContain('toggleDevTools')
  })
})
