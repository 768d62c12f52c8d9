import type { Words } from '../words.ts'

/** What is said of files with prices, carbon intensities, temperatures and tariffs. */
export const SERIES_WORDS = {
  // ---- lines of a CSV ----
  csvHeader: [
    'the header must name the columns {time} and {column}',
    'първият ред трябва да назовава колоните {time} и {column}',
    'перший рядок має називати стовпці {time} і {column}',
  ],
  orColumn: ['{first} (or {other})', '{first} (или {other})', '{first} (або {other})'],
  csvNoInstant: [
    '{column} "{value}" is no instant; write 2026-11-23T00:00:00Z or 2026-11-23T02:00+02:00',
    '{column} „{value}“ не е момент във времето; напишете 2026-11-23T00:00:00Z или 2026-11-23T02:00+02:00',
    '{column} «{value}» не є моментом часу; напишіть 2026-11-23T00:00:00Z або 2026-11-23T02:00+02:00',
  ],
  csvNoEuros: [
    '"{value}" is no number of euros that could be meant',
    '„{value}“ не е възможна сума в евро',
    '«{value}» не є можливою сумою в євро',
  ],
  csvNoGrams: [
    '"{value}" is no number of grams that could be meant',
    '„{value}“ не са възможни грамове',
    '«{value}» не є можливою кількістю грамів',
  ],
  csvNoDegrees: [
    '"{value}" is no number of degrees that could be meant',
    '„{value}“ не са възможни градуси',
    '«{value}» не є можливою кількістю градусів',
  ],
  csvSameAsLine: [
    'the same {column} as in line {line}',
    '{column} е като на ред {line}',
    '{column} те саме, що й у рядку {line}',
  ],
  csvNoValue: ['there is no value in the file', 'във файла няма стойности', 'у файлі немає значень'],

  // ---- which series or site is meant ----
  whichPriceSeries: [
    'Say which price series is meant, with --series: {found}.',
    'Посочете за коя ценова серия е файлът: {found}.',
    'Вкажіть, для якої серії цін файл: {found}.',
  ],
  whichCarbonSeries: [
    'Say which carbon series is meant, with --series: {found}.',
    'Посочете за коя серия на въглеродния интензитет е файлът: {found}.',
    'Вкажіть, для якої серії вуглецевої інтенсивності файл: {found}.',
  ],
  whichSite: [
    'Say which site is meant, with --site: {found}.',
    'Посочете за кое депо е файлът: {found}.',
    'Вкажіть, для якого депо файл: {found}.',
  ],
  noneNamed: ['none is named', 'не е посочено нито едно име', 'жодної назви не вказано'],
  theseNamed: ['there are {names}', 'има {names}', 'є {names}'],
  noSuchSite: [
    'There is no site {site}; there is {sites}.',
    'Няма депо {site}; има {sites}.',
    'Немає депо {site}; є {sites}.',
  ],
  noSiteAtAll: [
    'There is no site {site}; there is none.',
    'Няма депо {site}; няма нито едно депо.',
    'Немає депо {site}; немає жодного депо.',
  ],
  whichZone: [
    'A market document belongs to a bidding zone: name the series after it, like --series entsoe:10YCA-BULGARIA-R.',
    'Пазарният документ е за една тръжна зона: назовете серията по нея, например entsoe:10YCA-BULGARIA-R.',
    'Ринковий документ стосується однієї торгової зони: назвіть серію за нею, наприклад entsoe:10YCA-BULGARIA-R.',
  ],

  documentRefused: ['{reason}', '{reason}', '{reason}'],

  // ---- files without anything ----
  fileNoPrices: ['it has no prices', 'няма цени', 'немає цін'],
  fileNoQuarters: [
    'it has no quarter hour that can be known',
    'няма четвъртчасие с известна стойност',
    'немає чвертьгодини з відомим значенням',
  ],
  fileNoTemperatures: ['it has no temperatures', 'няма температури', 'немає температур'],
  validToFirst: [
    'a validTo lies before its validFrom',
    'validTo е преди своето validFrom',
    'validTo раніше за своє validFrom',
  ],

  // ---- what was stored ----
  leftOut: ['Left out: {problem}.', 'Пропуснато: {problem}.', 'Пропущено: {problem}.'],
  pricesStored: [
    '{prices} of series {series}, {from} to {to}.',
    '{prices}, серия {series}, от {from} до {to}.',
    '{prices}, серія {series}, від {from} до {to}.',
  ],
  onePrice: ['{n} price', 'Цени: {n}', 'Цін: {n}'],
  manyPrices: ['{n} prices', 'Цени: {n}', 'Цін: {n}'],
  oneIntensity: [
    '{n} carbon intensity',
    'Стойности на въглеродния интензитет: {n}',
    'Значень вуглецевої інтенсивності: {n}',
  ],
  manyIntensities: [
    '{n} carbon intensities',
    'Стойности на въглеродния интензитет: {n}',
    'Значень вуглецевої інтенсивності: {n}',
  ],
  temperaturesStored: [
    '{temperatures} of site {site}, {from} to {to}.',
    '{temperatures}, депо {site}, от {from} до {to}.',
    '{temperatures}, депо {site}, від {from} до {to}.',
  ],
  oneTemperature: ['{n} temperature', 'Температури: {n}', 'Температур: {n}'],
  manyTemperatures: ['{n} temperatures', 'Температури: {n}', 'Температур: {n}'],
  tariffFrom: [
    'Tariff of site {site} from {from} on.',
    'Тариф на депо {site} от {from} нататък.',
    'Тариф депо {site} від {from} і далі.',
  ],
  tariffSpan: [
    'Tariff of site {site} from {from} to before {to}.',
    'Тариф на депо {site} от {from} до {to}, без този ден.',
    'Тариф депо {site} від {from} до {to}, без цього дня.',
  ],

  // ---- an answer of Open-Meteo ----
  weatherColumns: [
    '{times} times for {temperatures} temperatures',
    'часове: {times}, а температури: {temperatures}',
    'годин: {times}, а температур: {temperatures}',
  ],
  weatherUnit: ['temperatures in {unit}', 'температури в {unit}', 'температури в {unit}'],
  weatherTime: [
    '"{time}" is no time of Open-Meteo',
    '„{time}“ не е час на Open-Meteo',
    '«{time}» не є часом Open-Meteo',
  ],
} as const satisfies Words
