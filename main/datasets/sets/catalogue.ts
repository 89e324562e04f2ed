import { caltech101 } from './caltech101.ts'
import { caltech256 } from './caltech256.ts'
import { cifar10 } from './cifar10.ts'
import { cifar100 } from './cifar100.ts'
import { cityscapes } from './cityscapes.ts'
import { core50 } from './core50.ts'
import type { DatasetDefinition } from '../definition.ts'
import { fashionMnist } from './fashionMnist.ts'
import { hasyv2 } from './hasyv2.ts'
import { linnaeus5 } from './linnaeus5.ts'
import { mnist } from './mnist.ts'
import { ownImages } from './ownImages.ts'
import { shapes } from './shapes.ts'

/** The data sets that the lab knows, in the order in which they are offered. */
export const catalogue: readonly DatasetDefinition[] = [
  cifar10,
  cifar100,
  mnist,
  fashionMnist,
  linnaeus5,
  caltech101,
  caltech256,
  core50,
  cityscapes,
  hasyv2,
  shapes,
  ownImages,
]
