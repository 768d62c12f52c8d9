import type { Words } from '../words.ts'

/** What may be wrong with one value of a request or a file, by the kinds of zod's issues. */
export const FIELD_WORDS = {
  field_missing: ['A value is missing.', 'Липсва стойност.', 'Бракує значення.'],
  field_notText: ['A text is expected.', 'Очаква се текст.', 'Очікується текст.'],
  field_notNumber: ['A number is expected.', 'Очаква се число.', 'Очікується число.'],
  field_notInteger: ['A whole number is expected.', 'Очаква се цяло число.', 'Очікується ціле число.'],
  field_notBoolean: ['Yes or no is expected.', 'Очаква се „да“ или „не“.', 'Очікується «так» або «ні».'],
  field_notList: ['A list is expected.', 'Очаква се списък.', 'Очікується список.'],
  field_notObject: [
    'A group of named values is expected.',
    'Очаква се група от именувани стойности.',
    'Очікується група іменованих значень.',
  ],
  field_notFile: ['A file is expected.', 'Очаква се файл.', 'Очікується файл.'],
  field_notEmpty: ['No value is expected here.', 'Тук не се очаква стойност.', 'Тут значення не очікується.'],
  field_wrongKind: [
    'The value is of the wrong kind.',
    'Стойността е от неподходящ вид.',
    'Значення неправильного виду.',
  ],

  field_empty: ['This must not be empty.', 'Полето не може да е празно.', 'Поле не може бути порожнім.'],
  field_tooLong: [
    'Too long: at most {n} characters.',
    'Твърде дълго. Най-много знаци: {n}.',
    'Задовго. Найбільша кількість знаків: {n}.',
  ],
  field_tooShort: [
    'Too short: at least {n} characters.',
    'Твърде кратко. Най-малко знаци: {n}.',
    'Закоротко. Найменша кількість знаків: {n}.',
  ],
  field_notLength: [
    'It must have exactly {n} characters.',
    'Броят на знаците трябва да е точно {n}.',
    'Кількість знаків має бути рівно {n}.',
  ],
  field_tooMany: [
    'Too many: at most {n}.',
    'Твърде много. Най-голям брой: {n}.',
    'Забагато. Найбільша кількість: {n}.',
  ],
  field_tooFew: ['Too few: at least {n}.', 'Твърде малко. Най-малък брой: {n}.', 'Замало. Найменша кількість: {n}.'],
  field_notCount: ['There must be exactly {n}.', 'Броят трябва да е точно {n}.', 'Кількість має бути рівно {n}.'],
  field_aboveMost: ['Too large: at most {n}.', 'Твърде голямо: най-много {n}.', 'Завелике: щонайбільше {n}.'],
  field_notBelow: [
    'Too large: it must be below {n}.',
    'Твърде голямо: трябва да е под {n}.',
    'Завелике: має бути менше за {n}.',
  ],
  field_belowLeast: ['Too small: at least {n}.', 'Твърде малко: поне {n}.', 'Замале: щонайменше {n}.'],
  field_notAbove: [
    'Too small: it must be above {n}.',
    'Твърде малко: трябва да е над {n}.',
    'Замале: має бути більше за {n}.',
  ],
  field_outOfRange: [
    'The value is out of range.',
    'Стойността е извън допустимото.',
    'Значення поза дозволеними межами.',
  ],
  field_notMultiple: ['It must be a multiple of {n}.', 'Трябва да е кратно на {n}.', 'Має бути кратним {n}.'],

  field_notEmail: ['This is no e-mail address.', 'Това не е имейл адрес.', 'Це не адреса е-пошти.'],
  field_notUrl: ['This is no web address.', 'Това не е уеб адрес.', 'Це не вебадреса.'],
  field_notInstant: [
    'An instant like 2026-11-23T19:42:00Z is expected.',
    'Очаква се дата с час като 2026-11-23T19:42:00Z.',
    'Очікується дата з часом на кшталт 2026-11-23T19:42:00Z.',
  ],
  field_notDate: [
    'A date like 2026-11-23 is expected.',
    'Очаква се дата като 2026-11-23.',
    'Очікується дата на кшталт 2026-11-23.',
  ],
  field_notTime: [
    'A time of day like 05:30 is expected.',
    'Очаква се час като 05:30.',
    'Очікується час на кшталт 05:30.',
  ],
  field_notDuration: [
    'A duration like PT30M is expected.',
    'Очаква се продължителност като PT30M.',
    'Очікується тривалість на кшталт PT30M.',
  ],
  field_notId: ['This is no valid id.', 'Това не е валиден идентификатор.', 'Це не дійсний ідентифікатор.'],
  field_notStart: ['It must begin with {text}.', 'Трябва да започва с {text}.', 'Має починатися з {text}.'],
  field_notEnd: ['It must end with {text}.', 'Трябва да завършва с {text}.', 'Має закінчуватися на {text}.'],
  field_lacks: ['It must contain {text}.', 'Трябва да съдържа {text}.', 'Має містити {text}.'],
  field_wrongForm: [
    'This does not have the right form.',
    'Стойността не е в нужния вид.',
    'Значення має неправильний вигляд.',
  ],

  field_notOneOf: [
    'One of these is expected: {values}.',
    'Очаква се едно от: {values}.',
    'Очікується одне з: {values}.',
  ],
  field_notThis: ['Only this is possible: {value}.', 'Възможно е само: {value}.', 'Можливе лише: {value}.'],
  field_unknownNames: ['Not known here: {names}.', 'Непознати тук: {names}.', 'Невідомі тут: {names}.'],
  field_noForm: [
    'This has none of the possible forms.',
    'Стойността не е в никой от възможните видове.',
    'Значення не має жодного з можливих виглядів.',
  ],
  field_wrongName: [
    'A name in it is not possible.',
    'Някое от имената в стойността е недопустимо.',
    'Якесь з імен у значенні недопустиме.',
  ],
  field_wrongPart: [
    'A value in it is not possible.',
    'Някоя от стойностите е недопустима.',
    'Якесь зі значень недопустиме.',
  ],
  field_wrong: ['This value is not possible.', 'Тази стойност е недопустима.', 'Це значення недопустиме.'],
} as const satisfies Words
