import { doctorSentence } from '../../../core/words/doctorWords.ts'
import { examine } from '../../doctor/examine.ts'
import { forkEngine } from '../../engine/host/engineHost.ts'
import { packedFolder } from '../../files/packedFolder.ts'
import { homePlaces } from '../../files/places.ts'
import { systemLanguage } from '../../shells/systemLanguage.ts'
import { waysHere } from '../../shells/waysHere.ts'
import { defineLoneCommand } from '../command.ts'

/** A page that every browser can show. */
const anyPage = 'about:blank'

export const doctorCommand = defineLoneCommand({
  name: 'doctor',
  summary: 'Say what hinders Conv Lab on this computer',
  runAlone: async ({ home, output }) => {
    // Whoever needs it may not know English, so it speaks as the system does.
    const language = systemLanguage()
    let problems = 0
    const findings = examine({
      folder: packedFolder(),
      home: homePlaces(home),
      launchEngine: forkEngine,
      windowPrograms: waysHere(anyPage).map(({ command }) => command),
      onFile: (read, count) => output.progress(doctorSentence('checking', { read, count }, language)),
    })
    for await (const { part, problem, sentence } of findings) {
      if (problem !== null) problems += 1
      output.tell({ event: 'found', part, sound: problem === null, sentence: sentence('en') }, sentence(language))
    }
    output.tell(
      { event: 'done', problems },
      problems === 0 ? doctorSentence('sound', {}, language) : doctorSentence('amiss', { count: problems }, language),
    )
    return problems === 0 ? 0 : 1
  },
})
