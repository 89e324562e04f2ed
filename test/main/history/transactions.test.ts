import { expect, test } from 'vitest'
import { openConnection } from '../../../main/history/open.ts'
import { atomically, durably } from '../../../main/history/transactions.ts'
import { temporaryHome } from './temporaryHome.ts'

// The numbers of PRAGMA synchronous: with 2 a commit waits for the disk, with 1 only copying the log into the file
// does.
const full = 2
const normal = 1

test('facts wait for the disk, metrics do not, and a failed transaction leaves nothing of either', () => {
  const connection = openConnection(temporaryHome())
  const level = () => connection.pragma('synchronous', { simple: true })
  const preferences = () => connection.prepare('SELECT count(*) FROM preferences').pluck().get()
  try {
    expect(atomically(connection, level)).toBe(normal)
    expect(durably(connection, level)).toBe(full)
    expect(atomically(connection, level)).toBe(normal)
    for (const transaction of [atomically, durably]) {
      expect(() =>
        transaction(connection, () => {
          connection.exec("INSERT INTO preferences VALUES ('theme', 'dark')")
          throw new Error('no')
        }),
      ).toThrow('no')
    }
    expect(preferences()).toBe(0)
    expect(level()).toBe(normal)
  } finally {
    connection.close()
  }
})

test('the history holds its rules itself: strict types and foreign keys', () => {
  const connection = openConnection(temporaryHome())
  try {
    expect(() =>
      connection.exec(
        "INSERT INTO stretches (run, from_step, tensorflow, binding, node, processor, threads, started_at) VALUES (1, 'one', '', '', '', '', 1, '')",
      ),
    ).toThrow(/cannot store TEXT/)
    expect(() => connection.exec('INSERT INTO steps VALUES (1, 1, 0, 0, 0)')).toThrow(/FOREIGN KEY/)
    const loose = connection
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND strict = 0",
      )
      .all()
    expect(loose).toEqual([])
  } finally {
    connection.close()
  }
})
