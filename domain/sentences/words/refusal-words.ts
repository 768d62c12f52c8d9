import type { Words } from '../words.ts'

/** Why the present state, or who is asking, does not allow what was asked. */
export const REFUSAL_WORDS = {
  // ---- rights ----
  needsRole: [
    'This needs the right of {roles}; you have that of {role}.',
    'За това е нужна роля: {roles}; вашата роля: {role}.',
    'Для цього потрібна роль: {roles}; ваша роль: {role}.',
  ],
  role_admin: ['admin', 'администратор', 'адміністратор'],
  role_manager: ['manager', 'ръководител на депо', 'керівник депо'],
  role_driver: ['driver', 'водач', 'водій'],
  role_energy: ['energy', 'енергетик', 'енергетик'],
  role_viewer: ['viewer', 'наблюдател', 'спостерігач'],
  role_nobody: ['nobody', 'никаква', 'жодної'],
  noRule: [
    'Nobody may call {operation}: it has no rule.',
    'Никой няма право на {operation}: за това няма правило.',
    'Ніхто не має права на {operation}: для цього немає правила.',
  ],
  driversOwnOnly: [
    'Drivers see their own vehicle.',
    'Водачите виждат само своето превозно средство.',
    'Водії бачать лише свій транспортний засіб.',
  ],
  driversJsonOnly: [
    'Drivers get this as JSON only.',
    'Водачите получават това само като JSON.',
    'Водії отримують це лише як JSON.',
  ],
  photoByReporter: [
    'A photo is added by whoever made the report.',
    'Снимка добавя само този, който е съобщил за повредата.',
    'Фото додає лише той, хто повідомив про несправність.',
  ],

  // ---- people ----
  takenEmail: [
    'Somebody has this e-mail address.',
    'Този имейл адрес вече се използва.',
    'Ця адреса е-пошти вже використовується.',
  ],
  lastAdmin: ['This is the last admin.', 'Това е последният администратор.', 'Це останній адміністратор.'],

  // ---- things that are named but not there ----
  unknownSite: ['There is no such site.', 'Няма такова депо.', 'Такого депо немає.'],
  unknownVehicle: ['There is no such vehicle.', 'Няма такова превозно средство.', 'Такого транспортного засобу немає.'],
  unknownTariff: ['There is no such ad-hoc tariff.', 'Няма такава тарифа.', 'Такого тарифу немає.'],
  unknownNode: [
    'The site has no such limit node.',
    'Депото няма такъв възел с лимит на мощността.',
    'Депо не має такого вузла з обмеженням потужності.',
  ],
  unknownBay: ['The site has no such bay.', 'Депото няма такова място.', 'Депо не має такого місця.'],
  unknownBayOfVehicle: [
    'The vehicle’s site has no such bay.',
    'Депото на превозното средство няма такова място.',
    'Депо цього транспортного засобу не має такого місця.',
  ],
  unknownEvse: ['There is no such EVSE.', 'Няма такъв изход за зареждане.', 'Такого зарядного виходу немає.'],
  unknownEvseOfStation: [
    'The station has no such EVSE.',
    'Зарядната станция няма такъв изход.',
    'Зарядна станція не має такого виходу.',
  ],
  unknownBlock: [
    'There is no such block on that day.',
    'В този ден няма такъв блок.',
    'Цього дня такого випуску немає.',
  ],
  unknownSubject: [
    'There is no such charger, vehicle or bay.',
    'Няма такава зарядна станция, превозно средство или място.',
    'Такої зарядної станції, транспортного засобу чи місця немає.',
  ],

  // ---- depot ----
  stationKnown: ['There is a station {id} already.', 'Вече има зарядна станция {id}.', 'Зарядна станція {id} уже є.'],
  minAboveMax: [
    'The least power would be above the most.',
    'Най-малката мощност би надхвърлила най-голямата.',
    'Найменша потужність перевищила б найбільшу.',
  ],
  departurePassed: ['That departure is over.', 'Това тръгване вече е минало.', 'Цей виїзд уже минув.'],
  previewsBusy: [
    'Too many previews of this site are being made; ask again in a moment.',
    'За това депо се изчисляват твърде много прегледи; опитайте пак след малко.',
    'Для цього депо обчислюється забагато попередніх переглядів; спробуйте за мить.',
  ],
  nothingToPlan: [
    'There is nothing to plan at {siteId}.',
    'За депо {siteId} няма какво да се планира.',
    'Для депо {siteId} немає чого планувати.',
  ],
  previewFailed: [
    'The preview could not be worked out.',
    'Прегледът не можа да се изчисли.',
    'Попередній перегляд не вдалося обчислити.',
  ],
  planless_vehicle: [
    'There is no vehicle {id} to plan with.',
    'В плана няма превозно средство {id}.',
    'У плані немає транспортного засобу {id}.',
  ],
  planless_node: ['There is no node {id} to plan with.', 'В плана няма възел {id}.', 'У плані немає вузла {id}.'],
  planless_bay: ['There is no bay {id} to plan with.', 'В плана няма място {id}.', 'У плані немає місця {id}.'],
  planless_evse: ['There is no evse {id} to plan with.', 'В плана няма изход {id}.', 'У плані немає виходу {id}.'],
  planless_block: ['There is no block {id} to plan with.', 'В плана няма блок {id}.', 'У плані немає випуску {id}.'],
  linkOver: [
    'This link is not one of ours, or it is over or was revoked.',
    'Тази връзка не е наша, изтекла е или е отменена.',
    'Це посилання не наше, воно закінчилося або його відкликано.',
  ],
  emptyBay: [
    'No vehicle is known to stand at this bay.',
    'Не се знае кое превозно средство е на това място.',
    'Невідомо, який транспортний засіб стоїть на цьому місці.',
  ],
  vehicleGone: [
    'The vehicle of this link is not in the fleet any more.',
    'Превозното средство от тази връзка вече не е в парка.',
    'Транспортного засобу цього посилання вже немає в парку.',
  ],

  // ---- reports of faults ----
  otherReport: [
    'This id is that of another report.',
    'Този идентификатор е на друго съобщение за повреда.',
    'Цей ідентифікатор належить іншому повідомленню про несправність.',
  ],
  tooManyReports: [
    'No more than {n} reports within an hour; call the depot.',
    'Най-голям брой съобщения за час: {n}. Обадете се в депото.',
    'Найбільше повідомлень за годину: {n}. Зателефонуйте в депо.',
  ],
  photoThere: [
    'This report has a photo already.',
    'Към това съобщение вече има снимка.',
    'До цього повідомлення вже додано фото.',
  ],

  // ---- places ----
  tooManyBays: [
    'A place has {n} bays at most.',
    'Най-голям брой места на един обект: {n}.',
    'Найбільша кількість місць на одному об’єкті: {n}.',
  ],
  badSourceName: [
    '{id} is no name for a source.',
    'Източник не може да се нарича {id}.',
    'Джерело не може мати назву {id}.',
  ],
  fileNotUsed: ['The file is not used: {why}.', 'Файлът не се използва: {why}.', 'Файл не використано: {why}.'],
  needsSignature: [
    'It needs the headers X-Zaryad-Signature and X-Zaryad-Timestamp.',
    'Нужни са заглавията X-Zaryad-Signature и X-Zaryad-Timestamp.',
    'Потрібні заголовки X-Zaryad-Signature і X-Zaryad-Timestamp.',
  ],
  timestampOff: [
    'The timestamp is not within five minutes of the server’s clock.',
    'Часът се различава с повече от пет минути от часовника на сървъра.',
    'Позначка часу розходиться з годинником сервера більш ніж на п’ять хвилин.',
  ],
  wrongSignature: [
    'No key of this place has made this signature.',
    'Подписът не е направен с ключ на това място.',
    'Підпис зроблено не ключем цього місця.',
  ],
  receivedBefore: [
    'This very report was received before.',
    'Същото съобщение вече е получено.',
    'Це саме повідомлення вже отримано.',
  ],

  // ---- timetables ----
  noTerms: [
    'Nobody has said on what terms this timetable may be used.',
    'Не е посочено при какви условия може да се ползва това разписание.',
    'Не зазначено, на яких умовах можна користуватися цим розкладом.',
  ],

  // ---- what is sent out ----
  tooManySchedules: [
    'There are {n} schedules already; take one out first.',
    'Отчетите по график вече са на предела си: {n}. Първо премахнете някой.',
    'Звітів за розкладом уже найбільше можливе: {n}. Спершу приберіть якийсь.',
  ],
  schedulePaused: [
    'The schedule is paused; resume it first.',
    'Отчетът по график е спрян; първо го пуснете отново.',
    'Звіт за розкладом призупинено; спершу відновіть його.',
  ],
  tooManyWebhooks: [
    'There are {n} webhooks already; take one out first.',
    'Уебкуките вече са на предела си: {n}. Първо премахнете някоя.',
    'Вебхуків уже найбільше можливе: {n}. Спершу приберіть якийсь.',
  ],

  // ---- imports ----
  onlyChecked: [
    'Only a checked import can be stored; this one is {state}.',
    'Записва се само прегледан файл; този: {state}.',
    'Зберегти можна лише переглянутий файл; цей: {state}.',
  ],
  importState_waiting: ['waiting', 'чака', 'очікує'],
  importState_checking: ['checking', 'преглежда се', 'переглядається'],
  importState_checked: ['checked', 'прегледан', 'переглянуто'],
  importState_asked: ['asked', 'предстои запис', 'буде збережено'],
  importState_applying: ['applying', 'записва се', 'зберігається'],
  importState_done: ['done', 'записан', 'збережено'],
  importState_refused: ['refused', 'не може да се ползва', 'не можна використати'],
  importState_failed: ['failed', 'не е записан', 'не збережено'],
  nothingKept: [
    'What this import has replaced was not kept, or it replaced nothing.',
    'Замененото от този файл не е запазено или няма такова.',
    'Замінене цим файлом не збережено, або він нічого не замінив.',
  ],
  importBusy: ['It is being worked on.', 'В момента се обработва.', 'Його саме обробляють.'],
} as const satisfies Words
