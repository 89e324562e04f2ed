import { describe, expect, it } from 'vitest'
import { renamePatiently } from '../../setup/rename.mjs'

/** A rename that is refused some times before it succeeds. */
function refusing(times: number, code: string) {
  const calls = { count: 0 }
  const rename = () => {
    calls.count += 1
    if (calls.count <= times) throw Object.assign(new Error(code), { code })
  }
  return { calls, rename }
}

describe('giving a file its name', () => {
  it('is tried again on Windows while another program holds the file', () => {
    const { calls, rename } = refusing(2, 'EPERM')
    renamePatiently('a', 'b', { rename, platform: 'win32' })
    expect(calls.count).toBe(3)
  })

  it('fails on Windows when the file stays held, or for another reason', () => {
    const held = refusing(Infinity, 'EBUSY')
    expect(() => renamePatiently('a', 'b', { rename: held.rename, platform: 'win32', wait: 0 })).toThrow('EBUSY')
    const full = refusing(Infinity, 'ENOSPC')
    expect(() => renamePatiently('a', 'b', { rename: full.rename, platform: 'win32' })).toThrow('ENOSPC')
    expect(full.calls.count).toBe(1)
  })

  it('is tried once elsewhere', () => {
    const { calls, rename } = refusing(1, 'EPERM')
    expect(() => renamePatiently('a', 'b', { rename, platform: 'linux' })).toThrow('EPERM')
    expect(calls.count).toBe(1)
  })
})
