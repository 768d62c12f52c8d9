import type { Words } from '../words.ts'

/** Why a timetable cannot be used at all. */
export const FEED_REFUSAL_WORDS = {
  feedUnusable: ['the feed cannot be used', 'разписанието не може да се използва', 'розклад не можна використати'],
  filesMissing: [
    'it is no GTFS feed: {files} missing',
    'това не е разписание GTFS: липсва {files}',
    'це не розклад GTFS: бракує {files}',
  ],
  noCalendar: [
    'it has neither calendar.txt nor calendar_dates.txt, so nobody knows on which days it runs',
    'няма нито calendar.txt, нито calendar_dates.txt, затова не се знае в кои дни важи',
    'немає ні calendar.txt, ні calendar_dates.txt, тому невідомо, у які дні він діє',
  ],
  noStops: ['stops.txt holds no stops', 'в stops.txt няма спирки', 'у stops.txt немає зупинок'],
  noUsableTrip: [
    'trips.txt holds no trip that could be used',
    'в trips.txt няма курс, който да може да се използва',
    'у trips.txt немає жодного придатного рейсу',
  ],
  noUsableStopTimes: [
    'no trip has usable stop times',
    'никой курс няма използваеми часове по спирки',
    'жоден рейс не має придатних часів на зупинках',
  ],
  noServiceDay: [
    'no service of the feed runs on any day (calendar.txt, calendar_dates.txt)',
    'никой от календарите няма нито един ден (calendar.txt, calendar_dates.txt)',
    'жоден із календарів не має жодного дня (calendar.txt, calendar_dates.txt)',
  ],
  noTimeZone: [
    'agency.txt names no time zone (agency_timezone), so no time of the feed means anything',
    'в agency.txt няма часова зона (agency_timezone), затова часовете в разписанието не значат нищо',
    'в agency.txt немає часового поясу (agency_timezone), тому час у розкладі нічого не означає',
  ],
  unknownZone: [
    'the time zone "{zone}" in agency.txt is no IANA name and cannot be told from the stops\' places; write, for example, Europe/Sofia',
    'часовата зона „{zone}“ в agency.txt не е име на IANA и не може да се познае по местата на спирките; напишете например Europe/Sofia',
    'часовий пояс «{zone}» в agency.txt не є назвою IANA, і його не можна визначити за місцями зупинок; напишіть, наприклад, Europe/Sofia',
  ],
  todsWithoutFeed: [
    'TODS files are laid over a GTFS feed: import that first (npm run import -- gtfs …)',
    'файловете на TODS допълват разписание GTFS: първо внесете него',
    'файли TODS доповнюють розклад GTFS: спершу імпортуйте його',
  ],
  severalFeeds: [
    'there are several feeds; say which with --feed: {feeds}',
    'има няколко разписания; посочете кое: {feeds}',
    'є кілька розкладів; вкажіть, який: {feeds}',
  ],
  feedFilesGone: [
    'the files of {feed} were not kept; import it again',
    'файловете на {feed} не са запазени; внесете го отново',
    'файли {feed} не збережено; імпортуйте його знову',
  ],

  // ---- the zip ----
  zipTooMany: [
    'the zip holds {n} files; {most} are allowed',
    'файлове в архива: {n}; допускат се най-много {most}',
    'файлів в архіві: {n}; дозволено щонайбільше {most}',
  ],
  zipEncrypted: ['the zip is encrypted ({file})', 'архивът е шифрован ({file})', 'архів зашифровано ({file})'],
  zipOver4Gb: [
    '{file} in the zip is larger than 4 GB',
    '{file} в архива е над 4 GB',
    '{file} в архіві більший за 4 ГБ',
  ],
  zipTooLarge: [
    'the zip unpacks to too much: {file} brings it to {mb} MB',
    'разархивиран, архивът е твърде голям: с {file} стига {mb} MB',
    'розпакований архів завеликий: із {file} сягає {mb} МБ',
  ],
  zipPacking: [
    '{file} in the zip is packed in a way ({method}) that is not supported',
    '{file} в архива е компресиран по начин ({method}), който не се поддържа',
    '{file} в архіві стиснуто способом ({method}), який не підтримується',
  ],
  zipFolders: [
    'the zip holds several folders ({folders}); a feed is one folder',
    'в архива има няколко папки ({folders}); разписанието стои в една',
    'в архіві кілька тек ({folders}); розклад лежить в одній',
  ],
  zipBroken: ['the zip is broken: {what}', 'архивът е повреден: {what}', 'архів пошкоджено: {what}'],
  zipNoDirectory: [
    'it has no directory, so it is not a zip or is cut off',
    'няма опис на файловете, значи не е zip или не е цял',
    'немає переліку файлів, тож це не zip або він неповний',
  ],
  zipDirectoryDamaged: ['its directory is damaged', 'описът на файловете е нарушен', 'перелік файлів порушено'],
  zipFileMissing: ['{file} is missing', 'липсва {file}', 'бракує {file}'],
  zipFileCut: ['{file} is cut off', '{file} не е цял', '{file} неповний'],
  zipChecksum: [
    '{file} fails its checksum',
    'контролната сума на {file} не съвпада',
    'контрольна сума {file} не збігається',
  ],
  zipUnpack: [
    '{file} cannot be unpacked ({why})',
    '{file} не може да се разархивира ({why})',
    '{file} неможливо розпакувати ({why})',
  ],
  unpackEnds: ['unexpected EOF', 'данните свършват преждевременно', 'дані закінчуються передчасно'],
  unpackBlock: ['invalid block type', 'непознат вид блок', 'невідомий тип блоку'],
  unpackLength: ['invalid length/literal', 'грешна дължина', 'неправильна довжина'],
  unpackDistance: ['invalid distance', 'грешно отместване', 'неправильне зміщення'],
  unpackInvalid: ['invalid data', 'грешни данни', 'неправильні дані'],
} as const satisfies Words
