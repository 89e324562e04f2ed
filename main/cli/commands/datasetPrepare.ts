import { formKey } from '../../../core/data/dataChoice.ts'
import { usualChoice, viewOf } from '../../../core/data/datasetView.ts'
import { anyWord } from '../argumentKinds.ts'
import { readyForm } from '../chosenData.ts'
import { defineCommand } from '../command.ts'
import { formOptions, formWishes } from '../dataOptions.ts'
import { formFor } from '../dataWishes.ts'
import { bytes } from '../format.ts'
import { datasetEntry } from '../getDataset.ts'

const name = 'dataset prepare'

export const datasetPrepareCommand = defineCommand({
  name,
  summary: 'Prepare the images of a data set in another form',
  arguments: { dataset: anyWord('ID') },
  options: formOptions,
  endsItself: true,
  read: ({ dataset }, options) => ({ dataset, form: formWishes(name, options) }),
  run: async (context, { dataset, form: wishes }) => {
    const known = await datasetEntry(context, dataset)
    const { entry, form } = await readyForm(context, known, formFor(known, wishes))
    const { sizes } = viewOf(entry, { ...usualChoice(entry), form: form.form })
    const result = {
      event: 'done',
      dataset,
      form: form.form,
      train: sizes.train,
      test: sizes.test,
      prepared: form.prepared,
      twins: form.twins,
    }
    context.output.tell(
      result,
      `${entry.name} is prepared as “${formKey(form.form)}”: ${sizes.train} training and ${sizes.test} test images of ${form.image.width} x ${form.image.height}, ${bytes(form.prepared.bytes)}.`,
    )
  },
})
