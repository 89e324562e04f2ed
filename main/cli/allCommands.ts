import type { Command } from './command.ts'
import { againCommand } from './commands/again.ts'
import { archiveCommand } from './commands/archive.ts'
import { binCommand } from './commands/bin.ts'
import { branchCommand } from './commands/branch.ts'
import { compareCommand } from './commands/compare.ts'
import { datasetGetCommand } from './commands/datasetGet.ts'
import { datasetImportCommand } from './commands/datasetImport.ts'
import { datasetPackCommand } from './commands/datasetPack.ts'
import { datasetPrepareCommand } from './commands/datasetPrepare.ts'
import { datasetRemoveCommand } from './commands/datasetRemove.ts'
import { datasetsCommand } from './commands/datasets.ts'
import { datasetShowCommand } from './commands/datasetShow.ts'
import { deleteCommand } from './commands/delete.ts'
import { doctorCommand } from './commands/doctor.ts'
import { embeddingCommand } from './commands/embedding.ts'
import { errorsCommand } from './commands/errors.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { exampleCommand } from './commands/example.ts'
import { expectationsCommand } from './commands/expectations.ts'
import { exportCommand } from './commands/export.ts'
import { exportEndCommand } from './commands/exportEnd.ts'
import { healthCommand } from './commands/health.ts'
import { mapsCommand } from './commands/maps.ts'
import { metricsCommand } from './commands/metrics.ts'
import { mirrorCommand } from './commands/mirror.ts'
import { mirrorUseCommand } from './commands/mirrorUse.ts'
import { nameCommand } from './commands/name.ts'
import { networkCheckCommand } from './commands/networkCheck.ts'
import { networkExportCommand } from './commands/networkExport.ts'
import { networkListCommand } from './commands/networkList.ts'
import { networkRemoveCommand } from './commands/networkRemove.ts'
import { networkRenameCommand } from './commands/networkRename.ts'
import { networkSaveCommand } from './commands/networkSave.ts'
import { networkShowCommand } from './commands/networkShow.ts'
import { networkTimeCommand } from './commands/networkTime.ts'
import { noteCommand } from './commands/note.ts'
import { predictCommand } from './commands/predict.ts'
import { previewCommand } from './commands/preview.ts'
import { proveResumeCommand } from './commands/proveResume.ts'
import { queueCommand } from './commands/queue.ts'
import { queueCancelCommand } from './commands/queueCancel.ts'
import { queueMoveCommand } from './commands/queueMove.ts'
import { queueRunCommand } from './commands/queueRun.ts'
import { restoreCommand } from './commands/restore.ts'
import { resumeCommand } from './commands/resume.ts'
import { runCommand } from './commands/run.ts'
import { runsCommand } from './commands/runs.ts'
import { spaceCommand } from './commands/space.ts'
import { starCommand } from './commands/star.ts'
import { sweepCommand } from './commands/sweep.ts'
import { sweepCancelCommand, sweepPauseCommand, sweepResumeCommand } from './commands/sweepControl.ts'
import { sweepDeleteCommand, sweepRestoreCommand } from './commands/sweepBin.ts'
import { sweepListCommand } from './commands/sweepList.ts'
import { sweepShowCommand } from './commands/sweepShow.ts'
import { tagCommand } from './commands/tag.ts'
import { templateListCommand, templateTakeCommand } from './commands/template.ts'
import { trainCommand } from './commands/train.ts'
import { updateCommand } from './commands/update.ts'
import { updateSaveCommand } from './commands/updateSave.ts'
import { weightsCommand } from './commands/weights.ts'
import { whyCommand } from './commands/why.ts'

/** All commands, in the order in which help lists them. */
export const allCommands: readonly Command[] = [
  datasetsCommand,
  datasetGetCommand,
  datasetImportCommand,
  datasetShowCommand,
  datasetPrepareCommand,
  datasetPackCommand,
  mirrorUseCommand,
  mirrorCommand,
  datasetRemoveCommand,
  networkListCommand,
  networkShowCommand,
  networkCheckCommand,
  networkTimeCommand,
  networkSaveCommand,
  networkRenameCommand,
  networkRemoveCommand,
  networkExportCommand,
  previewCommand,
  trainCommand,
  againCommand,
  branchCommand,
  whyCommand,
  expectationsCommand,
  sweepCommand,
  sweepListCommand,
  sweepShowCommand,
  sweepPauseCommand,
  sweepResumeCommand,
  sweepCancelCommand,
  sweepDeleteCommand,
  sweepRestoreCommand,
  queueMoveCommand,
  queueCancelCommand,
  queueRunCommand,
  queueCommand,
  resumeCommand,
  proveResumeCommand,
  runsCommand,
  runCommand,
  metricsCommand,
  nameCommand,
  noteCommand,
  tagCommand,
  starCommand,
  archiveCommand,
  deleteCommand,
  restoreCommand,
  binCommand,
  spaceCommand,
  compareCommand,
  evaluateCommand,
  errorsCommand,
  embeddingCommand,
  healthCommand,
  predictCommand,
  weightsCommand,
  mapsCommand,
  exportCommand,
  exportEndCommand,
  exampleCommand,
  updateCommand,
  updateSaveCommand,
  templateListCommand,
  templateTakeCommand,
  doctorCommand,
]
