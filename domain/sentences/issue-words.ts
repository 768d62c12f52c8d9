import type { Words } from './words.ts'

/** What is wrong with the form of a value in a file. The English is that of the checker (zod), to the letter. */
export const ISSUE_WORDS = {
  issueInvalid: ['Invalid input', 'невалидна стойност', 'неправильне значення'],
  issueMissing: [
    'Invalid input: expected {expected}, received undefined',
    'липсва; очаква се {expected}',
    'бракує; очікується {expected}',
  ],
  issueType: [
    'Invalid input: expected {expected}, received {received}',
    'очаква се {expected}, а стои {received}',
    'очікується {expected}, а стоїть {received}',
  ],
  type_string: ['string', 'текст', 'текст'],
  type_number: ['number', 'число', 'число'],
  type_int: ['int', 'цяло число', 'ціле число'],
  type_boolean: ['boolean', 'да или не (true, false)', 'так або ні (true, false)'],
  type_array: ['array', 'списък', 'список'],
  type_tuple: ['tuple', 'списък с определена дължина', 'список певної довжини'],
  type_object: ['object', 'обект', 'об’єкт'],
  type_record: ['record', 'обект', 'об’єкт'],
  type_null: ['null', 'празна стойност (null)', 'порожнє значення (null)'],
  type_undefined: ['undefined', 'нищо', 'нічого'],
  issueValue: ['Invalid input: expected {value}', 'очаква се {value}', 'очікується {value}'],
  issueOneOf: [
    'Invalid option: expected one of {values}',
    'очаква се едно от: {values}',
    'очікується одне з: {values}',
  ],
  issueUnknownKey: ['Unrecognized key: {keys}', 'непознато поле: {keys}', 'невідоме поле: {keys}'],
  issueUnknownKeys: ['Unrecognized keys: {keys}', 'непознати полета: {keys}', 'невідомі поля: {keys}'],
  issueDate: ['Invalid ISO date', 'не е дата във вида 2026-11-23', 'не дата у вигляді 2026-11-23'],
  issuePattern: [
    'Invalid string: must match pattern {pattern}',
    'не отговаря на образеца {pattern}',
    'не відповідає зразку {pattern}',
  ],

  // ---- sizes ----
  numberAtMost: [
    'Too big: expected {what} to be <={n}',
    'твърде голямо: очаква се {what}, най-много {n}',
    'завелике: очікується {what}, щонайбільше {n}',
  ],
  numberBelow: [
    'Too big: expected {what} to be <{n}',
    'твърде голямо: очаква се {what} под {n}',
    'завелике: очікується {what}, менше ніж {n}',
  ],
  numberAtLeast: [
    'Too small: expected {what} to be >={n}',
    'твърде малко: очаква се {what}, най-малко {n}',
    'замале: очікується {what}, щонайменше {n}',
  ],
  numberAbove: [
    'Too small: expected {what} to be >{n}',
    'твърде малко: очаква се {what} над {n}',
    'замале: очікується {what}, більше ніж {n}',
  ],
  textAtMost: [
    'Too big: expected string to have <={n} characters',
    'твърде дълъг текст; знаци: най-много {n}',
    'задовгий текст; символів: щонайбільше {n}',
  ],
  textAtLeast: [
    'Too small: expected string to have >={n} characters',
    'твърде къс текст; знаци: най-малко {n}',
    'закороткий текст; символів: щонайменше {n}',
  ],
  listAtMost: [
    'Too big: expected array to have <={n} items',
    'твърде дълъг списък; елементи: най-много {n}',
    'задовгий список; елементів: щонайбільше {n}',
  ],
  listAtLeast: [
    'Too small: expected array to have >={n} items',
    'твърде къс списък; елементи: най-малко {n}',
    'закороткий список; елементів: щонайменше {n}',
  ],
  listTooLong: [
    'Too big: expected array to have exactly {n} items',
    'твърде дълъг списък; елементи: точно {n}',
    'задовгий список; елементів: рівно {n}',
  ],
  listTooShort: [
    'Too small: expected array to have exactly {n} items',
    'твърде къс списък; елементи: точно {n}',
    'закороткий список; елементів: рівно {n}',
  ],
} as const satisfies Words
