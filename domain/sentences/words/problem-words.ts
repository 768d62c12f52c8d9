import type { Words } from '../words.ts'

/** Titles of problems, and what any request may be told. */
export const PROBLEM_WORDS = {
  // ---- titles, by the name of the problem's type ----
  'problem_invalid-request': ['The request is not valid', 'Заявката не е валидна', 'Запит недійсний'],
  'problem_signed-out': ['A key or a session is needed', 'Нужен е вход или ключ', 'Потрібен вхід або ключ'],
  'problem_wrong-key': ['The key is not right', 'Ключът не е верен', 'Ключ неправильний'],
  'problem_wrong-credentials': [
    'The e-mail address, the password or the passkey is not right',
    'Имейл адресът, паролата или ключът за достъп не е верен',
    'Адреса е-пошти, пароль або ключ доступу неправильні',
  ],
  'problem_foreign-origin': [
    'A session cookie changes things only from its own pages',
    'С този вход промени се правят само от страниците на системата',
    'З цим входом зміни можна робити лише зі сторінок системи',
  ],
  problem_forbidden: [
    'This needs a right that you do not have',
    'За това е нужно право, което нямате',
    'Для цього потрібне право, якого у вас немає',
  ],
  'problem_not-found': ['There is no such thing', 'Няма такова нещо', 'Такого немає'],
  problem_conflict: [
    'The present state does not allow it',
    'Сегашното състояние не го позволява',
    'Поточний стан цього не дозволяє',
  ],
  'problem_station-offline': [
    'The station is not connected',
    'Зарядната станция не е свързана',
    'Зарядна станція не на зв’язку',
  ],
  'problem_body-too-large': ['The body is too large', 'Изпратеното е твърде голямо', 'Надіслане завелике'],
  'problem_command-unsendable': [
    'The command cannot be sent to this station',
    'Тази команда не може да се изпрати на зарядната станция',
    'Цю команду не можна надіслати зарядній станції',
  ],
  'problem_too-many-requests': ['Too many attempts', 'Твърде много опити', 'Забагато спроб'],
  problem_internal: ['Something went wrong on our side', 'При нас се получи грешка', 'На нашому боці сталася помилка'],
  'problem_database-unavailable': [
    'The database does not answer',
    'Базата данни не отговаря',
    'База даних не відповідає',
  ],
  'problem_too-many-listeners': [
    'Too many live streams are open',
    'Отворени са твърде много потоци на живо',
    'Відкрито забагато живих потоків',
  ],
  'problem_planner-unavailable': [
    'Nobody has planned within the time that one waits; the server’s jobs may stand still',
    'Планът не беше изчислен навреме; възможно е задачите на сървъра да са спрели',
    'План не обчислено вчасно; можливо, завдання сервера зупинилися',
  ],
  'problem_station-timeout': [
    'The station did not answer in time',
    'Зарядната станция не отговори навреме',
    'Зарядна станція не відповіла вчасно',
  ],

  // ---- any request ----
  wrongForm: [
    'The {part} does not have the right form.',
    'Изпратеното не е в нужния вид ({part}).',
    'Надіслане має неправильний вигляд ({part}).',
  ],
  part_json: ['body', 'съдържание', 'вміст'],
  part_query: ['query', 'параметри', 'параметри'],
  part_param: ['param', 'адрес', 'адреса'],
  part_header: ['header', 'заглавие', 'заголовок'],
  part_form: ['form', 'формуляр', 'форма'],
  part_cookie: ['cookie', 'бисквитка', 'кукі'],
  malformedJson: [
    'The body is not well-formed JSON.',
    'Изпратеното не е правилен JSON.',
    'Надіслане не є правильним JSON.',
  ],
  malformedForm: [
    'The body is not a well-formed form.',
    'Изпратеното не е правилно попълнен формуляр.',
    'Надіслане не є правильно складеною формою.',
  ],
  unstorableValue: [
    'A value does not fit what it is compared with or stored in.',
    'Някоя стойност не се побира там, където се сравнява или съхранява.',
    'Якесь значення не вміщується туди, де його порівнюють або зберігають.',
  ],
  leadsNowhere: [
    '{method} {path} leads nowhere.',
    '{method} {path} не води доникъде.',
    '{method} {path} нікуди не веде.',
  ],
  wrongCursor: [
    'This is not a cursor of this list.',
    'Това не е продължение на този списък.',
    'Це не продовження цього списку.',
  ],
  tooManyRequests: [
    'Too many requests; try again in {seconds} s.',
    'Твърде много заявки; опитайте пак след {seconds} с.',
    'Забагато запитів; спробуйте знову за {seconds} с.',
  ],
  tooManyStreams: [
    'You have {n} live streams open already.',
    'Вече имате отворени потоци на живо: {n}.',
    'У вас уже відкрито живих потоків: {n}.',
  ],
  hostIsNone: ['The Host header is no host.', 'Заглавието Host не е адрес.', 'Заголовок Host не є адресою.'],

  // ---- the server itself ----
  databaseSilent: ['The database does not answer.', 'Базата данни не отговаря.', 'База даних не відповідає.'],
  databaseLate: [
    'The database does not answer within {seconds} s.',
    'Базата данни не отговаря за {seconds} с.',
    'База даних не відповідає за {seconds} с.',
  ],
  databaseUnmigrated: [
    'The database lacks a migration: restart the server to run it.',
    'Базата данни не е обновена: рестартирайте сървъра, за да се обнови.',
    'Базу даних не оновлено: перезапустіть сервер, щоб оновити її.',
  ],
  databaseReadOnly: [
    'The database takes no changes.',
    'Базата данни не приема промени.',
    'База даних не приймає змін.',
  ],
  jobsStandStill: [
    'No job has run for a quarter of an hour.',
    'От четвърт час не е изпълнена нито една задача.',
    'Уже чверть години не виконано жодного завдання.',
  ],
  notOurProcesses: [
    'On this platform the processes are not ours to measure; its own dashboard has the figures.',
    'На тази платформа не измерваме процесите; данните са в нейното табло.',
    'На цій платформі ми не вимірюємо процеси; показники — на її власній панелі.',
  ],
} as const satisfies Words
