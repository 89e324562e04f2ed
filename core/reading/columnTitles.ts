/**
 * Titles of columns in common use, in both languages. They are written as `titleKey` makes them: in small letters,
 * without blanks and marks.
 */

/** A title without what people write in different ways: case, blanks, `_`, `-`, `.` and the dots of `ё`. */
export function titleKey(title: string): string {
  return title
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll('№', 'no')
    .replaceAll(/[^\p{L}\p{N}#]/gu, '')
}

function titles(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

/** Titles of the column of labels. */
const labelTitles = titles(`
  label labels labelname labelid labelidx labelindex class classes classname classlabel classid classidx classindex
  classno classnumber category categories categoryname categoryid target targets targetname targetid groundtruth
  species speciesname speciesid scientificname commonname breed breeds breedname breedid dx diagnosis diagnoses disease
  variety varieties cultivar genus emotion expression genre primarylabel finding findings findinglabel findinglabels
  метка метки меткакласса класс классы имякласса названиекласса номеркласса категория категории вид порода сорт диагноз
  заболевание болезнь род эмоция жанр
`)

/** Titles of labels that as often name something else, so that they count only where no other is there. */
const weakLabelTitles = titles('type kind tag тип тег')

/** Titles of the column of paths. */
const pathTitles = titles(`
  path paths filepath file filename files fname fn image images imagepath imagefile imagename imagefilename imageid img
  imgpath imgname imgid imgfile picture pictures picturepath picturename photo photopath photoname photoid relativepath
  путь путькфайлу файл файлы имяфайла изображение изображения имяизображения картинка картинки снимок фото фотография
`)

/** Titles of paths that as often only number the rows. */
const weakPathTitles = titles('id ids name names uid key имя название ид')

/** Titles of a column that tells the parts of a set. */
const partTitles = titles(`
  split splits splitname datasetsplit subset subsets partition partitions phase выборка подвыборка разбиение
`)

/** The same, of titles that may also name something else. */
const weakPartTitles = titles('set dataset part usage часть набор использование')

const foldTitles = titles('fold folds foldid foldno kfold kfolds cvfold фолд фолды номерфолда')

/** Titles of columns that describe a picture and never its class. */
const otherTitles = titles(`
  width height size sizes filesize imagesize imagewidth imageheight bytes resolution channels depth format mode mime
  mimetype extension ext dpi area
  author authors creator artist photographer credit credits attribution owner user username userid uploader
  licence license licences licenses copyright rights source sources url urls link links href uri website page pageurl
  imageurl homepage caption captions text alt description descriptions desc remark remarks comment comments note notes
  title summary keywords
  md5 sha sha1 sha256 sha512 hash filehash checksum crc crc32 phash
  date dates time datetime timestamp year month day created createdat modified updated taken
  x y z w h cx cy xc yc left top right bottom bbox bboxes box boxes boundingbox roi polygon segmentation mask masks
  rotation orientation angle
  age sex gender patient patientid patientage patientsex patientgender subject subjectid lesionid localization site
  view viewposition dxtype device camera cameramodel iso exposure aperture focallength scanner
  lat lon lng long latitude longitude altitude location place city country region state
  index idx no num number row rowid n count unnamed0 unnamed
  weight confidence score prob probability rating annotator annotators rater labeler labeller worker reviewer
  language lang difficult truncated occluded occlusion pose quality blur brightness
  автор авторы фотограф владелец пользователь лицензия лицензии правообладатель права источник источники ссылка ссылки
  адрес сайт подпись подписи описание описания текст примечание примечания комментарий комментарии заметка заметки
  замечание замечания ширина высота размер размеры байт байты разрешение формат хеш хэш контрольнаясумма дата даты время
  год месяц день возраст пол пациент координата координаты х у широта долгота город страна место местоположение регион
  камера устройство номер номерстроки noпп индекс количество число вес уверенность вероятность разметчик эксперт язык
  качество рамка маска #
`)

/** `x1`, `ymax`, `Roi.X1`, `bbox_w`, `x_center`, `box.width`: coordinates of boxes. */
const boxTitle = /^(roi|bbox|box)?([xywh]\d?|[xy](min|max|c|cent(er|re)|1|2|top|left)|width|height|(min|max)[xy])$/

/** `patient_id`, `lesionId`: the number of a thing. */
const numberTitle = /([\p{L}\p{N}][\s_.-]+([iI][dD]|uuid|guid)|\p{Ll}I[Dd])$/u

/** How well a title is known: `yes`, `weak` for one that may as well mean something else, or `no`. */
export type Known = 'yes' | 'weak' | 'no'

function known(title: string, sure: ReadonlySet<string>, weak: ReadonlySet<string>): Known {
  const key = titleKey(title)
  if (sure.has(key)) return 'yes'
  return weak.has(key) ? 'weak' : 'no'
}

export function isLabelTitle(title: string): Known {
  return known(title, labelTitles, weakLabelTitles)
}

export function isPathTitle(title: string): Known {
  return known(title, pathTitles, weakPathTitles)
}

export function isPartTitle(title: string): Known {
  return known(title, partTitles, weakPartTitles)
}

export function isFoldTitle(title: string): boolean {
  return foldTitles.has(titleKey(title))
}

/** Whether a column describes a picture otherwise than by its class: its size, author, source, place, number ... */
export function isOtherTitle(title: string): boolean {
  const key = titleKey(title)
  return otherTitles.has(key) || boxTitle.test(key) || (numberTitle.test(title) && !labelTitles.has(key))
}

/** Whether a cell is a title that is known for whatever column. */
export function isKnownTitle(cell: string): boolean {
  return (
    [isLabelTitle, isPathTitle, isPartTitle].some((isTitle) => isTitle(cell) !== 'no') ||
    isFoldTitle(cell) ||
    (isOtherTitle(cell) && !/^\p{N}|^.?$/u.test(cell))
  )
}
