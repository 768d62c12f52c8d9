import type { Words } from '../words.ts'

/** That a thing is not there, one sentence a kind of thing, for each language has its own gender and case. */
export const MISSING_WORDS = {
  no_alert: ['There is no alert {id}.', 'Няма предупреждение {id}.', 'Немає попередження {id}.'],
  no_apiKey: ['There is no key {id}.', 'Няма ключ {id}.', 'Немає ключа {id}.'],
  no_bay: ['There is no bay {id}.', 'Няма място {id}.', 'Немає місця {id}.'],
  no_currentPlan: [
    'There is no current plan of site {id}.',
    'Депо {id} няма действащ план.',
    'Депо {id} не має чинного плану.',
  ],
  no_driverLink: ['There is no link {id}.', 'Няма връзка {id}.', 'Немає посилання {id}.'],
  no_evse: ['There is no EVSE {id}.', 'Няма изход {id}.', 'Немає виходу {id}.'],
  no_faultReport: [
    'There is no report {id}.',
    'Няма съобщение за повреда {id}.',
    'Немає повідомлення про несправність {id}.',
  ],
  no_import: ['There is no import {id}.', 'Няма внасяне {id}.', 'Немає імпорту {id}.'],
  no_location: ['There is no location {id}.', 'Няма обект {id}.', 'Немає об’єкта {id}.'],
  no_photo: [
    'There is no photo of report {id}.',
    'Към съобщението за повреда {id} няма снимка.',
    'До повідомлення про несправність {id} немає фото.',
  ],
  no_place: ['There is no place {id}.', 'Няма място {id}.', 'Немає місця {id}.'],
  no_placeSource: ['There is no source {id}.', 'Няма източник {id}.', 'Немає джерела {id}.'],
  no_plan: ['There is no plan {id}.', 'Няма план {id}.', 'Немає плану {id}.'],
  no_reportDelivery: [
    'There is no delivery of report schedule {id}.',
    'Отчет по график {id} няма изпращане.',
    'Звіт за розкладом {id} не має надсилань.',
  ],
  no_reportSchedule: [
    'There is no report schedule {id}.',
    'Няма отчет по график {id}.',
    'Немає звіту за розкладом {id}.',
  ],
  no_route: ['There is no route {id}.', 'Няма път {id}.', 'Немає шляху {id}.'],
  no_session: ['There is no session {id}.', 'Няма зареждане {id}.', 'Немає заряджання {id}.'],
  no_site: ['There is no site {id}.', 'Няма депо {id}.', 'Немає депо {id}.'],
  no_station: ['There is no station {id}.', 'Няма зарядна станция {id}.', 'Немає зарядної станції {id}.'],
  no_stop: ['There is no stop {id}.', 'Няма спирка {id}.', 'Немає зупинки {id}.'],
  no_tariff: ['There is no tariff {id}.', 'Няма тарифа {id}.', 'Немає тарифу {id}.'],
  no_timetable: ['There is no timetable {id}.', 'Няма разписание {id}.', 'Немає розкладу {id}.'],
  no_timetableFile: [
    'There is no file of timetable {id}.',
    'Няма файл на разписание {id}.',
    'Немає файлу розкладу {id}.',
  ],
  no_user: ['There is no user {id}.', 'Няма потребител {id}.', 'Немає користувача {id}.'],
  no_vehicle: ['There is no vehicle {id}.', 'Няма превозно средство {id}.', 'Немає транспортного засобу {id}.'],
  no_vehicleType: ['There is no vehicle type {id}.', 'Няма тип превозно средство {id}.', 'Немає типу транспорту {id}.'],
  no_webhook: ['There is no webhook {id}.', 'Няма уебкука {id}.', 'Немає вебхука {id}.'],
  no_wish: [
    'There is no wish {id} that still counts.',
    'Няма действащо желание {id}.',
    'Немає чинного побажання {id}.',
  ],

  noBlockOn: ['There is no block {id} on {date}.', 'На {date} няма блок {id}.', 'На {date} немає випуску {id}.'],
  noConnectorOf: [
    'There is no connector {number} of {id}.',
    'Изход {id} няма конектор {number}.',
    'Вихід {id} не має роз’єму {number}.',
  ],
  noFactorFrom: [
    'There is no {method} factor of site {siteId} from {date}.',
    'Депо {siteId} няма въглероден фактор от {date} ({method}).',
    'Депо {siteId} не має вуглецевого чинника від {date} ({method}).',
  ],
  noPlanOfDay: [
    'There is no plan of {date} at site {siteId}.',
    'Депо {siteId} няма план за {date}.',
    'Депо {siteId} не має плану на {date}.',
  ],
  noTariffFrom: [
    'There is no tariff of site {siteId} from {date}.',
    'Депо {siteId} няма тарифа от {date}.',
    'Депо {siteId} не має тарифу від {date}.',
  ],

  // ---- a page ----
  noPage: ['There is no such page', 'Няма такава страница', 'Такої сторінки немає'],
  noPageWhy: [
    'Perhaps its address was cut short or mistyped.',
    'Може би адресът ѝ е непълен или е написан с грешка.',
    'Можливо, її адреса неповна або написана з помилкою.',
  ],
  toFirstPage: ['To the first page', 'Към началната страница', 'На початкову сторінку'],
  toStops: ['Find a stop', 'Намиране на спирка', 'Знайти зупинку'],
} as const satisfies Words
