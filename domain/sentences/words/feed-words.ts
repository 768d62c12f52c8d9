import type { Words } from '../words.ts'

/** What is found in a timetable. A finding stands behind the name of its file, so it begins small and has no full stop. */
export const FEED_WORDS = {
  // ---- the form of a file ----
  nulTakenOut: ['NUL characters taken out', 'премахнати са символи NUL', 'вилучено символи NUL'],
  notUtf8: [
    'is not UTF-8; characters that cannot be read became �',
    'не е в UTF-8; нечетимите знаци са заменени с �',
    'не в UTF-8; нечитні знаки замінено на �',
  ],
  blanksInHeader: [
    'blanks around column names taken off',
    'премахнати са интервали около имената на колони',
    'вилучено пробіли навколо назв стовпців',
  ],
  columnTwice: [
    'a column is there twice; the first is used',
    'колона се повтаря; използва се първата',
    'стовпець повторюється; використано перший',
  ],
  unknownColumns: ['unknown columns ignored', 'непознатите колони са пренебрегнати', 'невідомі стовпці пропущено'],
  lineLength: [
    'lines with more or fewer values than the {columns} columns; missing ones are empty',
    'редове, в които стойностите не са колкото колоните ({columns}); липсващите се приемат за празни',
    'рядки, у яких значень не стільки, скільки стовпців ({columns}); відсутні вважаються порожніми',
  ],
  valuesInLine: ['{n} values', 'стойности: {n}', 'значень: {n}'],
  blanksInValues: [
    'blanks around values of {column} taken off',
    'премахнати са интервали около стойностите в {column}',
    'вилучено пробіли навколо значень у {column}',
  ],
  csvQuoteOpen: [
    '{file} cannot be read: the quotation mark that opens in line {line} is never closed',
    '{file} не може да се прочете: кавичките, отворени на ред {line}, не са затворени',
    '{file} неможливо прочитати: лапки, відкриті в рядку {line}, не закрито',
  ],
  csvUnreadable: [
    '{file} cannot be read: it is no CSV',
    '{file} не може да се прочете: не е CSV',
    '{file} неможливо прочитати: це не CSV',
  ],
  unknownFile: [
    'is no file of GTFS or TODS; ignored',
    'не е файл от GTFS или TODS; пренебрегнат е',
    'не є файлом GTFS чи TODS; пропущено',
  ],
  missingKey: ['rows without {column} left out', 'пропуснати са редове без {column}', 'пропущено рядки без {column}'],
  duplicateKey: [
    'the same {key} again; the first is kept',
    '{key} се повтаря; остава първият ред',
    '{key} повторюється; лишається перший рядок',
  ],
  deletesNothing: ['deletes rows that are not there', 'изтрива редове, каквито няма', 'вилучає рядки, яких немає'],

  // ---- stops and shapes ----
  noCoordinates: [
    'stops without usable coordinates',
    'спирки без използваеми координати',
    'зупинки без придатних координат',
  ],
  danglingParent: [
    'unknown parent stations ignored',
    'пренебрегнати са непознати гари и станции (parent_station)',
    'невідомі станції (parent_station) пропущено',
  ],
  badPoint: [
    'points of shapes that cannot be read left out',
    'пропуснати са точки от трасета, които не могат да се прочетат',
    'пропущено точки трас, які неможливо прочитати',
  ],
  unknownShapes: ['unknown shapes ignored', 'пренебрегнати са непознати трасета', 'невідомі траси пропущено'],
  shapeImplausible: [
    'shapes that do not pass the stops of their trips; straight lines are used',
    'трасета, които не минават през спирките на курсовете си; използват се прави линии',
    'траси, що не проходять через зупинки своїх рейсів; використано прямі лінії',
  ],

  // ---- time zone ----
  severalZones: [
    'agencies with different time zones; {zone} counts for all',
    'превозвачи с различни часови зони; за всички важи {zone}',
    'перевізники з різними часовими поясами; для всіх діє {zone}',
  ],
  zoneReplaced: [
    'time zones that are no IANA names replaced by the one that the stops lie in',
    'часовите зони, които не са имена на IANA, са заменени с тази на спирките',
    'часові пояси, що не є назвами IANA, замінено на той, у якому лежать зупинки',
  ],
  valueReplaced: ['{from} becomes {to}', '{from} се заменя с {to}', '{from} замінено на {to}'],

  // ---- days ----
  badServiceDates: [
    'services whose dates cannot be read have no days of their own',
    'календарите, чиито дати не могат да се прочетат, остават без собствени дни',
    'календарі, дати яких неможливо прочитати, не мають власних днів',
  ],
  serviceSpan: ['{service}: {start} to {end}', '{service}: от {start} до {end}', '{service}: від {start} до {end}'],
  endBeforeStart: [
    'services that end before they start',
    'календари, които свършват, преди да започнат',
    'календарі, що закінчуються раніше, ніж починаються',
  ],
  daySpan: ['{start} to {end}', 'от {start} до {end}', 'від {start} до {end}'],
  veryLongService: [
    'services of more than 12 years are cut there',
    'календарите за повече от 12 години са съкратени до толкова',
    'календарі, довші за 12 років, скорочено до цього строку',
  ],
  badException: [
    'exceptions without a date or with a type other than 1 and 2',
    'изключения без дата или с вид, различен от 1 и 2',
    'винятки без дати або з типом, відмінним від 1 та 2',
  ],
  timetableEnded: [
    'the timetable ended on {end}, {days} days ago',
    'разписанието е изтекло на {end} (дни оттогава: {days})',
    'розклад закінчився {end} (днів відтоді: {days})',
  ],
  timetableEnding: [
    'the timetable ends on {end}: get the next one before {next}',
    'разписанието изтича на {end}: осигурете следващото преди {next}',
    'розклад закінчується {end}: отримайте наступний до {next}',
  ],

  // ---- trips ----
  tripOfUnknownService: [
    'trips of unknown services left out',
    'пропуснати са курсове с непознат календар',
    'пропущено рейси з невідомим календарем',
  ],
  tripService: ['{trip}: service "{service}"', '{trip}: календар „{service}“', '{trip}: календар «{service}»'],
  unknownRoutes: ['unknown routes ignored', 'пренебрегнати са непознати линии', 'невідомі маршрути пропущено'],
  tripRoute: ['{trip}: route {route}', '{trip}: линия {route}', '{trip}: маршрут {route}'],
  tripTooShort: [
    'trips with fewer than two usable stops left out',
    'пропуснати са курсове с по-малко от две използваеми спирки',
    'пропущено рейси, у яких менш ніж дві придатні зупинки',
  ],
  frequencyOfUnknownTrip: [
    'frequencies of unknown trips left out',
    'пропуснати са интервали на непознати курсове',
    'пропущено інтервали невідомих рейсів',
  ],
  badFrequency: [
    'frequencies that cannot be read left out',
    'пропуснати са интервали, които не могат да се прочетат',
    'пропущено інтервали, які неможливо прочитати',
  ],
  frequencyBlock: [
    'trips run by frequency have a block_id, which cannot say who drives which departure; ignored',
    'курсове на интервал имат block_id, но той не може да каже кой изпълнява кое тръгване; пренебрегнат е',
    'рейси за інтервалом мають block_id, але він не може сказати, хто виконує яке відправлення; його пропущено',
  ],

  // ---- times ----
  stopTimeOfUnknownTrip: [
    'stop times of unknown trips left out',
    'пропуснати са часове на непознати курсове',
    'пропущено часи невідомих рейсів',
  ],
  stopTimeAtUnknownStop: [
    'stop times at unknown stops left out',
    'пропуснати са часове на непознати спирки',
    'пропущено часи на невідомих зупинках',
  ],
  tripStop: ['{trip}: stop "{stop}"', '{trip}: спирка „{stop}“', '{trip}: зупинка «{stop}»'],
  noSequence: [
    'stop times without a sequence number left out',
    'пропуснати са часове без пореден номер на спирката',
    'пропущено часи без порядкового номера зупинки',
  ],
  badTime: [
    'times that cannot be read count as empty',
    'часовете, които не могат да се прочетат, се приемат за празни',
    'час, який неможливо прочитати, вважається порожнім',
  ],
  noEndTime: [
    'trips without a time at their first or last stop left out',
    'пропуснати са курсове без час на първата или последната спирка',
    'пропущено рейси без часу на першій або останній зупинці',
  ],
  departsBeforeArrival: [
    'departures before arrivals were set to the arrival',
    'тръгванията преди пристигането са изравнени с него',
    'відправлення раніше за прибуття прирівняно до прибуття',
  ],
  timesGoBack: [
    'trips whose times go back left out',
    'пропуснати са курсове, чиито часове вървят назад',
    'пропущено рейси, у яких час іде назад',
  ],
  timeThen: ['{trip}: {before}, then {after}', '{trip}: {before}, после {after}', '{trip}: {before}, потім {after}'],

  // ---- distances ----
  distanceGoesBack: [
    'shape_dist_traveled goes back; it is not used for these trips',
    'shape_dist_traveled намалява; за тези курсове не се използва',
    'shape_dist_traveled зменшується; для цих рейсів не використовується',
  ],
  distanceUnitUnknown: [
    'shape_dist_traveled is in no known unit and is not used',
    'shape_dist_traveled е в непозната мерна единица и не се използва',
    'shape_dist_traveled у невідомій одиниці й не використовується',
  ],
  distanceUnit: [
    'shape_dist_traveled is in {unit}; turned into metres',
    'shape_dist_traveled е в {unit}; превърнато е в метри',
    'shape_dist_traveled у {unit}; переведено в метри',
  ],
  unit_kilometres: ['kilometres', 'километри', 'кілометрах'],
  unit_feet: ['feet', 'футове', 'футах'],
  unit_miles: ['miles', 'мили', 'милях'],
  perStraightMetre: [
    '{ratio} per metre of straight line',
    '{ratio} на метър по права линия',
    '{ratio} на метр по прямій',
  ],
  distanceImplausible: [
    'shape_dist_traveled does not fit the stops; it is not used for these trips',
    'shape_dist_traveled не отговаря на спирките; за тези курсове не се използва',
    'shape_dist_traveled не відповідає зупинкам; для цих рейсів не використовується',
  ],
  metresAgainst: [
    '{trip}: {metres} m against {straight} m in straight lines',
    '{trip}: {metres} m при {straight} m по права линия',
    '{trip}: {metres} м проти {straight} м по прямій',
  ],
  distanceFromTime: [
    'trips at stops without coordinates: way taken from the time',
    'курсове през спирки без координати: пробегът е пресметнат по времето',
    'рейси через зупинки без координат: пробіг обчислено за часом',
  ],

  // ---- blocks and vehicles ----
  noBlocks: [
    'no trip has a block_id: the timetable can be shown, but vehicles cannot be planned from it, since it does not say which trips one vehicle drives',
    'никой курс няма block_id: разписанието може да се показва, но по него не може да се планира, защото не казва кои курсове изпълнява едно превозно средство',
    'жоден рейс не має block_id: розклад можна показувати, але не можна за ним планувати, бо він не каже, які рейси виконує один транспортний засіб',
  ],
  someWithoutBlock: [
    '{n} of {all} trips have no block_id; no vehicle is planned for them',
    'курсове без block_id: {n} от {all}; за тях не се планира превозно средство',
    'рейси без block_id: {n} із {all}; транспорт для них не планується',
  ],
  blockOverlap: [
    'trips of one block that overlap in time',
    'курсове от един блок, които се застъпват по време',
    'рейси одного випуску, що перекриваються в часі',
  ],
  blockOverlapAt: [
    'block {block}: {trip} until {end}, {next} from {start}',
    'блок {block}: {trip} до {end}, {next} от {start}',
    'випуск {block}: {trip} до {end}, {next} від {start}',
  ],
  tripBlock: ['{trip}: block {block}', '{trip}: блок {block}', '{trip}: випуск {block}'],
  linkOfUnknownTrip: [
    'links of unknown trips left out',
    'пропуснати са връзки на непознати курсове',
    'пропущено зв’язки невідомих рейсів',
  ],
  linkGoesBack: [
    'links to a trip that starts before the other ends left out',
    'пропуснати са връзки към курс, който започва, преди другият да е свършил',
    'пропущено зв’язки з рейсом, що починається раніше, ніж закінчується інший',
  ],
  tripToTrip: ['{from} to {to}', '{from} → {to}', '{from} → {to}'],
  linkOverridesBlock: [
    'linked trips whose block_id differs; the link counts',
    'свързани курсове с различен block_id; важи връзката',
    'пов’язані рейси з різними block_id; діє зв’язок',
  ],
  blockReplaced: ['{trip}: {from} becomes {to}', '{trip}: {from} се заменя с {to}', '{trip}: {from} замінено на {to}'],
  assignedUnknownBlock: [
    'vehicles assigned to unknown blocks left out',
    'пропуснати са назначения към непознати блокове',
    'пропущено призначення на невідомі випуски',
  ],
  assignedUnknownVehicle: [
    'assignments of unknown vehicles left out',
    'пропуснати са назначения на непознати превозни средства',
    'пропущено призначення невідомого транспорту',
  ],
  assignedBadDate: [
    'assignments on dates that cannot be read left out',
    'пропуснати са назначения с дата, която не може да се прочете',
    'пропущено призначення з датою, яку неможливо прочитати',
  ],
  assignedAgain: [
    'the same block assigned again; the first is kept',
    'един и същ блок е назначен повторно; остава първото назначение',
    'той самий випуск призначено повторно; лишається перше призначення',
  ],
} as const satisfies Words
