import type { Words } from '../words.ts'

/** What reports say in words, beside the headings of their files. */
export const REPORT_WORDS = {
  // ---- titles ----
  energyBy: ['Energy by {group}', 'Енергия по {group}', 'Енергія за {group}'],
  consumptionBy: ['Consumption by {group}', 'Разход по {group}', 'Витрата за {group}'],
  loadOf: ['Load of {siteId}', 'Товар на {siteId}', 'Навантаження {siteId}'],
  savings: [
    'Savings against uncontrolled charging',
    'Спестено спрямо зареждане без управление',
    'Заощаджено порівняно із заряджанням без керування',
  ],
  indicators: ['Indicators', 'Показатели', 'Показники'],
  chargingSessions: ['Charging sessions', 'Зареждания', 'Заряджання'],
  group_vehicle: ['vehicle', 'превозни средства', 'транспортними засобами'],
  group_type: ['type', 'типове', 'типами'],
  group_line: ['line', 'линии', 'маршрутами'],
  group_block: ['block', 'блокове', 'випусками'],
  group_station: ['station', 'зарядни станции', 'зарядними станціями'],
  group_site: ['site', 'депа', 'депо'],
  group_hourOfDay: ['hour of the day', 'час от денонощието', 'годиною доби'],
  group_day: ['day', 'дни', 'днями'],
  group_month: ['month', 'месеци', 'місяцями'],
  group_temperature: ['temperature', 'температура', 'температурою'],
  group_speed: ['speed', 'скорост', 'швидкістю'],

  // ---- parts ----
  percent: ['{n} %', '{n} %', '{n} %'],
  underTenth: ['less than 0.1 %', 'под 0,1 %', 'менш ніж 0,1 %'],
  unknown: ['unknown', 'неизвестно', 'невідомо'],
  degrees: ['{from} to {to} °C', '{from} до {to} °C', '{from} до {to} °C'],
  speeds: ['{from} to {to} km/h', '{from} до {to} km/h', '{from} до {to} км/год'],
  nobodyKnown: ['nobody known', 'неизвестно кой', 'невідомо хто'],
  byLocation: ['location-based', 'по местоположение', 'за місцем'],
  byMarket: ['market-based', 'по пазара', 'за ринком'],

  // ---- energy ----
  noEnergy: [
    'No energy was measured in this period.',
    'През този период не е измерена енергия.',
    'За цей період енергії не виміряно.',
  ],
  noPrices: [
    'No prices for {share} of the energy; its cost is not in the figures.',
    'Няма цени за {share} от енергията; стойността ѝ не е включена.',
    'Немає цін для {share} енергії; її вартість не враховано.',
  ],
  noLocationFactor: [
    'No location-based carbon factor for {share} of the energy.',
    'Няма въглероден фактор по местоположение за {share} от енергията.',
    'Немає вуглецевого чинника за місцем для {share} енергії.',
  ],
  noMarketFactorAtAll: [
    'No market-based carbon factor is entered, so the market-based figure is unknown.',
    'Не е въведен въглероден фактор по пазара, затова стойността по пазара не е известна.',
    'Не введено вуглецевий чинник за ринком, тому викиди за ринком невідомі.',
  ],
  noMarketFactor: [
    'No market-based carbon factor for {share} of the energy.',
    'Няма въглероден фактор по пазара за {share} от енергията.',
    'Немає вуглецевого чинника за ринком для {share} енергії.',
  ],
  peakShared: [
    'Each month’s peak charge is that of the whole connection; it is shared in proportion to the energy charged in that month, and changes until the month is over.',
    'Месечната такса за върхова мощност е на цялото присъединяване; разпределя се според заредената през месеца енергия и се променя до края му.',
    'Місячна плата за пік — за все приєднання; вона розподіляється пропорційно енергії, зарядженій за місяць, і змінюється до його кінця.',
  ],
  sharedAmongLines: [
    'Charged energy is shared among the lines driven since the charge before, by battery energy where all of it was measured, else by distance. What belongs to none has an empty key.',
    'Заредената енергия се разпределя между линиите, изминати след предишното зареждане: по енергията от батерията, когато цялата е измерена, иначе по пробега. Което не е на никоя, е с празен ключ.',
    'Заряджена енергія розподіляється між маршрутами, пройденими після попереднього заряджання: за енергією батареї, якщо її всю виміряно, інакше за пробігом. Що не належить жодному, має порожній ключ.',
  ],
  sharedAmongBlocks: [
    'Charged energy is shared among the blocks driven since the charge before, by battery energy where all of it was measured, else by distance. What belongs to none has an empty key.',
    'Заредената енергия се разпределя между блоковете, изминати след предишното зареждане: по енергията от батерията, когато цялата е измерена, иначе по пробега. Което не е на никой, е с празен ключ.',
    'Заряджена енергія розподіляється між випусками, виконаними після попереднього заряджання: за енергією батареї, якщо її всю виміряно, інакше за пробігом. Що не належить жодному, має порожній ключ.',
  ],
  sharesWait: [
    'The shares of {n} days are being worked out anew; ask again in some minutes.',
    'Дяловете се пресмятат наново (дни: {n}); поискайте справката пак след няколко минути.',
    'Частки обчислюються заново (днів: {n}); запитайте ще раз за кілька хвилин.',
  ],
  basis: [
    'CO2e, {method}, {siteId}: {value} g/kWh, {source}.',
    'CO2e, {method}, {siteId}: {value} g/kWh, {source}.',
    'CO2e, {method}, {siteId}: {value} г/кВт·год, {source}.',
  ],
  defaultSource: ['{source}, default', '{source}, по подразбиране', '{source}, типовий'],

  // ---- load ----
  noLoadIn: [
    'No charging was measured in {share} of the quarters; they are left out of the mean.',
    'В {share} от четвъртчасията не е измерено зареждане; те не влизат в средната стойност.',
    'У {share} чвертьгодин заряджання не виміряно; вони не входять до середнього.',
  ],
  readingsToCome: [
    'Readings are still to come for {n} quarters.',
    'Още се очакват отчитания (четвъртчасия: {n}).',
    'Показання ще надійдуть (чвертьгодин: {n}).',
  ],
  noConnection: [
    'No grid connection is entered, so there is no limit to compare with.',
    'Не е въведено присъединяване към мрежата, затова няма лимит за сравнение.',
    'Не введено приєднання до мережі, тож немає ліміту для порівняння.',
  ],
  baseLoadOfToday: [
    'The building’s base load is the one that is set today.',
    'Базовият товар на сградата е зададеният днес.',
    'Базове навантаження будівлі — те, що задане сьогодні.',
  ],
  monthPeak: [
    'Peak of {month}: {peak} kW at {at} by {who}.',
    'Връх за {month}: {peak} kW в {at} от {who}.',
    'Пік за {month}: {peak} кВт о {at}, заряджалися: {who}.',
  ],

  // ---- consumption ----
  noDriving: [
    'No driving is known in this period.',
    'Няма данни за движение през този период.',
    'За цей період немає даних про рух.',
  ],
  partlyMeasured: [
    'The battery energy of {share} of the distance is not known; kWh/km go by the rest.',
    'Енергията от батерията не е известна за {share} от пробега; kWh/km са по останалия.',
    'Енергія батареї невідома для {share} пробігу; кВт·год/км — за рештою.',
  ],
  noTemperatures: [
    'Without outdoor temperatures there is nothing to expect, so there is no factor.',
    'Без външни температури няма с какво да се сравни, затова няма отношение.',
    'Без зовнішніх температур немає з чим порівняти, тому відношення немає.',
  ],
  emptyLine: [
    'An empty key is driving without passengers, or on no known line.',
    'Празен ключ е движение без пътници или по неизвестна линия.',
    'Порожній ключ — рух без пасажирів або за невідомим маршрутом.',
  ],

  // ---- savings ----
  noPlanOf: [
    'No plan is kept of {n} days, or they are not over yet.',
    'Няма запазен план или денят още не е свършил (дни: {n}).',
    'План не збережено або день ще не минув (днів: {n}).',
  ],
  noSavingWithout: [
    'Where prices or measured energy are missing, no saving is counted.',
    'Където липсват цени или измерена енергия, не се отчита спестяване.',
    'Де бракує цін або виміряної енергії, заощадження не рахується.',
  ],
  savingDay: [
    'A day is from noon to noon, and goes by its first plan; uncontrolled charging is taken at the same energy as was measured.',
    'Денят е от обяд до обяд и важи първият му план; зареждането без управление се смята за същата измерена енергия.',
    'День — від полудня до полудня, за його першим планом; заряджання без керування береться з тією самою виміряною енергією.',
  ],
  savingPeak: [
    'Peak of {month}, {siteId}: {measured} kW measured, {uncontrolled} kW uncontrolled; saved {saved} EUR.',
    'Връх за {month}, {siteId}: измерен {measured} kW, без управление {uncontrolled} kW; спестени {saved} EUR.',
    'Пік за {month}, {siteId}: виміряно {measured} кВт, без керування {uncontrolled} кВт; заощаджено {saved} EUR.',
  ],

  // ---- indicators ----
  enpi: ['EnPI (ISO 50001)', 'Енергиен показател EnPI (ISO 50001)', 'Енергетичний показник EnPI (ISO 50001)'],
  enpiExpected: ['EnPI, expected by the baseline', 'EnPI, очакван по базата', 'EnPI, очікуваний за базовим рівнем'],
  enpiRatio: ['EnPI over baseline', 'EnPI спрямо базата', 'EnPI відносно базового рівня'],
  enpiSaved: ['Saved against the baseline', 'Спестено спрямо базата', 'Заощаджено відносно базового рівня'],
  gridPerKm: ['Grid energy per km', 'Енергия от мрежата на km', 'Енергія з мережі на км'],
  cheapestShare: [
    'Share charged in the cheapest quartile',
    'Дял, зареден в най-евтината четвърт',
    'Частка, заряджена в найдешевшій чверті',
  ],
  socOut: ['SoC at pull-out', 'Заряд при излизане', 'Заряд на виїзді'],
  socIn: ['SoC at pull-in', 'Заряд при прибиране', 'Заряд після повернення'],
  socLowest: ['Lowest SoC', 'Най-нисък заряд', 'Найнижчий заряд'],
  carbonPerPassenger: [
    'CO2e per passenger-km (ISO 14083)',
    'CO2e на пътник-km (ISO 14083)',
    'CO2e на пасажиро-км (ISO 14083)',
  ],
  baselineOf: [
    '{days} days from {from} to {to}, R² {fit}',
    'Дни: {days}, от {from} до {to}, R² {fit}',
    'Днів: {days}, від {from} до {to}, R² {fit}',
  ],
  vehicleAt: ['{vehicle} at {at}', '{vehicle} в {at}', '{vehicle} о {at}'],
  noPerKm: [
    'No driving or no energy is known.',
    'Няма данни за движение или за енергия.',
    'Немає даних про рух або про енергію.',
  ],
  noPrice: ['No charging has a price.', 'Никое зареждане няма цена.', 'Жодне заряджання не має ціни.'],
  noSocAtEnd: [
    'No session of a known vehicle ended with a known state of charge.',
    'Никое зареждане на известно превозно средство не е завършило с известен заряд.',
    'Жодне заряджання відомого транспорту не закінчилося з відомим зарядом.',
  ],
  noSocAtStart: [
    'No session of a known vehicle began with a known state of charge.',
    'Никое зареждане на известно превозно средство не е започнало с известен заряд.',
    'Жодне заряджання відомого транспорту не почалося з відомим зарядом.',
  ],
  noSoc: ['No state of charge is known.', 'Няма известен заряд.', 'Заряд невідомий.'],
  lowestOfSessions: [
    'The lowest state of charge is that at the beginning of sessions; readings on the road are looked at for up to 35 days.',
    'Най-ниският заряд е този в началото на зарежданията; отчитанията по пътя се разглеждат за най-много 35 дни.',
    'Найнижчий заряд — на початку заряджань; показання в дорозі розглядаються щонайбільше за 35 днів.',
  ],
  carbonOfElectricity: [
    'Carbon is that of the electricity by the factors named; making and keeping vehicles is not in it.',
    'Емисиите са на електроенергията по посочените фактори; производството и поддръжката на превозните средства не са включени.',
    'Викиди — від електроенергії за названими чинниками; виробництво й утримання транспорту не враховано.',
  ],
  noMeasuredDriving: [
    'No driving with known battery energy and temperature.',
    'Няма движение с известна енергия от батерията и температура.',
    'Немає руху з відомою енергією батареї та температурою.',
  ],
  noBaseline: [
    'The baseline period has {n} days with known battery energy and temperature; it takes {least}.',
    'Дни с известна енергия от батерията и температура в базовия период: {n}; нужни са {least}.',
    'Днів з відомою енергією батареї та температурою в базовому періоді: {n}; потрібно {least}.',
  ],
  noPassengers: ['No passengers were counted.', 'Няма преброени пътници.', 'Пасажирів не обліковано.'],
  noCountedCarbon: [
    'No energy with a carbon factor is known for the lines with counts.',
    'За линиите с преброени пътници няма енергия с въглероден фактор.',
    'Для маршрутів з обліком пасажирів немає енергії з вуглецевим чинником.',
  ],

  // ---- flags of sessions: in English as the API names them, for programs that read the files ----
  flags: ['{first} {rest}', '{first}; {rest}', '{first}; {rest}'],
  flag_open: ['open', 'още тече', 'ще триває'],
  flag_meterReset: ['meterReset', 'електромерът е започнал отначало', 'лічильник почав заново'],
  flag_meterBreak: ['meterBreak', 'невъзможно показание на електромера', 'неможливий показ лічильника'],
  flag_meterUnknown: ['meterUnknown', 'липсва показание на електромера', 'бракує показу лічильника'],
  flag_energyDiffersFromMeter: [
    'energyDiffersFromMeter',
    'енергията не е край минус начало',
    'енергія не дорівнює різниці показів',
  ],
  flag_gapBetweenParts: ['gapBetweenParts', 'енергия между частите', 'енергія між частинами'],
  flag_lowEfficiency: ['lowEfficiency', 'ниска ефективност', 'низька ефективність'],
  flag_impossibleEfficiency: ['impossibleEfficiency', 'невъзможна ефективност', 'неможлива ефективність'],
  flag_withoutStart: ['withoutStart', 'началото не е известно', 'початок невідомий'],
  flag_presumedEnded: ['presumedEnded', 'краят е предполагаем', 'кінець припущено'],
  flag_withoutPrice: ['withoutPrice', 'отчасти без цена', 'частково без ціни'],

  // ---- sessions ----
  meterDifference: [
    'Energy is meter stop less meter start, unless a flag says otherwise.',
    'Енергията е крайното минус началното показание на електромера, освен ако белег не казва друго.',
    'Енергія — кінцеве показання лічильника мінус початкове, якщо позначка не каже іншого.',
  ],
  costWithoutPeak: [
    'Cost is that of energy and network; the month’s peak charge belongs to no session.',
    'Стойността е за енергия и мрежа; месечната такса за върхова мощност не е на никоя сесия.',
    'Вартість — за енергію та мережу; місячна плата за пік не належить жодній сесії.',
  ],
} as const satisfies Words
