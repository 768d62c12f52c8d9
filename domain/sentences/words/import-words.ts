import type { Words } from '../words.ts'

/** What an import says of a file as a whole: why it was refused, and what became of it. */
export const IMPORT_WORDS = {
  listed: ['{first}, {rest}', '{first}, {rest}', '{first}, {rest}'],

  // ---- refusals ----
  notStored: ['{file} was not stored:', '{file} не е записан:', '{file} не збережено:'],
  notStoredBecause: ['{file} was not stored: {why}.', '{file} не е записан: {why}.', '{file} не збережено: {why}.'],
  noFleetFile: [
    '{file} is no fleet file that could be used:',
    '{file} не е годен файл за парка:',
    '{file} не є придатним файлом парку:',
  ],
  problemAtLine: ['line {line}: {problem}', 'ред {line}: {problem}', 'рядок {line}: {problem}'],
  problemAtPath: ['{path}: {problem}', '{path}: {problem}', '{path}: {problem}'],
  problemOfFile: ['file: {problem}', 'целият файл: {problem}', 'увесь файл: {problem}'],
  moreProblems: ['… and {n} more', '… и още {n}', '… і ще {n}'],
  jsonUnexpected: [
    '{file} is no JSON: "{found}" in line {line}, column {column} is not expected there',
    '{file} не е JSON: „{found}“ на ред {line}, колона {column} не се очаква там',
    '{file} не є JSON: «{found}» у рядку {line}, стовпці {column} там не очікується',
  ],
  jsonEnds: [
    '{file} is no JSON: it ends in line {line} before it is complete',
    '{file} не е JSON: прекъсва на ред {line}, без да е завършен',
    '{file} не є JSON: обривається в рядку {line} незавершеним',
  ],
  jsonUnreadable: ['{file} is no JSON', '{file} не е JSON', '{file} не є JSON'],
  begunTooOften: [
    'it was begun several times and never came to an end',
    'започвано е няколко пъти и не е стигнало до край',
    'його починали кілька разів, і він так і не завершився',
  ],
  ourFault: [
    'Something went wrong on our side, and nothing was stored. The server’s log says what, under import {importId}.',
    'Възникна грешка при нас и нищо не е записано. Дневникът на сървъра я описва под внасяне {importId}.',
    'З нашого боку сталася помилка, нічого не збережено. Журнал сервера описує її під імпортом {importId}.',
  ],
  notTheLastFleetFile: [
    'Another fleet file was stored since, or this one was taken back already. Only the last can be taken back.',
    'Оттогава е записан друг файл за парка или този вече е отменен. Може да се отмени само последният.',
    'Відтоді збережено інший файл парку або цей уже скасовано. Скасувати можна лише останній.',
  ],

  // ---- timetables ----
  feedSpan: [
    '{feed}: {start} to {end}, {zone}.',
    '{feed}: от {start} до {end}, {zone}.',
    '{feed}: від {start} до {end}, {zone}.',
  ],
  feedStored: [
    '{feed}: {trips} trips, {blocks} blocks, {stops} stops.',
    '{feed}: курсове – {trips}, блокове – {blocks}, спирки – {stops}.',
    '{feed}: рейсів — {trips}, випусків — {blocks}, зупинок — {stops}.',
  ],

  // ---- the fleet file ----
  fleetStored: [
    '{sites}, {stations} with {evses}, {vehicles}, {tokens}.',
    '{sites}, {stations}, {evses}, {vehicles}, {tokens}.',
    '{sites}, {stations}, {evses}, {vehicles}, {tokens}.',
  ],
  oneSite: ['{n} site', 'Депа: {n}', 'Депо: {n}'],
  manySites: ['{n} sites', 'Депа: {n}', 'Депо: {n}'],
  oneStation: ['{n} station', 'зарядни станции: {n}', 'зарядних станцій: {n}'],
  manyStations: ['{n} stations', 'зарядни станции: {n}', 'зарядних станцій: {n}'],
  oneEvse: ['{n} EVSE', 'точки за зареждане: {n}', 'точок заряджання: {n}'],
  manyEvses: ['{n} EVSEs', 'точки за зареждане: {n}', 'точок заряджання: {n}'],
  oneVehicle: ['{n} vehicle', 'превозни средства: {n}', 'транспортних засобів: {n}'],
  manyVehicles: ['{n} vehicles', 'превозни средства: {n}', 'транспортних засобів: {n}'],
  oneToken: ['{n} token', 'карти: {n}', 'карток: {n}'],
  manyTokens: ['{n} tokens', 'карти: {n}', 'карток: {n}'],
  outOfService: [
    'No longer in the file, so out of service: {ids}.',
    'Вече не са във файла, затова са извън експлоатация: {ids}.',
    'Уже не у файлі, тому виведено з експлуатації: {ids}.',
  ],
} as const satisfies Words
