import { expect } from 'vitest'
import { linuxOnly } from '../../platforms.ts'
import { pythonOfNodes } from './pythonOfNodes.ts'

const onLinux = linuxOnly('the nodes of a cluster run Linux')

const words = `
import sys
from driver import words_of
print(words_of(RuntimeError(sys.argv[1])))
`

onLinux('an error is told on one line, with how it begins and its cause at the end', () => {
  const told = (message: string): string => pythonOfNodes(words, [message]).trim()
  expect(told('no space left')).toBe('RuntimeError: no space left')
  const quoting =
    'The node could not be prepared.\n\nTraceback:\n  File "a.py"\n    run()\nOSError: No matching package\n'
  expect(told(quoting)).toBe('RuntimeError: The node could not be prepared. … OSError: No matching package')
  expect(told('x'.repeat(1000))).toHaveLength('RuntimeError: '.length + 200)
})
