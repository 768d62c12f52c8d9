import type { Words } from '../words.ts'

/** Where the server may send, and what came of sending and fetching. */
export const DELIVERY_WORDS = {
  addressTooLong: [
    'The address is longer than {n} characters.',
    'Адресът е твърде дълъг. Най-много знаци: {n}.',
    'Адреса задовга. Найбільша кількість знаків: {n}.',
  ],
  addressNoUrl: ['The address is no URL.', 'Това не е уеб адрес.', 'Це не вебадреса.'],
  addressNotHttps: [
    'The address must begin with https://.',
    'Адресът трябва да започва с https://.',
    'Адреса має починатися з https://.',
  ],
  addressWithName: [
    'The address must not carry a name or password.',
    'В адреса не може да има име или парола.',
    'Адреса не може містити імені чи пароля.',
  ],
  addressPlainHttp: [
    'The address must begin with https://; OUTBOUND=private allows plain HTTP.',
    'Адресът трябва да започва с https://. Обикновен HTTP се разрешава с настройката OUTBOUND.',
    'Адреса має починатися з https://. Звичайний HTTP дозволяє налаштування OUTBOUND.',
  ],
  addressPrivate: [
    'The address is one of this machine or of a private network; OUTBOUND=private allows it.',
    'Адресът е на самия сървър или на частна мрежа. Това се разрешава с настройката OUTBOUND.',
    'Адреса належить самому серверу або приватній мережі. Це дозволяє налаштування OUTBOUND.',
  ],

  answered: ['The address answered {status}.', 'Отговор от адреса: {status}.', 'Відповідь з адреси: {status}.'],
  noAnswerWithin: ['No answer within {seconds} s.', 'Няма отговор за {seconds} с.', 'Немає відповіді за {seconds} с.'],
  notReached: ['Not reached: {why}.', 'Няма връзка: {why}.', 'Немає зв’язку: {why}.'],
  reach_refused: ['the connection was refused', 'връзката е отказана', 'з’єднання відхилено'],
  reach_unknownName: ['the name is not known', 'името е непознато', 'ім’я невідоме'],
  reach_reset: ['the connection broke', 'връзката прекъсна', 'з’єднання перервалося'],
  reach_unreachable: ['the network does not lead there', 'мрежата не води дотам', 'мережа туди не веде'],
  reach_certificate: ['its certificate is not accepted', 'сертификатът не е приет', 'сертифікат не прийнято'],
  reach_unknown: ['the reason is not known', 'причината не е известна', 'причина невідома'],
  reportUnmakeable: [
    'The report cannot be made: {why}',
    'Отчетът не може да се направи: {why}',
    'Звіт скласти неможливо: {why}',
  ],
  reportFailed: [
    'The report could not be made; the server’s log says why.',
    'Отчетът не можа да се направи; причината е в дневника на сървъра.',
    'Звіт не вдалося скласти; причина — в журналі сервера.',
  ],
} as const satisfies Words
