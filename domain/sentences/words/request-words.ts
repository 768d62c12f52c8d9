import type { Words } from '../words.ts'

/** What of a request cannot be meant, beyond its bare form. */
export const REQUEST_WORDS = {
  // ---- names ----
  plainName: [
    'Only letters, digits and _ . - are possible.',
    'Възможни са само латински букви, цифри и _ . -',
    'Можливі лише латинські літери, цифри та _ . -',
  ],
  plainPlaceId: [
    'Only letters, digits and _ . @ , - are possible.',
    'Възможни са само латински букви, цифри и _ . @ , -',
    'Можливі лише латинські літери, цифри та _ . @ , -',
  ],
  plainStationId: [
    'An id has no spaces, slashes or control characters.',
    'В идентификатора не може да има интервали, наклонени черти и управляващи знаци.',
    'Ідентифікатор не може містити пробілів, скісних рисок і керівних знаків.',
  ],
  plainPassword: [
    'Only letters, digits and signs of ASCII are possible, without spaces.',
    'Възможни са само латински букви, цифри и знаци от ASCII, без интервали.',
    'Можливі лише латинські літери, цифри та знаки ASCII, без пробілів.',
  ],
  plainCountry2: [
    'A country’s code of two capital letters is expected (ISO 3166-1 alpha-2).',
    'Очаква се код на държава от две главни латински букви (ISO 3166-1).',
    'Очікується код країни з двох великих латинських літер (ISO 3166-1).',
  ],
  plainCountry3: [
    'A country’s code of three capital letters is expected (ISO 3166-1 alpha-3).',
    'Очаква се код на държава от три главни латински букви (ISO 3166-1).',
    'Очікується код країни з трьох великих латинських літер (ISO 3166-1).',
  ],
  plainParty: [
    'Three capital letters or digits are expected.',
    'Очакват се три главни латински букви или цифри.',
    'Очікуються три великі латинські літери або цифри.',
  ],
  quantityName: [
    'A short name with its unit is expected: pm10UgM3, energyWh.',
    'Очаква се кратко име с мерна единица: pm10UgM3, energyWh.',
    'Очікується коротка назва з одиницею: pm10UgM3, energyWh.',
  ],
  manualPlaceId: [
    'Places that are entered by hand are called manual:ID.',
    'Местата, въведени на ръка, се наричат manual:ID.',
    'Місця, введені вручну, називаються manual:ID.',
  ],

  // ---- places on the map ----
  notPoint: [
    'Latitude and longitude in degrees are expected, with a comma between.',
    'Очакват се географска ширина и дължина в градуси, разделени със запетая.',
    'Очікуються широта й довгота в градусах через кому.',
  ],
  notBox: [
    'West, south, east and north in degrees are expected, with commas between.',
    'Очакват се запад, юг, изток и север в градуси, разделени със запетаи.',
    'Очікуються захід, південь, схід і північ у градусах через коми.',
  ],
  nearAlone: [
    '`near` goes with neither `cursor` nor `bbox`.',
    'Търсенето наблизо не се съчетава с продължение на списък или с граници на картата.',
    'Пошук поблизу не поєднується з продовженням списку чи межами карти.',
  ],
  tooManyProperties: [
    'At most {n} properties are possible.',
    'Най-голям брой свойства: {n}.',
    'Найбільша кількість властивостей: {n}.',
  ],
  baysOrFree: [
    'Either `bays` or `free` is expected.',
    'Очакват се или отделните места, или броят на свободните.',
    'Очікуються або окремі місця, або кількість вільних.',
  ],
  inFuture: ['It lies in the future.', 'Моментът е в бъдещето.', 'Цей час іще не настав.'],

  // ---- depot ----
  vehicleOrBay: [
    'Either a vehicle or a bay is expected.',
    'Очаква се или превозно средство, или място.',
    'Очікується або транспортний засіб, або місце.',
  ],
  socAscends: [
    'The state of charge must ascend from point to point.',
    'Зарядът трябва да нараства от точка към точка.',
    'Заряд має зростати від точки до точки.',
  ],
  temperatureAscends: [
    'The temperature must ascend from point to point.',
    'Температурата трябва да нараства от точка към точка.',
    'Температура має зростати від точки до точки.',
  ],
  belowMaxSoc: [
    'The least state of charge must lie below the greatest.',
    'Най-малкият заряд трябва да е под най-големия.',
    'Найменший заряд має бути нижчим за найбільший.',
  ],
  notImage: [
    'The photo is neither JPEG nor PNG nor WebP.',
    'Снимката не е нито JPEG, нито PNG, нито WebP.',
    'Фото не є ні JPEG, ні PNG, ні WebP.',
  ],
  emptyFile: ['The file is empty.', 'Файлът е празен.', 'Файл порожній.'],

  // ---- spans of time ----
  spanDays: [
    'At most {n} days at a time.',
    'Най-дълъг период наведнъж, в дни: {n}.',
    'Найдовший період за раз, у днях: {n}.',
  ],
  daysAfterFrom: [
    'It may lie at most {n} days after `from`.',
    'Краят може да е най-много {n} дни след началото.',
    'Кінець може бути не пізніше ніж за {n} дн. після початку.',
  ],
  daysBeforeTo: [
    'It may lie at most {n} days before `to`.',
    'Началото може да е най-много {n} дни преди края.',
    'Початок може бути не раніше ніж за {n} дн. до кінця.',
  ],
  validToAfter: [
    'The tariff must end after the day from which it holds.',
    'Тарифата трябва да свършва след деня, от който важи.',
    'Тариф має закінчуватися після дня, з якого діє.',
  ],
  notPreview: [
    'A duration up to a day is expected, like PT30M.',
    'Очаква се продължителност до едно денонощие, като PT30M.',
    'Очікується тривалість до доби, на кшталт PT30M.',
  ],
  notTimeZone: [
    'A time zone like Europe/Sofia is expected.',
    'Очаква се часова зона като Europe/Sofia.',
    'Очікується часовий пояс на кшталт Europe/Sofia.',
  ],
  slotsAscend: [
    'Slots must ascend without overlap, and end after they start.',
    'Интервалите трябва да са подредени по време, да не се застъпват и да свършват след началото си.',
    'Проміжки мають іти за часом, не перекриватися й закінчуватися після початку.',
  ],
  slotTooLong: [
    'A slot lasts a day at most.',
    'Един интервал трае най-много едно денонощие.',
    'Один проміжок триває щонайбільше добу.',
  ],

  // ---- reports ----
  reportRefused: [
    'The report cannot be made like that.',
    'Такъв отчет не може да се направи.',
    'Такий звіт скласти не можна.',
  ],
  toAfterFrom: [
    '`to` must be later than `from`; it is exclusive.',
    'Краят трябва да е след началото; самият той не влиза в периода.',
    'Кінець має бути після початку; сам він до періоду не входить.',
  ],
  reportTooLong: [
    'This report spans at most {n} days; ask for less, or for a coarser bucket.',
    'Най-дълъг период на този отчет, в дни: {n}. Изберете по-кратък или по-едро деление.',
    'Найдовший період цього звіту, у днях: {n}. Виберіть коротший або більший крок.',
  ],
  datesBetween: [
    'Dates from {from} to {to} are possible.',
    'Възможни са дати от {from} до {to}.',
    'Можливі дати від {from} до {to}.',
  ],
  compareTogether: [
    '`compareFrom` and `compareTo` go together.',
    'Началото и краят на периода за сравнение са нужни заедно.',
    'Початок і кінець періоду для порівняння потрібні разом.',
  ],
  baselineTogether: [
    '`baselineFrom` and `baselineTo` go together.',
    'Началото и краят на изходния период са нужни заедно.',
    'Початок і кінець базового періоду потрібні разом.',
  ],
  compareOneWay: [
    'Either `compare` or `compareFrom` and `compareTo` is possible.',
    'Сравнението е или с подразбиращ се, или с избран период.',
    'Порівняння можливе або з типовим, або з вибраним періодом.',
  ],
  hoursNoBuckets: [
    'Hours of the day have no buckets.',
    'Часовете от денонощието нямат деление.',
    'Години доби не мають кроку.',
  ],
  dayOwnBuckets: [
    'Days and months are their own buckets; group by site, or leave the bucket out.',
    'Дните и месеците сами са деление; групирайте по депо или изберете отчет без деление.',
    'Дні та місяці самі є кроком; групуйте за депо або не вибирайте кроку.',
  ],
  withinDayGroups: [
    'Buckets within the day go with groupBy site, station, vehicle or type.',
    'Деление в рамките на деня има само по депо, зарядна станция, превозно средство или тип.',
    'Крок у межах дня можливий лише за депо, зарядною станцією, транспортним засобом або типом.',
  ],
  tooManyRows: [
    'This report would have more than {n} rows; ask for less time, or for a coarser bucket.',
    'Редовете на отчета биха надхвърлили {n}. Изберете по-кратък период или по-едро деление.',
    'Рядків у звіті було б понад {n}. Виберіть коротший період або більший крок.',
  ],
  tooManySessions: [
    'A file holds at most {n} sessions; ask for less time, or for one station or vehicle.',
    'Най-голям брой зареждания в един файл: {n}. Изберете по-кратък период или една станция или превозно средство.',
    'Найбільше заряджань в одному файлі: {n}. Виберіть коротший період або одну станцію чи транспортний засіб.',
  ],

  // ---- what is sent out ----
  headerName: ['A header’s name is expected.', 'Очаква се име на заглавие.', 'Очікується назва заголовка.'],
  ownHeader: [
    'The sender sets this header itself.',
    'Това заглавие се задава от самата система.',
    'Цей заголовок задає сама система.',
  ],
  printableAscii: [
    'Only printable ASCII is possible.',
    'Възможни са само видими знаци от ASCII.',
    'Можливі лише видимі знаки ASCII.',
  ],
  tooManyHeaders: [
    'At most {n} headers are possible.',
    'Най-голям брой заглавия: {n}.',
    'Найбільша кількість заголовків: {n}.',
  ],
  bucketName: ['A bucket’s name is expected.', 'Очаква се име на S3 хранилище.', 'Очікується назва сховища S3.'],
  plainPrefix: [
    'Only letters, digits and _ . - = ! * ( ) / are possible.',
    'Възможни са само латински букви, цифри и _ . - = ! * ( ) /',
    'Можливі лише латинські літери, цифри та _ . - = ! * ( ) /',
  ],
  noParentFolder: ['No .. is possible.', 'Не може да има „..“.', 'Не може бути «..».'],
  notTimeOfDay: [
    'A time of day like 05:30 is expected (HH:MM).',
    'Очаква се час като 05:30.',
    'Очікується час на кшталт 05:30.',
  ],
} as const satisfies Words
