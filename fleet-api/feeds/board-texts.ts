import type { CallStatus } from '../../domain/stop-call.ts'
import type { Language } from '../../domain/language.ts'

interface BoardTexts {
  line: string
  destination: string
  expected: string
  status: string
  stopCode: string
  title: string
  live: Record<'live' | 'silent' | 'down' | 'none', string>
  statuses: Record<CallStatus, string>
  now: string
  minutes: string
  left: string
  old: string
  empty: string
  next: string
  noNext: string
  endsHere: string
  alerts: string
  updated: string
  refresh: string
  full: string
  stops: string
  otherLanguages: string
  missingTitle: string
  missing: string
}

/** The words of a stop's plain page. `{n}` stands for minutes, `{time}` for a time of day, `{route}` and `{to}` for a line and where it goes. */
export const BOARD_TEXTS: Record<Language, BoardTexts> = {
  en: {
    line: 'Line',
    destination: 'Destination',
    expected: 'Departs',
    status: 'Status',
    stopCode: 'Stop {code}',
    title: 'Departures',
    live: {
      live: 'LIVE: times follow the buses.',
      silent: 'SCHEDULED: the buses have stopped telling where they are. Times are those of the timetable.',
      down: 'SCHEDULED: the feed with the buses’ positions does not answer. Times are those of the timetable.',
      none: 'SCHEDULED: there are no live data. Times are those of the timetable.',
    },
    statuses: {
      onTime: 'on time',
      late: 'late, +{n} min',
      early: 'early, −{n} min',
      cancelled: 'CANCELLED, do not board',
      scheduled: 'scheduled',
      unknown: 'no news of this bus',
    },
    now: 'now',
    minutes: '{n} min',
    left: 'has left',
    old: 'position some minutes old',
    empty: 'No departures in the next two hours.',
    next: 'The next one: line {route} to {to}, {time}.',
    noNext: 'The timetable has none in the coming week.',
    endsHere: 'Buses end here: none leaves from this stop in the coming week.',
    alerts: 'Notices',
    updated: 'Updated {time}. This page renews itself every 30 seconds.',
    refresh: 'Renew now',
    full: 'The full board',
    stops: 'Other stops',
    otherLanguages: 'Language',
    missingTitle: 'There is no such stop',
    missing: 'No timetable in use has a stop {id}.',
  },
  bg: {
    line: 'Линия',
    destination: 'Посока',
    expected: 'Тръгва',
    status: 'Състояние',
    stopCode: 'Спирка {code}',
    title: 'Тръгвания',
    live: {
      live: 'НА ЖИВО: часовете следват автобусите.',
      silent: 'ПО РАЗПИСАНИЕ: автобусите престанаха да съобщават къде са. Часовете са от разписанието.',
      down: 'ПО РАЗПИСАНИЕ: източникът с местоположенията не отговаря. Часовете са от разписанието.',
      none: 'ПО РАЗПИСАНИЕ: няма данни на живо. Часовете са от разписанието.',
    },
    statuses: {
      onTime: 'навреме',
      late: 'закъснява, +{n} мин',
      early: 'подранява, −{n} мин',
      cancelled: 'ОТПАДА, не го чакайте',
      scheduled: 'по разписание',
      unknown: 'няма вест от автобуса',
    },
    now: 'сега',
    minutes: '{n} мин',
    left: 'вече тръгна',
    old: 'местоположение отпреди минути',
    empty: 'Няма тръгвания в следващите два часа.',
    next: 'Следващото: линия {route} към {to}, {time}.',
    noNext: 'В разписанието няма тръгвания през идната седмица.',
    endsHere: 'Крайна спирка: през идната седмица от нея не тръгва автобус.',
    alerts: 'Съобщения',
    updated: 'Обновено в {time}. Страницата се обновява сама на всеки 30 секунди.',
    refresh: 'Обнови сега',
    full: 'Пълното табло',
    stops: 'Други спирки',
    otherLanguages: 'Език',
    missingTitle: 'Няма такава спирка',
    missing: 'В нито едно действащо разписание няма спирка {id}.',
  },
  uk: {
    line: 'Маршрут',
    destination: 'Напрямок',
    expected: 'Відправлення',
    status: 'Стан',
    stopCode: 'Зупинка {code}',
    title: 'Відправлення',
    live: {
      live: 'НАЖИВО: час — за рухом автобусів.',
      silent: 'ЗА РОЗКЛАДОМ: автобуси перестали повідомляти, де вони. Час — з розкладу.',
      down: 'ЗА РОЗКЛАДОМ: джерело місцеположень не відповідає. Час — з розкладу.',
      none: 'ЗА РОЗКЛАДОМ: даних наживо немає. Час — з розкладу.',
    },
    statuses: {
      onTime: 'вчасно',
      late: 'запізнюється, +{n} хв',
      early: 'раніше, −{n} хв',
      cancelled: 'СКАСОВАНО, не чекайте',
      scheduled: 'за розкладом',
      unknown: 'немає звістки від автобуса',
    },
    now: 'зараз',
    minutes: '{n} хв',
    left: 'уже відійшов',
    old: 'місцеположення кількахвилинної давності',
    empty: 'Найближчі дві години відправлень немає.',
    next: 'Наступне: маршрут {route}, напрямок {to}, {time}.',
    noNext: 'У розкладі немає відправлень на найближчий тиждень.',
    endsHere: 'Кінцева зупинка: упродовж тижня жоден автобус звідси не вирушає.',
    alerts: 'Повідомлення',
    updated: 'Оновлено о {time}. Сторінка оновлюється сама кожні 30 секунд.',
    refresh: 'Оновити зараз',
    full: 'Повне табло',
    stops: 'Інші зупинки',
    otherLanguages: 'Мова',
    missingTitle: 'Такої зупинки немає',
    missing: 'У жодному чинному розкладі немає зупинки {id}.',
  },
}
