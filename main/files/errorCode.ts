export { codeOf } from '../../setup/problem.mjs'
