import type { Bilingual } from './language.ts'

/** What may go wrong with a sweep on a cluster. */
export const clusterSentences = {
  'cluster-from-here': {
    en: 'A sweep takes the binding to TensorFlow of this computer to the cluster, whose nodes run Linux x86-64. This computer is {system}. Send the sweep from a Linux computer, or train it here. Nothing was begun.',
    ru: 'Перебор берёт с собой на кластер модуль TensorFlow с этого компьютера, а узлы кластера работают под Linux x86-64. Этот компьютер — {system}. Отправьте перебор с компьютера под Linux или обучайте здесь. Ничего не начато.',
  },
  'cluster-program-missing': {
    en: 'A part of the program that goes to the cluster is missing: {file} ({detail}). Build Conv Lab anew, or install it again. Nothing was begun.',
    ru: 'Нет части программы, которую нужно отправить на кластер: {file} ({detail}). Соберите Conv Lab заново или установите его ещё раз. Ничего не начато.',
  },
  'cluster-no-ray': {
    en: 'What answers at {address} is not a Ray cluster ({detail}). Give the address of Ray’s dashboard, usually http://HOST:8265.',
    ru: 'По адресу {address} отвечает не кластер Ray ({detail}). Укажите адрес панели Ray, обычно http://HOST:8265.',
  },
  'cluster-unreachable': {
    en: 'The cluster at {address} does not answer ({detail}). Check that Ray runs there and that this computer reaches it. What trains there already goes on without a connection.',
    ru: 'Кластер {address} не отвечает ({detail}). Проверьте, что Ray запущен и доступен с этого компьютера. То, что там уже обучается, продолжается и без связи.',
  },
  'cluster-refuses': {
    en: 'The cluster at {address} did not do what was asked: {detail}. Try again, or ask whoever runs the cluster.',
    ru: 'Кластер {address} не выполнил запрос: {detail}. Попробуйте ещё раз или обратитесь к администратору кластера.',
  },
  'cluster-token-unread': {
    en: 'The file {file} with the token of the cluster cannot be read ({detail}). Check its name and your permissions.',
    ru: 'Не удаётся прочитать файл {file} с токеном кластера ({detail}). Проверьте имя файла и права доступа.',
  },
  'cluster-token-wrong': {
    en: 'The cluster at {address} asks for a token, and this is not the right one. Name the file that holds the right one: “Token file” in the window, --token-file on the command line. Whoever runs the cluster has it.',
    ru: 'Кластер {address} требует токен, а указан не тот. Назовите файл с нужным токеном: в окне это поле «Файл с токеном», в командной строке --token-file. Токен есть у администратора кластера.',
  },
  'cluster-token-old': {
    en: 'The cluster at {address} no longer takes the token of this sweep. Write the right one into the file that was named when the sweep was sent. The file is read again and again, and what trains there goes on meanwhile.',
    ru: 'Кластер {address} больше не принимает токен этого перебора. Запишите верный токен в файл, указанный при отправке перебора. Файл перечитывается снова и снова, а обучение на кластере тем временем продолжается.',
  },
  'cluster-elsewhere': {
    en: 'Something else answers at {address}, where the cluster of this sweep was. Bring Ray’s dashboard back to this address. It is asked again and again, and what trains there goes on meanwhile.',
    ru: 'По адресу {address}, где был кластер этого перебора, отвечает другая программа. Верните на этот адрес панель Ray. Запросы повторяются, а обучение на кластере тем временем продолжается.',
  },
  'cluster-version': {
    en: 'Ray {version} runs at {address}; a sweep needs Ray 2, {least} or later. Nothing was begun.',
    ru: 'По адресу {address} работает Ray {version}, а перебору нужен Ray 2 версии {least} или новее. Ничего не начато.',
  },
  'cluster-full': {
    en: 'The cluster has no room now: each run takes {processors} processors, and {free} of {all} are free. The sweep begins by itself when there is room. If there never is, cancel it and give each run fewer processors.',
    ru: 'На кластере сейчас нет места: каждому запуску нужно процессоров: {processors}, свободно {free} из {all}. Перебор начнётся сам, когда место появится. Если оно не появляется, отмените перебор и дайте каждому запуску меньше процессоров.',
  },
  'cluster-node-lacks': {
    en: 'A node of the cluster does not have what this run needs: {detail}. See docs/cluster.md for what nodes must have, then let the sweep go on.',
    ru: 'На узле кластера нет того, что нужно этому запуску: {detail}. Что должно быть на узлах, сказано в docs/cluster.md. Затем продолжите перебор.',
  },
  'cluster-engine-fails': {
    en: 'The engine does not start on the node {node} of the cluster: {detail}. Put that right or take the node out of Ray, then let the sweep go on. docs/cluster.md says what nodes must have.',
    ru: 'На узле {node} кластера не запускается вычислительный процесс: {detail}. Устраните причину или уберите узел из Ray, затем продолжите перебор. Что должно быть на узлах, сказано в docs/cluster.md.',
  },
  'cluster-environment': {
    en: 'Ray could not prepare a node for this run: {detail}. If nodes have no package index, unpack Conv Lab on them and send a new sweep that names the folder: “Conv Lab on the nodes” in the window, --nodes-have on the command line.',
    ru: 'Ray не смог подготовить узел для этого запуска: {detail}. Если узлы не могут сами загрузить TensorFlow и Node, распакуйте на них Conv Lab и отправьте новый перебор, указав папку: в окне это поле «Conv Lab на узлах», в командной строке --nodes-have.',
  },
  'cluster-run-moved': {
    en: 'The node on which this run trained was lost ({detail}). It went on from step {step} on another. On an equal engine its bits are those of an unbroken run.',
    ru: 'Узел, на котором шло обучение, потерян ({detail}). Запуск продолжен с шага {step} на другом узле. На таком же процессоре и с той же версией TensorFlow результат бит в бит тот же, что без перерыва.',
  },
  'cluster-run-lost': {
    en: 'This run was lost on the cluster more often than it is sent again ({detail}). It can be continued from its last checkpoint.',
    ru: 'Этот запуск терялся на кластере чаще, чем его отправляют снова ({detail}). Его можно продолжить с последней контрольной точки.',
  },
  'cluster-left': {
    en: 'This run trains on the cluster at {address}, and Conv Lab was closed. It is brought up to date when Conv Lab is open and the cluster answers.',
    ru: 'Этот запуск обучается на кластере {address}, а Conv Lab был закрыт. Данные обновятся, когда Conv Lab открыт и кластер отвечает.',
  },
  'cluster-run-left': {
    en: 'This run trained on the cluster at {address} until its sweep could not go on there; the page of the sweep says why. What came home is kept. Let the sweep go on, and the run is sent again from its last checkpoint.',
    ru: 'Этот запуск обучался на кластере {address}, пока перебор не остановился; причина указана на странице перебора. Всё, что успело прийти, сохранено. Продолжите перебор: запуск будет отправлен снова с последней контрольной точки.',
  },
  'cluster-checkpoint-gone': {
    en: 'Not every checkpoint of this run came home: the cluster no longer had {files}. Its curves and evaluations are whole. Use a checkpoint that is here, or train the run again.',
    ru: 'Не все контрольные точки этого запуска пришли с кластера: там больше нет {files}. Кривые и проверки целы. Возьмите точку, которая есть здесь, или обучите запуск заново.',
  },
  'cluster-not-ended': {
    en: 'The cluster at {address} could not be asked to end this sweep ({detail}). Try again when it answers, or end the sweep here alone: “… here alone” in the window, --here on the command line. Its runs then stand at their last checkpoints that came home, and the cluster ends what still trains there as soon as it is reached again.',
    ru: 'Не удалось передать кластеру {address}, что перебор нужно завершить ({detail}). Повторите, когда кластер ответит, или завершите перебор только здесь: в окне это кнопка «… только здесь», в командной строке --here. Запуски останутся на последних полученных контрольных точках, а то, что ещё обучается на кластере, будет остановлено, как только он снова ответит.',
  },
  'cluster-ended-here': {
    en: 'The cluster at {address} did not answer when the sweep was ended here. This run stands at its last checkpoint that came home, and can be continued from there.',
    ru: 'Кластер {address} не отвечал, когда перебор завершили здесь. Запуск остановлен на последней полученной контрольной точке, и его можно продолжить с неё.',
  },
  'cluster-other': {
    en: 'The cluster at {address} does not know sweep {sweep}, which trains on the one at {other}. Check the address, or pause the sweep first: “lab sweep pause {sweep} --here”.',
    ru: 'Кластер {address} не знает перебора {sweep}: тот обучается на кластере {other}. Проверьте адрес или сначала приостановите перебор командой «lab sweep pause {sweep} --here».',
  },
  'cluster-job-ended': {
    en: 'Ray ended the sweep on the cluster before it was complete ({detail}). What came home is kept. Let the sweep go on, and the rest is sent again from there.',
    ru: 'Ray завершил перебор на кластере раньше времени ({detail}). Всё, что успело прийти, сохранено. Продолжите перебор: остальное будет отправлено снова с этого места.',
  },
  'cluster-job-unknown': {
    en: 'The cluster at {address} does not know this sweep any more; Ray was probably started anew. What came home is kept. Let the sweep go on, and the rest is sent again from there.',
    ru: 'Кластер {address} больше не знает об этом переборе: вероятно, Ray перезапускали. Всё, что успело прийти, сохранено. Продолжите перебор: остальное будет отправлено снова с этого места.',
  },
  'cluster-journal-wrong': {
    en: 'What the cluster tells of this sweep cannot be read: {detail}. It was probably sent by another version of Conv Lab. Cancel the sweep there and send it again; what came home is kept.',
    ru: 'Не удаётся прочитать, что кластер сообщает об этом переборе: {detail}. Вероятно, его отправила другая версия Conv Lab. Отмените его и отправьте снова; всё, что успело прийти, сохранено.',
  },
  'cluster-sweep-unfit': {
    en: 'A sweep on a cluster has no halving and no budget in minutes, because its runs train at once. Leave these out, or train the sweep here. Nothing was begun.',
    ru: 'У перебора на кластере нет отсева и ограничения в минутах: его запуски идут одновременно. Уберите их или обучайте здесь. Ничего не начато.',
  },
  'cluster-sweep-large': {
    en: 'The sweep has {runs} runs, and at most {most} are sent to a cluster at once. Take fewer values or random points, or send several sweeps. Nothing was begun.',
    ru: 'В переборе запусков: {runs}, а на кластер отправляется не больше {most} за раз. Возьмите меньше значений или случайные точки либо отправьте несколько переборов. Ничего не начато.',
  },
  'cluster-data-too-large': {
    en: 'The images have {megabytes} MB, and at most {most} MB are sent. Copy this home’s folder “datasets” to where all nodes see it, and name that folder: “Data folder on the nodes” in the window, --data-folder on the command line. Nothing was begun.',
    ru: 'Изображения занимают {megabytes} МБ, а отправляется не больше {most} МБ. Скопируйте папку «datasets» из папки данных Conv Lab туда, где её видят все узлы, и укажите её: в окне это поле «Папка данных на узлах», в командной строке --data-folder. Ничего не начато.',
  },
  'run-on-cluster': {
    en: 'Run {run} still trains on the cluster, as part of sweep {sweep}. Pause the run or the sweep first, or wait for its end.',
    ru: 'Запуск {run} ещё обучается на кластере в переборе {sweep}. Сначала приостановите запуск или перебор либо дождитесь окончания.',
  },
} as const satisfies Record<string, Bilingual>
