import type { Language } from '../../../domain/language.ts'
import type { Words } from '../../../domain/sentences/words.ts'

/** Headings of files. Units are those of files, not of the API. */
export const HEADINGS: Words = {
  key: ['Key', 'Ключ', 'Ключ'],
  label: ['Name', 'Наименование', 'Назва'],
  startAt: ['Start', 'Начало', 'Початок'],
  endAt: ['End', 'Край', 'Кінець'],
  date: ['Date', 'Дата', 'Дата'],
  energyWh: ['Energy (kWh)', 'Енергия (kWh)', 'Енергія (кВт·год)'],
  sessionWh: ['Energy in sessions (kWh)', 'Енергия в сесии (kWh)', 'Енергія в сесіях (кВт·год)'],
  standbyWh: ['Standby (kWh)', 'Собствена консумация (kWh)', 'Режим очікування (кВт·год)'],
  batteryWh: ['Into batteries (kWh)', 'В батериите (kWh)', 'В батареї (кВт·год)'],
  efficiency: ['Charging efficiency', 'КПД на зареждане', 'ККД заряджання'],
  sessions: ['Sessions', 'Сесии', 'Сесії'],
  distanceM: ['Distance (km)', 'Пробег (km)', 'Пробіг (км)'],
  kWhPerKm: ['kWh/km (grid)', 'kWh/km (мрежа)', 'кВт·год/км (мережа)'],
  energyCostMicroEur: ['Energy cost (EUR)', 'Енергия (EUR)', 'Вартість енергії (EUR)'],
  networkCostMicroEur: ['Network cost (EUR)', 'Мрежови такси (EUR)', 'Мережеві платежі (EUR)'],
  peakCostMicroEur: ['Peak cost (EUR)', 'Такса за върхова мощност (EUR)', 'Плата за пік (EUR)'],
  totalCostMicroEur: ['Total cost (EUR)', 'Общо (EUR)', 'Разом (EUR)'],
  costMicroEur: ['Cost (EUR)', 'Стойност (EUR)', 'Вартість (EUR)'],
  uncostedWh: ['Without a price (kWh)', 'Без цена (kWh)', 'Без ціни (кВт·год)'],
  carbonLocationG: ['CO2e, location-based (kg)', 'CO2e по местоположение (kg)', 'CO2e за місцем (кг)'],
  carbonMarketG: ['CO2e, market-based (kg)', 'CO2e по пазара (kg)', 'CO2e за ринком (кг)'],
  carbonG: ['CO2e (kg)', 'CO2e (kg)', 'CO2e (кг)'],
  uncarbonedWh: ['Without a carbon factor (kWh)', 'Без въглероден фактор (kWh)', 'Без вуглецевого чинника (кВт·год)'],
  share: ['Share', 'Дял', 'Частка'],
  compareEnergyWh: ['Energy before (kWh)', 'Енергия преди (kWh)', 'Енергія раніше (кВт·год)'],
  differenceEnergyWh: ['Difference (kWh)', 'Разлика (kWh)', 'Різниця (кВт·год)'],
  differenceShare: ['Difference', 'Разлика', 'Різниця'],
  compareTotalCostMicroEur: ['Cost before (EUR)', 'Стойност преди (EUR)', 'Вартість раніше (EUR)'],
  powerW: ['Power (kW)', 'Мощност (kW)', 'Потужність (кВт)'],
  chargingW: ['Chargers (kW)', 'Зарядни станции (kW)', 'Зарядні станції (кВт)'],
  limitW: ['Limit (kW)', 'Лимит (kW)', 'Ліміт (кВт)'],
  driveEnergyWh: ['Driving energy (kWh)', 'Енергия за движение (kWh)', 'Енергія руху (кВт·год)'],
  batteryKWhPerKm: ['kWh/km (battery)', 'kWh/km (батерия)', 'кВт·год/км (батарея)'],
  expectedKWhPerKm: ['Expected kWh/km', 'Очаквани kWh/km', 'Очікувані кВт·год/км'],
  factor: ['Factor against expected', 'Отношение към очакваното', 'Відношення до очікуваного'],
  days: ['Days', 'Дни', 'Дні'],
  figure: ['Figure', 'Показател', 'Показник'],
  value: ['Value', 'Стойност', 'Значення'],
  unit: ['Unit', 'Мярка', 'Одиниця'],
  reason: ['Remark', 'Бележка', 'Примітка'],
  sessionNumber: ['Session', 'Сесия', 'Сесія'],
  parts: ['Parts', 'Части', 'Частини'],
  siteId: ['Site', 'Обект', 'Обʼєкт'],
  stationId: ['Charging station', 'Зарядна станция', 'Зарядна станція'],
  evseId: ['EVSE', 'EVSE', 'EVSE'],
  vehicleId: ['Vehicle', 'Превозно средство', 'Транспортний засіб'],
  idToken: ['Card', 'Карта', 'Картка'],
  meterStartWh: ['Meter start (kWh)', 'Електромер начало (kWh)', 'Лічильник на початку (кВт·год)'],
  meterStopWh: ['Meter stop (kWh)', 'Електромер край (kWh)', 'Лічильник наприкінці (кВт·год)'],
  socStartPercent: ['SoC start (%)', 'Заряд начало (%)', 'Заряд на початку (%)'],
  socEndPercent: ['SoC end (%)', 'Заряд край (%)', 'Заряд наприкінці (%)'],
  durationSeconds: ['Duration (s)', 'Продължителност (s)', 'Тривалість (с)'],
  flags: ['Flags', 'Белези', 'Позначки'],
  plannedEnergyWh: ['Planned (kWh)', 'План (kWh)', 'План (кВт·год)'],
  actualEnergyWh: ['Measured (kWh)', 'Измерено (kWh)', 'Виміряно (кВт·год)'],
  plannedCostMicroEur: ['Plan cost (EUR)', 'Стойност по план (EUR)', 'Вартість за планом (EUR)'],
  actualCostMicroEur: ['Measured cost (EUR)', 'Измерена стойност (EUR)', 'Виміряна вартість (EUR)'],
  uncontrolledCostMicroEur: ['Uncontrolled cost (EUR)', 'Без управление (EUR)', 'Без керування (EUR)'],
  savedMicroEur: ['Saved (EUR)', 'Спестено (EUR)', 'Заощаджено (EUR)'],
  plannedPeakW: ['Plan peak (kW)', 'Връх по план (kW)', 'Пік за планом (кВт)'],
  actualPeakW: ['Measured peak (kW)', 'Измерен връх (kW)', 'Виміряний пік (кВт)'],
  uncontrolledPeakW: ['Uncontrolled peak (kW)', 'Връх без управление (kW)', 'Пік без керування (кВт)'],
  savedCarbonG: ['CO2e saved (kg)', 'Спестен CO2e (kg)', 'Заощаджено CO2e (кг)'],
}

const COLUMN: Record<Language, 0 | 1 | 2> = { en: 0, bg: 1, uk: 2 }

/** A column's heading; one that has no words is named by its key. */
export function headerOf(key: string, lang: Language): string {
  return HEADINGS[key]?.[COLUMN[lang]] ?? key
}

export function sheetWords(lang: Language): { figures: string; notes: string } {
  return {
    en: { figures: 'Report', notes: 'Notes' },
    bg: { figures: 'Справка', notes: 'Бележки' },
    uk: { figures: 'Звіт', notes: 'Примітки' },
  }[lang]
}
